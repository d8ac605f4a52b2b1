"""The ledger: who did what to what, written in the transaction that did it."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ActivityQuerySet(models.QuerySet):
    def undelivered(self):
        return self.filter(delivered_at=None)


class Activity(models.Model):
    """One thing that happened. A row is never changed after it was written, but for its delivery."""

    verb = models.CharField(_("verb"), max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("actor"),
    )
    subject_type = models.ForeignKey(
        ContentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    subject_id = models.BigIntegerField(null=True, blank=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    data = models.JSONField(_("data"), default=dict, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    delivered_at = models.DateTimeField(
        _("delivered at"), null=True, blank=True, help_text=_("When the last of its handlers had answered.")
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("next attempt at"), default=timezone.now)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"], name="activity_undelivered", condition=models.Q(delivered_at=None)
            ),
            models.Index(fields=["subject_type", "subject_id", "-at"], name="activity_of_subject"),
        ]

    def __str__(self):
        return f"{self.verb} #{self.pk}"


class Receipt(models.Model):
    """A handler's proof that it answered an activity; it commits together with what the handler wrote."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="receipts")
    handler = models.CharField(_("handler"), max_length=150)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [models.UniqueConstraint(fields=["activity", "handler"], name="activity_handled_once")]

    def __str__(self):
        return f"{self.handler} ← {self.activity_id}"
