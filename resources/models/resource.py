"""What every kind of resource shares."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vocabularies.models import Country, Language, Organisation, Topic


class Kind(models.TextChoices):
    """The ten kinds; the value stands in addresses (/library/<kind>/<slug>/)."""

    PUBLICATION = "publication", _("Publication")
    NEWS = "news", _("News")
    EVENT = "event", _("Event")
    JOB = "job", _("Job")
    PROGRAMME = "programme", _("Programme profile")
    COUNTRY = "country", _("Country profile")
    LAW = "law", _("Legal and policy framework")
    BLOG = "blog", _("Blog post")
    MULTIMEDIA = "multimedia", _("Multimedia")
    DATABASE = "database", _("Database")


class Status(models.TextChoices):
    """Where a resource stands; the steps between them are `resources.models.editorial.STEPS`."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned with a question")
    HELD = "held", _("On hold")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")
    REFUSED = "refused", _("Refused")
    APPEALED = "appealed", _("Appealed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


BEFORE_PUBLICATION = (Status.SUBMITTED, Status.RETURNED, Status.HELD, Status.REFUSED, Status.APPEALED)


class Work(models.Model):
    """What the language versions and the editions of one resource have in common; a search hit is a work."""

    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")

    def __str__(self):
        return f"work {self.pk}"


class ResourceQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Status.PUBLISHED)

    def listed(self):
        """What lists and search show: published, and of jobs those that are still open."""
        return self.published().filter(Q(expired_at=None) | ~Q(kind=Kind.JOB))

    def withdrawn(self):
        return self.filter(status=Status.WITHDRAWN)

    def harvestable(self):
        """What harvesters are told of: what is published, and that something was withdrawn."""
        return self.filter(status__in=[Status.PUBLISHED, Status.WITHDRAWN])

    def visible_to(self, member):
        """What exists for this visitor: published for all, one's own for its submitter, everything for staff."""
        if member.is_staff:
            return self
        if member.is_authenticated:
            return self.filter(Q(status=Status.PUBLISHED) | Q(submitted_by=member))
        return self.published()

    def newest_first(self):
        return self.order_by("-sort_on", "-pk")


class Resource(models.Model):
    """One resource in one language and one version."""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    slug = models.SlugField(_("slug"), max_length=100, allow_unicode=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="resources")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    version_note = models.CharField(_("version note"), max_length=200, blank=True)

    title = models.CharField(_("title"), max_length=600)
    language = models.ForeignKey(
        Language, on_delete=models.PROTECT, related_name="+", verbose_name=_("language")
    )
    summary = models.TextField(_("summary"), blank=True)
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown."))
    file_text = models.TextField(_("text of the files"), blank=True, editable=False)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    source = models.CharField(
        _("source"), max_length=60, blank=True, help_text=_("The collection this record came from.")
    )
    source_ref = models.CharField(_("reference in the source"), max_length=120, blank=True)
    is_sample = models.BooleanField(
        _("sample"), default=False, help_text=_("Text written for demonstration.")
    )

    published_on = models.DateField(_("date of publication"), null=True, blank=True)
    published_precision = models.CharField(
        _("precision of the date"),
        max_length=5,
        choices=[("day", _("day")), ("month", _("month")), ("year", _("year"))],
        default="day",
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, db_index=True)
    sort_on = models.DateField(_("date lists are ordered by"))

    topics = models.ManyToManyField(Topic, through="ResourceTopic", related_name="resources", blank=True)
    countries = models.ManyToManyField(Country, related_name="resources", blank=True)
    organisations = models.ManyToManyField(
        Organisation, through="ResourceOrganisation", related_name="resources", blank=True
    )
    other_languages = models.ManyToManyField(
        Language, related_name="+", blank=True, help_text=_("Further languages inside the same document.")
    )
    card = models.JSONField(
        _("card"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_("What a list shows of it; made by an action."),
    )

    # Duplicate detection: see resources.duplicates
    title_key = models.CharField(
        _("normalised title"), max_length=200, db_index=True, editable=False, default=""
    )
    url_key = models.CharField(
        _("canonical address"), max_length=300, db_index=True, editable=False, default=""
    )

    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="submitted_resources",
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    embargoed_until = models.DateTimeField(
        _("not before"),
        null=True,
        blank=True,
        help_text=_("Its contributor asked not to publish it earlier."),
    )
    publish_at = models.DateTimeField(_("to be published at"), null=True, blank=True, db_index=True)
    expired_at = models.DateTimeField(
        _("expired at"), null=True, blank=True, help_text=_("A job that is closed, an event that is over.")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("reason for withdrawal"), blank=True)

    link_broken_since = models.DateField(
        _("link broken since"), null=True, blank=True, editable=False, help_text=_("After three nights.")
    )

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["-sort_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="resource_address_once"),
            models.UniqueConstraint(
                fields=["work", "language", "version"], name="resource_one_text_a_language_and_version"
            ),
            models.UniqueConstraint(
                fields=["source", "source_ref"], name="resource_source_once", condition=~Q(source_ref="")
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="resource_kind_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="resource_status_known"),
            models.CheckConstraint(condition=~Q(title=""), name="resource_has_title"),
            models.CheckConstraint(condition=~Q(slug=""), name="resource_has_slug"),
            models.CheckConstraint(condition=Q(version__gte=1), name="resource_version_from_one"),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT, published_at=None, withdrawn_at=None)
                | Q(
                    status__in=BEFORE_PUBLICATION,
                    submitted_at__isnull=False,
                    published_at=None,
                    withdrawn_at=None,
                )
                | Q(
                    status=Status.SCHEDULED,
                    publish_at__isnull=False,
                    published_at=None,
                    withdrawn_at=None,
                )
                | Q(status=Status.PUBLISHED, published_at__isnull=False, withdrawn_at=None)
                | (
                    Q(status=Status.WITHDRAWN, published_at__isnull=False, withdrawn_at__isnull=False)
                    & ~Q(withdrawal_reason="")
                ),
                name="resource_status_has_its_dates",
            ),
            models.CheckConstraint(
                condition=Q(publish_at=None) | Q(status=Status.SCHEDULED),
                name="resource_scheduled_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(embargoed_until=None)
                | Q(published_at=None)
                | Q(published_at__gte=models.F("embargoed_until")),
                name="resource_embargo_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(expired_at=None) | Q(kind__in=(Kind.JOB, Kind.EVENT)),
                name="resource_that_expires",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-sort_on", "-id"], name="resource_newest", condition=Q(status=Status.PUBLISHED)
            ),
            models.Index(
                fields=["kind", "-sort_on", "-id"],
                name="resource_newest_of_kind",
                condition=Q(status=Status.PUBLISHED),
            ),
            models.Index(fields=["work"], name="resource_of_work"),
            models.Index(fields=["-updated_at", "-id"], name="resource_last_changed"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("resource", args=[self.kind, self.slug])

    @property
    def is_published(self):
        return self.status == Status.PUBLISHED

    @property
    def is_withdrawn(self):
        return self.status == Status.WITHDRAWN


class Contributor(models.Model):
    """A person or a body named on a resource, in the order of the title page."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("Author")
        EDITOR = "editor", _("Editor")
        TRANSLATOR = "translator", _("Translator")
        SPEAKER = "speaker", _("Speaker")
        HOST = "host", _("Host")

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="contributors")
    position = models.PositiveSmallIntegerField(_("position"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.AUTHOR)
    family_name = models.CharField(
        _("family name"), max_length=200, help_text=_("Or the whole name of a body.")
    )
    given_name = models.CharField(_("given names"), max_length=200, blank=True)
    is_body = models.BooleanField(_("a body, not a person"), default=False)
    orcid = models.CharField(_("ORCID"), max_length=19, blank=True)

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "position"], name="contributor_position_once")
        ]

    def __str__(self):
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def inverted(self):
        return f"{self.family_name}, {self.given_name}" if self.given_name else self.family_name


class ResourceOrganisation(models.Model):
    class Role(models.TextChoices):
        PUBLISHER = "publisher", _("Publisher")
        AUTHOR = "author", _("Author")
        FUNDER = "funder", _("Funder")
        IMPLEMENTER = "implementer", _("Implementing agency")
        ORGANISER = "organiser", _("Organiser")
        PARTNER = "partner", _("Partner")
        OWNER = "owner", _("Owner")

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="organisation_roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="resource_roles")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.PUBLISHER)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("organisation of a resource")
        verbose_name_plural = _("organisations of a resource")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "organisation", "role"], name="resource_organisation_once"
            )
        ]

    def __str__(self):
        return f"{self.organisation_id} {self.role}"


class ResourceTopic(models.Model):
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="resource_links")
    is_derived = models.BooleanField(
        _("found by rule"),
        default=False,
        help_text=_("Found in the title by the vocabulary, not given by the source."),
    )

    class Meta:
        verbose_name = _("topic of a resource")
        verbose_name_plural = _("topics of a resource")
        constraints = [models.UniqueConstraint(fields=["resource", "topic"], name="resource_topic_once")]

    def __str__(self):
        return f"{self.resource_id} {self.topic_id}"


class ResourceIdentifier(models.Model):
    class Scheme(models.TextChoices):
        DOI = "doi", _("DOI")
        ISBN = "isbn", _("ISBN")
        ISSN = "issn", _("ISSN")
        HANDLE = "handle", _("Handle")

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("scheme"), max_length=8, choices=Scheme.choices)
    value = models.CharField(
        _("value"), max_length=200, help_text=_("Normalised: a DOI in lower case without its resolver.")
    )

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.UniqueConstraint(fields=["resource", "scheme", "value"], name="identifier_once")
        ]
        indexes = [models.Index(fields=["scheme", "value"], name="identifier_lookup")]

    def __str__(self):
        return f"{self.scheme}:{self.value}"


class ResourceFile(models.Model):
    """A file of a resource, and how far its text was read."""

    class Reading(models.TextChoices):
        WAITING = "waiting", _("Waiting to be read")
        RUNNING = "running", _("Being read")
        READ = "read", _("Read")
        NO_TEXT = "no_text", _("Pictures only, no text")
        ENCRYPTED = "encrypted", _("Locked with a password")
        BROKEN = "broken", _("Cannot be read")
        TOO_LONG = "too_long", _("Took too long to read")
        NOT_READ = "not_read", _("Not a kind of file that is read")

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(_("file"), upload_to="resources/%Y/%m")
    label = models.CharField(_("label"), max_length=200, blank=True)
    media_type = models.CharField(_("media type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    language = models.ForeignKey(Language, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    added_at = models.DateTimeField(_("added at"), default=timezone.now)
    reading = models.CharField(
        _("state of the reading"), max_length=9, choices=Reading.choices, default=Reading.NOT_READ
    )
    reading_reason = models.CharField(_("reason"), max_length=200, blank=True)
    reading_since = models.DateTimeField(_("last attempt at reading"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts at reading"), default=0)
    text = models.TextField(_("text"), blank=True, editable=False)
    thumbnail = models.ImageField(_("first page"), upload_to="thumbnails/%Y/%m", blank=True, editable=False)
    # Columns of our own: Django's width_field would open the picture whenever a row without them is read.
    thumbnail_width = models.PositiveSmallIntegerField(null=True, editable=False)
    thumbnail_height = models.PositiveSmallIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "sha256"], name="resource_file_once"),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_is_not_empty"),
        ]
        indexes = [
            models.Index(
                fields=["added_at"], name="file_to_read", condition=Q(reading__in=["waiting", "running"])
            ),
        ]

    def __str__(self):
        return self.label or self.file.name
