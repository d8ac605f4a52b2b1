"""What a member agreed to, and when: a ledger to which lines are only added."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What consent is asked for. The rules go with the account; the others may be withdrawn at any time."""

    RULES = "rules", _("House rules and privacy notice")
    DIRECTORY = "directory", _("Directory of members")
    CONTACT = "contact", _("Letters through the portal")


class ConsentQuerySet(models.QuerySet):
    def in_force(self, purpose):
        return self.filter(purpose=purpose, is_latest=True, is_given=True)


class Consent(models.Model):
    """One answer of a member to one purpose, with the words that were shown. Only `is_latest` ever changes."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices)
    version = models.CharField(_("version"), max_length=10)
    wording = models.TextField(_("wording"), help_text=_("As the member read it."))
    is_given = models.BooleanField(_("given"))
    is_latest = models.BooleanField(_("latest"), default=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "purpose"], name="one_latest_consent", condition=Q(is_latest=True)
            )
        ]

    def __str__(self):
        return f"{self.member_id} {self.purpose} {self.version} {'+' if self.is_given else '-'}"
