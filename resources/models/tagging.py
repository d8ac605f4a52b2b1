"""Bulk tagging: one job for many resources, one row for each, so that it can be counted, stopped and taken up again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.models.resource import Resource
from vocabularies.models import Country, Topic


class TaggingJobQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(status=TaggingJob.Status.RUNNING)


class TaggingJob(models.Model):
    """Topics and countries that are added to and taken from many resources."""

    class Status(models.TextChoices):
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("by"),
    )
    status = models.CharField(_("status"), max_length=7, choices=Status.choices, default=Status.RUNNING)
    add_topics = models.ManyToManyField(Topic, related_name="+", blank=True, verbose_name=_("topics to add"))
    drop_topics = models.ManyToManyField(
        Topic, related_name="+", blank=True, verbose_name=_("topics to take away")
    )
    add_countries = models.ManyToManyField(
        Country, related_name="+", blank=True, verbose_name=_("countries to add")
    )
    drop_countries = models.ManyToManyField(
        Country, related_name="+", blank=True, verbose_name=_("countries to take away")
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    moved_at = models.DateTimeField(_("last step at"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = TaggingJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulk tagging")
        verbose_name_plural = _("bulk taggings")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="running", ended_at=None)
                | Q(status__in=["done", "stopped"], ended_at__isnull=False),
                name="tagging_status_has_its_date",
            )
        ]

    def __str__(self):
        return f"tagging {self.pk}"

    @property
    def is_running(self):
        return self.status == self.Status.RUNNING


class TaggingRow(models.Model):
    """One resource of a job and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        CHANGED = "changed", _("Changed")
        UNCHANGED = "unchanged", _("Had it already")
        FAILED = "failed", _("Failed")

    job = models.ForeignKey(TaggingJob, on_delete=models.CASCADE, related_name="rows")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("row of a bulk tagging")
        verbose_name_plural = _("rows of bulk taggings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["job", "resource"], name="tagging_resource_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "changed", "unchanged", "failed"]),
                name="tagging_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["job", "id"], name="tagging_waiting", condition=Q(state="waiting")),
        ]

    def __str__(self):
        return f"{self.job_id}: {self.resource_id} {self.state}"
