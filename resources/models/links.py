"""Link health: how the addresses that the library names answer, and the pauses of hosts that asked for one."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.models.resource import Resource, Status


class LinkCheckQuerySet(models.QuerySet):
    def of_published(self):
        return self.filter(resource__status=Status.PUBLISHED)

    def due(self, now):
        return self.of_published().filter(due_at__lte=now)


class LinkCheck(models.Model):
    """How the address of one resource answered the last time, and since when it has not."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Not checked yet")
        HEALTHY = "healthy", _("Healthy")
        FAILING = "failing", _("Did not answer")
        BROKEN = "broken", _("Broken")
        CLOSED = "closed", _("Cannot be told: the site lets no program in")

    class Reason(models.TextChoices):
        NONE = "", _("None")
        STATUS = "status", _("The site answers with an error")
        NAME = "name", _("There is no such host")
        REFUSED = "refused", _("The host takes no connection")
        TIMEOUT = "timeout", _("No answer in time")
        TLS = "tls", _("The certificate is not valid")
        PRIVATE = "private", _("The address is not on the public web")
        ADDRESS = "address", _("This is no address")
        REDIRECTS = "redirects", _("It leads in a circle")
        PROTOCOL = "protocol", _("The answer cannot be understood")

    resource = models.OneToOneField(
        Resource, on_delete=models.CASCADE, primary_key=True, related_name="link_check"
    )
    address = models.URLField(_("address"), max_length=1000)
    host = models.CharField(_("host"), max_length=255)
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome.choices, default=Outcome.WAITING)
    reason = models.CharField(_("reason"), max_length=9, choices=Reason.choices, blank=True)
    status_code = models.PositiveSmallIntegerField(_("status of the answer"), null=True, blank=True)
    strikes = models.PositiveSmallIntegerField(_("nights without an answer, in a row"), default=0)
    failing_since = models.DateField(_("failing since"), null=True, blank=True)
    moved_to = models.URLField(_("moved for good to"), max_length=1000, blank=True)
    archived_url = models.URLField(
        _("archived copy"), max_length=1000, blank=True, help_text=_("Shown once the link is broken.")
    )
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("link check")
        verbose_name_plural = _("link checks")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["failing", "broken"], failing_since__isnull=False, strikes__gte=1)
                | Q(outcome__in=["waiting", "healthy", "closed"], failing_since=None, strikes=0),
                name="link_failure_has_its_date",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="link_due"),
            models.Index(fields=["outcome", "failing_since"], name="link_outcome"),
        ]

    def __str__(self):
        return self.address


class LinkHost(models.Model):
    """A host that is left alone for a while, each time twice as long, until it answers again."""

    host = models.CharField(_("host"), max_length=255, primary_key=True)
    paused_until = models.DateTimeField(_("left alone until"))
    pause_seconds = models.PositiveIntegerField(_("length of the pause in seconds"))

    class Meta:
        verbose_name = _("host of links")
        verbose_name_plural = _("hosts of links")

    def __str__(self):
        return self.host
