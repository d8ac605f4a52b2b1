"""Usage counts after COUNTER: how often an item was looked at and taken, by country and month. No reader is kept."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.models.resource import Resource

COUNTS = ("investigations", "unique_investigations", "requests", "unique_requests")


class ItemUsage(models.Model):
    """One item in one month from one country. Country is an iso3 code, empty where it is not known."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="usage")
    month = models.DateField(_("month"))
    country = models.CharField(_("country"), max_length=3, blank=True)
    investigations = models.PositiveIntegerField(_("investigations"), default=0)
    unique_investigations = models.PositiveIntegerField(_("unique investigations"), default=0)
    requests = models.PositiveIntegerField(_("requests"), default=0)
    unique_requests = models.PositiveIntegerField(_("unique requests"), default=0)

    class Meta:
        verbose_name = _("usage of an item")
        verbose_name_plural = _("usage of items")
        constraints = [
            models.UniqueConstraint(fields=["resource", "month", "country"], name="item_usage_once"),
            models.CheckConstraint(
                condition=models.Q(unique_investigations__lte=models.F("investigations"))
                & models.Q(unique_requests__lte=models.F("requests")),
                name="unique_usage_is_not_more",
            ),
        ]
        indexes = [models.Index(fields=["month"], name="item_usage_month")]

    def __str__(self):
        return f"{self.resource_id} {self.month} {self.country}"


class UsageLog(models.Model):
    """A log whose lines are counted: written with the counts, so that no line counts twice."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    lines = models.PositiveIntegerField(_("lines"))
    counted = models.PositiveIntegerField(_("counted"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("counted log")
        verbose_name_plural = _("counted logs")

    def __str__(self):
        return self.name
