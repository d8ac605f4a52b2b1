"""The work on an import, in steps that each commit as a whole: whoever takes it up again goes on after the last.

Every step locks the import's own row first, so two workers never do the same rows.
"""

import time

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import DataError, IntegrityError, transaction
from django.db.models import Max, OuterRef, ProtectedError, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from resources import actions
from resources.actions.intake import move
from resources.intake import columns as meanings
from resources.intake import reading
from resources.intake.batches import Landing, LandingVocabulary, Trial, TrialVocabulary
from resources.intake.entries import MOST_ROWS, NotReadable
from resources.intake.making import Maker, Refused
from resources.models import (
    CollectionItem,
    Import,
    ImportRow,
    Resource,
    ResourceFile,
    Revision,
    SourceRecord,
)
from resources.models import Status as ResourceStatus
from search import upkeep
from vocabularies.models import Organisation

READ, CHECK, WRITE, UNDO = 1000, 500, 400, 50
PAUSE = 1.0  # seconds between two pages of a harvest
Status, State, Outcome, Reason = Import.Status, ImportRow.State, ImportRow.Outcome, ImportRow.Reason
PLANS = (
    "ref",
    "state",
    "outcome",
    "reason",
    "detail",
    "notes",
    "title",
    "title_key",
    "url_key",
    "doi",
    "twin",
    "resource",
)
RESULTS = ("state", "outcome", "reason", "detail", "title", "resource", "revision")


class Work:
    """The work on one import as far as one task goes; what costs time to read is read once."""

    def __init__(self, job_id):
        self.job_id = job_id
        self.vocabulary = None

    def go_on(self, is_time_up):
        """Do step after step until nothing is left or the time is up; returns whether something is left."""
        while True:
            status = Import.objects.values_list("status", flat=True).get(pk=self.job_id)
            step = {
                Status.READING: self.read,
                Status.CHECKING: self.check,
                Status.WRITING: self.write,
                Status.UNDOING: self.undo,
            }.get(status)
            if step is None:
                return False
            if not step():
                return False
            if is_time_up():
                return True

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────
    def read(self):
        """Put the entries of a file, or of the next page of a harvest, into rows."""
        job = Import.objects.get(pk=self.job_id)
        try:
            return self.harvest(job) if job.address else self.read_file(job)
        except NotReadable as error:
            with transaction.atomic():
                job = self.locked(Status.READING)
                if job:
                    move(job, Status.FAILED, str(error))
            return False

    def read_file(self, job):
        with job.file.open("rb") as file:
            found = reading.open_file(file, job.form, job.encoding)
            done = job.rows.aggregate(last=Max("number"))["last"] or 0
            batch, number = [], 0
            for entry in found.entries:
                number += 1
                if number > MOST_ROWS:
                    raise NotReadable(
                        _("The file has more than %(most)d records. Split it.") % {"most": MOST_ROWS}
                    )
                if number > done:
                    batch.append((number, entry))
                if len(batch) == READ and not self.keep(batch, found):
                    return False
                if len(batch) == READ:
                    batch = []
        if number == 0:
            raise NotReadable(_("There is no record in this file."))
        return self.keep(batch, found, is_last=True)

    @transaction.atomic
    def keep(self, batch, found, *, is_last=False):
        """Write entries as rows; False where the import was stopped, or another worker reads it."""
        job = self.locked(Status.READING)
        last = job and (job.rows.aggregate(last=Max("number"))["last"] or 0)
        if job is None or (batch and batch[0][0] != last + 1):
            return False
        if found.header and not job.header:
            job.header, job.columns = found.header, meanings.guess(found.header)
        job.encoding = job.encoding or found.encoding
        self.keep_rows(job, batch)
        if is_last:
            # The rows hold all that stood in it.
            stored, job.file, job.is_read = job.file.name, "", True
            transaction.on_commit(lambda: default_storage.delete(stored))
        move(job, Status.CHECKING if is_last else Status.READING)
        return True

    @staticmethod
    def keep_rows(job, batch):
        """Rows of numbered entries. A reference that stands in the file before is told apart by a number."""
        refs = {entry.ref[:110] for _number, entry in batch if entry.ref}
        taken = set(job.rows.filter(ref__in=refs).values_list("ref", flat=True))
        rows = []
        for number, entry in batch:
            ref = entry.ref[:110]
            if ref and ref in taken:
                ref = f"{ref}#{number}"
            taken.add(ref)
            row = ImportRow(job=job, number=number, ref=ref, title=entry.title[:300], data=entry.data)
            if entry.unreadable or entry.is_deleted:
                row.state, row.outcome = State.PLANNED, Outcome.REFUSED
                row.reason = Reason.DELETED if entry.is_deleted else Reason.UNREADABLE
                row.detail = entry.unreadable[:300]
            rows.append(row)
        ImportRow.objects.bulk_create(rows, batch_size=500)

    def harvest(self, job):
        """Fetch the next page outside of any transaction, then keep it with the place to go on from."""
        if job.waits_until and job.waits_until > timezone.now():
            return False
        if job.token:
            time.sleep(PAUSE)
        page = reading.next_page(job)
        with transaction.atomic():
            job = self.locked(Status.READING)
            if job is None or job.token != page.asked_with:
                return False
            if page.retry_after:
                job.waits_until = timezone.now() + page.retry_after
                job.attempts += 1
                move(job, Status.READING, page.trouble)
                return False
            last = job.rows.aggregate(last=Max("number"))["last"] or 0
            if last + len(page.entries) > MOST_ROWS:
                page.entries, page.token = page.entries[: MOST_ROWS - last], ""
            self.keep_rows(job, list(enumerate(page.entries, last + 1)))
            job.responded = job.responded or page.responded
            job.token, job.pages, job.waits_until, job.attempts = page.token, job.pages + 1, None, 0
            job.is_read = not page.token
            move(job, Status.READING if page.token else Status.CHECKING)
        return True

    # ── checking ─────────────────────────────────────────────────────────────────────────────────────
    @transaction.atomic
    def check(self):
        """Find out what would become of the next rows."""
        job = self.locked(Status.CHECKING)
        if job is None:
            return False
        rows = list(job.rows.filter(state=State.WAITING)[:CHECK])
        if not rows:
            move(job, Status.READY)
            return False
        vocabulary = self.vocabulary_of(TrialVocabulary)
        maker = Maker(job, vocabulary)
        pairs = [(row, made) for row in rows if (made := self.record_of(maker, row))]
        tell_apart(job, pairs)
        Trial(job, pairs, vocabulary, lambda row: self.record_of(maker, row, quiet=True)).write()
        put(rows, PLANS)
        move(job, Status.CHECKING)
        return True

    @staticmethod
    def record_of(maker, row, *, quiet=False):
        """The record of a row; None, and the row refused with a reason, where there is none."""
        words = row.data
        if "cells" in words:
            words = meanings.words_of(words["cells"], maker.job.columns)
        try:
            made, notes = maker.make(words, row.ref)
        except Refused as error:
            if not quiet:
                row.state, row.outcome = State.PLANNED, Outcome.REFUSED
                row.reason, row.detail = error.reason, error.detail[:300]
            return None
        if not quiet:
            row.notes = notes
        return made

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────
    @transaction.atomic
    def write(self):
        """Write the next rows into the library; a row the database refuses is refused alone."""
        job = self.locked(Status.WRITING)
        if job is None:
            return False
        left = job.rows.filter(state=State.PLANNED).exclude(outcome=Outcome.REFUSED)
        rows = list(left[:WRITE])
        if not rows:
            move(job, Status.DONE)
            transaction.on_commit(upkeep.start_drain)
            return False
        if not self.land(job, rows):
            for row in rows:
                if not self.land(job, [row]):
                    row.state, row.outcome = State.PLANNED, Outcome.REFUSED
                    row.reason, row.resource_id = Reason.NOT_KEPT, None
        put_written(job, rows)
        move(job, Status.WRITING)
        return True

    def land(self, job, rows):
        """Write some rows as a whole; False, and nothing written, where the database refuses one of them."""
        vocabulary = self.vocabulary_of(LandingVocabulary)
        vocabulary.made.clear()
        maker = Maker(job, vocabulary)
        try:
            with transaction.atomic():
                pairs = [(row, made) for row in rows if (made := self.record_of(maker, row))]
                Landing(job, pairs, vocabulary).write()
        except (IntegrityError, DataError, ValidationError):
            self.vocabulary = None
            return False
        if vocabulary.made:
            job.organisations = [*job.organisations, *vocabulary.made]
        return True

    # ── undoing ──────────────────────────────────────────────────────────────────────────────────────
    @transaction.atomic
    def undo(self):
        """Take back the next rows, the last first."""
        job = self.locked(Status.UNDOING)
        if job is None:
            return False
        rows = list(
            job.rows.filter(state=State.WRITTEN).order_by("-number").select_related("resource")[:UNDO]
        )
        if not rows:
            forget_organisations(job)
            move(job, Status.UNDONE)
            return False
        touched = touched_since(job, [row for row in rows if row.resource])
        for row in rows:
            row.state = State.KEPT if row.pk in touched else State.UNDONE
            if row.state == State.UNDONE and row.resource:
                self.take_back(job, row)
        ImportRow.objects.bulk_update(rows, ["state"])
        move(job, Status.UNDOING)
        return True

    @staticmethod
    def take_back(job, row):
        """Undo one row that nobody has touched since."""
        resource = row.resource
        sources = SourceRecord.objects.filter(resource=resource, source=job.source)
        if row.outcome == Outcome.CREATED:
            if resource.status == ResourceStatus.PUBLISHED:
                # The reference is free again: the source may bring a better record under it.
                Resource.objects.filter(pk=resource.pk).update(source_ref="")
                actions.withdraw_resource(
                    resource, reason=_("The import it came with was undone."), by=job.by
                )
                sources.delete()
            elif resource.status == ResourceStatus.WITHDRAWN:
                sources.delete()
            else:
                actions.delete_draft(resource, by=job.by)
        elif row.outcome == Outcome.UPDATED:
            restore(row, job)
            sources.filter(ref=row.ref).update(digest="")
        elif row.outcome == Outcome.MERGED:
            restore(row, job)
            sources.filter(ref=row.ref, is_merged=True).delete()

    # ── tools ────────────────────────────────────────────────────────────────────────────────────────
    def locked(self, status):
        """The import, locked; None where it is no longer at this step."""
        return Import.objects.select_for_update(of=("self",)).filter(pk=self.job_id, status=status).first()

    def vocabulary_of(self, kind):
        if type(self.vocabulary) is not kind:
            self.vocabulary = kind()
        return self.vocabulary


def tell_apart(job, pairs):
    """Give each row a reference of its own: one that stands in the import before gets the number of the row."""
    wanted = {made.ref for row, made in pairs if not row.ref}
    taken = set(job.rows.filter(ref__in=wanted).values_list("ref", flat=True))
    for row, made in pairs:
        if not row.ref and made.ref in taken:
            made.ref = f"{made.ref[:110]}#{row.number}"
        taken.add(made.ref)
        row.ref = made.ref


def put(rows, fields):
    """Write these fields of rows that are there: one statement for some hundred, where `bulk_update` builds a case a cell."""
    ImportRow.objects.bulk_create(
        rows, batch_size=250, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )


def put_written(job, rows):
    """Write down what became of rows. New ones, the most, find their resource by its reference in one statement."""
    plain = [row for row in rows if row.outcome == Outcome.CREATED and row.ref and row.state == State.WRITTEN]
    known = SourceRecord.objects.filter(source=job.source, ref=OuterRef("ref"))
    ImportRow.objects.filter(pk__in=[row.pk for row in plain]).update(
        state=State.WRITTEN,
        outcome=Outcome.CREATED,
        reason="",
        resource=Subquery(known.values("resource")[:1]),
    )
    kept = {row.pk for row in plain}
    put([row for row in rows if row.pk not in kept], RESULTS)


def touched_since(job, rows):
    """The keys of the rows whose resource somebody has worked on since this import wrote it."""
    created = {row.resource_id: row for row in rows if row.outcome == Outcome.CREATED}
    changed = [row for row in rows if row.outcome != Outcome.CREATED and row.revision]
    found = set()
    for model in (Revision, ResourceFile, CollectionItem):
        keys = model.objects.filter(resource__in=created).values_list("resource", flat=True)
        found.update(created[key].pk for key in keys)
    others = SourceRecord.objects.filter(resource__in=created).exclude(source=job.source)
    found.update(created[key].pk for key in others.values_list("resource", flat=True))
    last = dict(
        Revision.objects.filter(resource__in=[row.resource_id for row in changed])
        .order_by("resource")
        .values_list("resource")
        .annotate(Max("number"))
    )
    found.update(row.pk for row in changed if last.get(row.resource_id) != row.revision)
    return found


def restore(row, job):
    """Give a resource back what it was before the row changed it."""
    if row.revision:
        before = Revision.objects.filter(resource=row.resource, number=row.revision - 1).first()
        if before:
            actions.restore_revision(before, by=job.by)


def forget_organisations(job):
    """Take away the organisations the import made, where nothing names them any more."""
    for pk in job.organisations:
        try:
            with transaction.atomic():
                Organisation.objects.filter(pk=pk).delete()
        except ProtectedError:
            continue
    job.organisations = []
