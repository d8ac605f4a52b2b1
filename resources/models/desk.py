"""What the staff desk keeps: revisions, autosaved drafts, guidance beside the fields."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.models.resource import Kind, Resource


class Revision(models.Model):
    """A resource as it stood after one change: all its fields and parts, in the shape of `resources.snapshots`."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    data = models.JSONField(_("data"))
    digest = models.CharField(_("digest"), max_length=32, help_text=_("Equal for equal fields and parts."))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["resource", "number"], name="revision_number_once")]

    def __str__(self):
        return f"{self.resource_id} #{self.number}"


class Autosave(models.Model):
    """What a member has typed about a resource, or about a new one of a kind, and has not saved yet."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="autosaves")
    resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.CASCADE, related_name="autosaves"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    data = models.JSONField(_("data"), help_text=_("The form as it was sent: lists of texts by field name."))
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        verbose_name = _("autosaved draft")
        verbose_name_plural = _("autosaved drafts")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "resource"], name="autosave_once", condition=Q(resource__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["member", "kind"], name="autosave_once_of_a_new", condition=Q(resource=None)
            ),
        ]

    def __str__(self):
        return f"{self.member_id} {self.kind} {self.resource_id or ''}"


class FieldGuidance(models.Model):
    """What the desk says beside a field, in place of the words that come with the portal."""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, blank=True)
    field = models.CharField(_("field"), max_length=60)
    language = models.CharField(_("language"), max_length=7, default="en")
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("guidance for a field")
        verbose_name_plural = _("guidance for fields")
        constraints = [
            models.UniqueConstraint(fields=["kind", "field", "language"], name="field_guidance_once"),
            models.CheckConstraint(condition=~Q(text=""), name="field_guidance_says_something"),
        ]

    def __str__(self):
        return f"{self.kind or '*'} {self.field} {self.language}"
