"""Bulk import: one job for a file or a harvest, one row for each record in it, so that every step can be taken up again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.models.resource import Kind, Resource
from vocabularies.models import Language


class ImportQuerySet(models.QuerySet):
    def at_work(self):
        return self.filter(status__in=Import.WORKING)


class Import(models.Model):
    """Records that are brought in together: read, tried out, written, and taken back as a whole."""

    class Form(models.TextChoices):
        CSV = "csv", _("Table (CSV)")
        XLSX = "xlsx", _("Spreadsheet (XLSX)")
        BIBTEX = "bibtex", _("BibTeX")
        RIS = "ris", _("RIS")
        MARCXML = "marcxml", _("MARCXML")
        OAI = "oai", _("OAI-PMH")
        FEED = "feed", _("RSS or Atom feed")

    class Status(models.TextChoices):
        READING = "reading", _("Being read")
        CHECKING = "checking", _("Being checked")
        READY = "ready", _("Checked, nothing written yet")
        WRITING = "writing", _("Being written")
        DONE = "done", _("Written")
        STOPPED = "stopped", _("Stopped")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        FAILED = "failed", _("Not readable")

    WORKING = (Status.READING, Status.CHECKING, Status.WRITING, Status.UNDOING)

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("by"),
    )
    form = models.CharField(_("format"), max_length=8, choices=Form.choices)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.READING)
    name = models.CharField(_("name"), max_length=200, help_text=_("Of the file, or of what is harvested."))
    source = models.CharField(
        _("source"), max_length=60, help_text=_("Rows of one source are known again by their reference.")
    )
    kind = models.CharField(_("type"), max_length=12, choices=Kind.choices, default=Kind.PUBLICATION)
    language = models.ForeignKey(
        Language, on_delete=models.PROTECT, related_name="+", verbose_name=_("language")
    )
    publishes = models.BooleanField(_("published at once"), default=False)

    file = models.FileField(_("file"), upload_to="imports/%Y/%m", blank=True)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    header = models.JSONField(_("names of the columns"), default=list, blank=True)
    columns = models.JSONField(_("meaning of the columns"), default=list, blank=True)

    address = models.URLField(_("address"), max_length=500, blank=True)
    oai_set = models.CharField(_("set"), max_length=200, blank=True)
    since = models.CharField(_("changed since"), max_length=30, blank=True)
    responded = models.CharField(_("date of the first response"), max_length=30, blank=True)
    token = models.TextField(_("resumption token"), blank=True)
    pages = models.PositiveIntegerField(_("pages harvested"), default=0)
    waits_until = models.DateTimeField(_("waits until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts at the next page"), default=0)

    is_read = models.BooleanField(_("read to its end"), default=False)
    problem = models.CharField(_("problem"), max_length=300, blank=True)
    organisations = models.JSONField(_("organisations it made"), default=list, blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    moved_at = models.DateTimeField(_("last step at"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["reading", "checking", "ready", "writing", "undoing"], ended_at=None)
                | Q(status__in=["done", "stopped", "undone", "failed"], ended_at__isnull=False),
                name="import_status_has_its_date",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="import_has_a_source"),
        ]

    def __str__(self):
        return self.name

    @property
    def is_working(self):
        return self.status in self.WORKING

    @property
    def is_table(self):
        return self.form in (self.Form.CSV, self.Form.XLSX)


class ImportRow(models.Model):
    """One record of an import: what stood there, what is to become of it or has become of it, and why."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Not checked yet")
        PLANNED = "planned", _("Checked")
        WRITTEN = "written", _("Written")
        UNDONE = "undone", _("Undone")
        KEPT = "kept", _("Kept: edited since")

    class Outcome(models.TextChoices):
        CREATED = "created", _("New")
        MERGED = "merged", _("Merged")
        UPDATED = "updated", _("Updated")
        UNCHANGED = "unchanged", _("Nothing new")
        REFUSED = "refused", _("Refused")

    class Reason(models.TextChoices):
        """Why a row is refused, or what it is the same as."""

        UNREADABLE = "unreadable", _("Cannot be read")
        NO_TITLE = "no_title", _("There is no title")
        BAD_TITLE = "bad_title", _("The title is a file name, a placeholder, or has no letters")
        BAD_KIND = "bad_kind", _("This type cannot be imported")
        WITHDRAWN = "withdrawn", _("The library has withdrawn it")
        DELETED = "deleted", _("Its source has withdrawn it")
        NOT_KEPT = "not_kept", _("The database refused it")
        SAME_DOI = "doi", _("Same DOI")
        SAME_ADDRESS = "address", _("Same address")
        SAME_TITLE = "title", _("Same title and year")
        SAME_VERSION = "version", _("Same work and language")

    job = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("number"))
    ref = models.CharField(_("reference"), max_length=120)
    title = models.CharField(_("title"), max_length=300, blank=True)
    data = models.JSONField(_("as it was read"), default=dict)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.WAITING)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices, blank=True)
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    notes = models.JSONField(_("notes"), default=list, blank=True)
    title_key = models.CharField(_("normalised title"), max_length=200, blank=True)
    url_key = models.CharField(_("canonical address"), max_length=300, blank=True)
    doi = models.CharField(_("DOI"), max_length=200, blank=True)
    twin = models.PositiveIntegerField(
        _("same as row"), null=True, blank=True, help_text=_("An earlier row of the same import.")
    )
    resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.SET_NULL, related_name="import_rows"
    )
    revision = models.PositiveIntegerField(
        _("revision"), null=True, blank=True, help_text=_("Kept after the row had changed the resource.")
    )

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="import_row_number_once"),
            models.CheckConstraint(
                condition=Q(state="waiting", outcome="") | (~Q(state="waiting") & ~Q(outcome="")),
                name="import_row_checked_has_an_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["job", "state", "number"], name="import_row_by_state"),
        ]

    def __str__(self):
        return f"{self.job_id}: {self.number}"
