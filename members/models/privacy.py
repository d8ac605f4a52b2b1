"""Taking one's data away, and closing the account."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def export_path(export, _name):
    return f"exports/{export.asked_at:%Y}/{export.token}.zip"


class DataExport(models.Model):
    """One request for all that the portal knows about a member. The file is there for a day."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_exports"
    )
    token = models.CharField(_("token"), max_length=64, unique=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    ready_at = models.DateTimeField(_("ready at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    file = models.FileField(_("file"), upload_to=export_path, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)

    class Meta:
        verbose_name = _("data export")
        verbose_name_plural = _("data exports")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["member"], name="one_export_waits", condition=Q(ready_at=None)),
            models.CheckConstraint(
                name="ready_export_expires", condition=Q(ready_at=None) | Q(expires_at__gt=F("ready_at"))
            ),
        ]

    def __str__(self):
        return f"{self.member_id} {self.asked_at:%Y-%m-%d}"

    @property
    def is_open(self):
        return bool(self.file) and self.expires_at > timezone.now()


class ErasureQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(done_at=None, undone_at=None)

    def due(self):
        return self.pending().filter(due_at__lte=timezone.now())


class Erasure(models.Model):
    """The closing of an account: asked for, undone in time, or done. Its number is the pseudonym's."""

    class Cause(models.TextChoices):
        WISH = "wish", _("The member asked for it")
        INACTIVE = "inactive", _("Nobody signed in for long")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="erasures")
    cause = models.CharField(_("cause"), max_length=10, choices=Cause.choices, default=Cause.WISH)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    due_at = models.DateTimeField(_("due at"))
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    counts = models.JSONField(
        _("rows"), default=dict, blank=True, help_text=_("By table: erased, cleared or kept.")
    )

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], name="one_erasure_waits", condition=Q(done_at=None, undone_at=None)
            ),
            models.CheckConstraint(
                name="erasure_done_or_undone", condition=Q(done_at=None) | Q(undone_at=None)
            ),
        ]

    def __str__(self):
        return f"{self.member_id} {self.due_at:%Y-%m-%d}"
