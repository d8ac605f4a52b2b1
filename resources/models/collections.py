"""Curated pages: an ordered choice of resources with a word on each ("key readings")."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from resources.models.resource import Resource


class CollectionQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Collection.Status.PUBLISHED)

    def visible_to(self, member):
        """Published collections for everybody, drafts for staff."""
        return self if member.is_authenticated and member.is_staff else self.published()


class Collection(models.Model):
    """A curated page. Title and introduction in the five languages; English stands in where another is missing."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    title_en = models.CharField(_("title (English)"), max_length=200)
    title_fr = models.CharField(_("title (French)"), max_length=200, blank=True)
    title_es = models.CharField(_("title (Spanish)"), max_length=200, blank=True)
    title_pt = models.CharField(_("title (Portuguese)"), max_length=200, blank=True)
    title_ar = models.CharField(_("title (Arabic)"), max_length=200, blank=True)
    intro_en = models.TextField(_("introduction (English)"), blank=True, help_text=_("Markdown."))
    intro_fr = models.TextField(_("introduction (French)"), blank=True)
    intro_es = models.TextField(_("introduction (Spanish)"), blank=True)
    intro_pt = models.TextField(_("introduction (Portuguese)"), blank=True)
    intro_ar = models.TextField(_("introduction (Arabic)"), blank=True)
    curated_by = models.CharField(
        _("curated by"), max_length=200, blank=True, help_text=_("The people or the body that chose.")
    )
    comment_language = models.CharField(
        _("language of the comments"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    is_sample = models.BooleanField(
        _("sample"), default=False, help_text=_("Chosen and written for demonstration.")
    )
    resources = models.ManyToManyField(Resource, through="CollectionItem", related_name="collections")
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("curated page")
        verbose_name_plural = _("curated pages")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title_en=""), name="collection_has_title"),
            models.CheckConstraint(condition=~Q(slug=""), name="collection_has_slug"),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(status="published", published_at__isnull=False),
                name="collection_status_has_its_date",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("collection", args=[self.slug])

    @property
    def title(self):
        return self.in_language("title")[0]

    @property
    def is_published(self):
        return self.status == self.Status.PUBLISHED

    def in_language(self, name):
        """(text, its language) of `title` or `intro` as the reader has it."""
        language = (get_language() or "en")[:2]
        text = getattr(self, f"{name}_{language}", "")
        return (text, language) if text else (getattr(self, f"{name}_en"), "en")


class CollectionItem(models.Model):
    """A resource of a curated page at its place, and why it stands there."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="collection_items")
    position = models.PositiveIntegerField(_("position"))
    comment = models.TextField(_("comment"), blank=True, max_length=1000)
    added_at = models.DateTimeField(_("added at"), default=timezone.now)

    class Meta:
        verbose_name = _("entry of a curated page")
        verbose_name_plural = _("entries of curated pages")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "position"], name="collection_position_once"),
            models.UniqueConstraint(fields=["collection", "resource"], name="collection_resource_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="collection_position_from_one"),
        ]

    def __str__(self):
        return f"{self.position}. {self.resource_id}"
