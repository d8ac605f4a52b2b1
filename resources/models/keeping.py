"""What a member keeps of the library for themselves: bookmarks, and searches that tell them what is new."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.models.resource import Resource, Work


class Bookmark(models.Model):
    """A resource in one member's private list."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="bookmarks")
    added_at = models.DateTimeField(_("added at"), default=timezone.now)

    class Meta:
        verbose_name = _("bookmark")
        verbose_name_plural = _("bookmarks")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["member", "resource"], name="bookmark_once")]

    def __str__(self):
        return f"{self.member_id} → {self.resource_id}"


class SearchPattern(models.Model):
    """What is asked by one or many saved searches: the same question is matched once for all of them."""

    key = models.CharField(_("key"), max_length=64, unique=True)
    text = models.CharField(_("text"), max_length=400, blank=True)
    filters = models.JSONField(_("filters"), default=dict, blank=True)

    class Meta:
        verbose_name = _("search pattern")
        verbose_name_plural = _("search patterns")

    def __str__(self):
        return self.text or self.key[:12]


class SearchAnchor(models.Model):
    """A term of which a document must hold one to be looked at for a pattern: see search.percolate."""

    pattern = models.ForeignKey(SearchPattern, on_delete=models.CASCADE, related_name="anchors")
    term = models.CharField(_("term"), max_length=200, db_index=True)

    class Meta:
        verbose_name = _("anchor")
        verbose_name_plural = _("anchors")
        constraints = [models.UniqueConstraint(fields=["pattern", "term"], name="anchor_once")]

    def __str__(self):
        return self.term


class SavedSearch(models.Model):
    """A search a member named and kept, and how often they hear of what is new in it."""

    class Frequency(models.TextChoices):
        NOW = "now", _("At once")
        DAILY = "daily", _("Once a day")
        WEEKLY = "weekly", _("Once a week")
        MONTHLY = "monthly", _("Once a month")
        OFF = "off", _("Never; only keep the search")

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    pattern = models.ForeignKey(SearchPattern, on_delete=models.PROTECT, related_name="searches")
    name = models.CharField(_("name"), max_length=100)
    query = models.CharField(_("query"), max_length=4000, blank=True)
    frequency = models.CharField(
        _("tell me"), max_length=7, choices=Frequency.choices, default=Frequency.WEEKLY
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "pattern"], name="search_saved_once"),
            models.CheckConstraint(
                condition=Q(frequency__in=["now", "daily", "weekly", "monthly", "off"]),
                name="saved_search_frequency_known",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def results_url(self):
        """The search as it was saved."""
        return f"{reverse('library')}?{self.query}" if self.query else reverse("library")

    @property
    def newest_url(self):
        """The search with what is new first."""
        return f"{reverse('library')}?{self.query}{'&' if self.query else ''}sort=newest"


class SearchMatch(models.Model):
    """A work that was published and answers to a saved search: it waits to be told, once."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="matches")
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="+")
    matched_at = models.DateTimeField(_("matched at"), default=timezone.now)
    due_at = models.DateTimeField(_("to be told at"))
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)

    class Meta:
        verbose_name = _("match of a saved search")
        verbose_name_plural = _("matches of saved searches")
        constraints = [models.UniqueConstraint(fields=["search", "work"], name="match_once")]
        indexes = [models.Index(fields=["due_at"], name="match_untold", condition=Q(told_at=None))]

    def __str__(self):
        return f"{self.search_id} ← work {self.work_id}"
