"""A batch of an import's rows: tried out against the library, or written into it. The loader's own batch does both."""

from django.db.models import Q

from activity.ledger import record as record_activity
from kit.text import fold
from resources import actions
from resources.actions.revisions import keep_first_revision, keep_revision
from resources.keys import url_key
from resources.load.merging import keys_of_record
from resources.load.report import Report
from resources.load.vocabulary import Vocabulary
from resources.load.writer import Batch, Writer
from resources.models import ImportRow, Revision, Status
from resources.verbs import ResourceVerb
from vocabularies.models import Organisation

Outcome, Reason, State = ImportRow.Outcome, ImportRow.Reason, ImportRow.State


class TrialVocabulary(Vocabulary):
    """Makes no organisations: one that is not known yet stands as one without a row."""

    def organisation(self, name):
        known = self.organisations
        return known.get(fold(name)) or Organisation(pk=0, name=name)


class LandingVocabulary(Vocabulary):
    """Remembers the organisations it makes; `made` are their keys."""

    def __init__(self):
        super().__init__()
        self.made = []

    def organisation(self, name):
        is_known = fold(name) in self.organisations
        found = super().organisation(name)
        if not is_known:
            self.made.append(found.pk)
        return found


class ImportBatch(Batch):
    """What trial and landing share: which resources a row may be about, and what may not be touched."""

    def __init__(self, job, pairs, vocabulary):
        super().__init__(Writer(vocabulary, Report()), "", [record for _row, record in pairs])
        self.job = job
        self.rows = {id(record): row for row, record in pairs}
        self.same = {}

    def admitted(self, ids):
        """Without what an import brought that was undone since: it is as if it had never been."""
        undone = ImportRow.objects.filter(
            resource__in=ids, state=State.UNDONE, resource__status=Status.WITHDRAWN
        )
        ids = ids - set(undone.values_list("resource", flat=True))
        self.edited = edited_by_people(ids)
        return ids

    def overwrites(self, row):
        """A source that changed its mind does not undo what people here have written."""
        return not row.is_merged and row.resource_id not in self.edited

    @staticmethod
    def differs(record, draft, reason):
        """Two rows of one source with addresses of their own are two things, though they share title and year."""
        other = draft.resource
        return (
            reason == "title"
            and other.source == record.source
            and bool(other.url_key)
            and bool(record.url)
            and other.url_key != url_key(record.url)
        )

    def is_unchanged(self, record, seen):
        if not super().is_unchanged(record, seen):
            return False
        self.rows[id(record)].resource_id = seen[record.source, record.ref].resource_id
        return True

    def place(self, record, seen):
        known = seen.get((record.source, record.ref))
        if known is not None and known.resource_id not in self.by_pk:
            del seen[record.source, record.ref]
            known.delete()
            known = None
        found, reason = (self.by_pk[known.resource_id], "") if known else self.same_as(record)
        if found is not None and found.resource.status == Status.WITHDRAWN:
            row = self.rows[id(record)]
            row.resource_id = found.resource.pk
            self.refuse(row, Reason.WITHDRAWN, found.resource.withdrawal_reason)
            return
        self.same[id(record)] = reason if reason in Reason.values else ""
        super().place(record, seen)

    def begin(self, record):
        draft = super().begin(record)
        resource = draft.resource
        resource.status, resource.published_at, resource.submitted_at = Status.DRAFT, None, None
        resource.submitted_by = self.job.by
        return draft

    @staticmethod
    def refuse(row, reason, detail=""):
        row.state, row.outcome, row.reason, row.detail = State.PLANNED, Outcome.REFUSED, reason, detail[:300]

    def tell(self):
        """Write down on the rows what became of them."""
        for outcome, record, _why, draft in self.outcomes:
            row = self.rows[id(record)]
            row.outcome = outcome
            row.reason = self.same.get(id(record), "") if outcome == "merged" else ""
            self.tell_row(row, record, draft)

    def tell_row(self, row, record, draft):
        raise NotImplementedError


class Trial(ImportBatch):
    """Finds out what would become of rows. Nothing of the library is written."""

    def __init__(self, job, pairs, vocabulary, remake):
        super().__init__(job, pairs, vocabulary)
        self.remake = remake  # (row) → record, for earlier rows
        self.numbers = {}

    def meet(self, fresh, seen):
        super().meet(fresh, seen)
        self.learn_earlier(fresh)

    def learn_earlier(self, fresh):
        """Rows of earlier batches that will be new by the time these are written."""
        lookups = [key for record in fresh for key in keys_of_record(record).lookups]
        values = {name: {v for n, v in lookups if n == name} for name in ("doi", "url", "title")}
        same = (
            Q(title_key__in=values["title"]) | Q(url_key__in=values["url"] - {""}) | Q(doi__in=values["doi"])
        )
        earlier = self.job.rows.filter(same, state=State.PLANNED, outcome=Outcome.CREATED)
        for row in earlier.order_by("number"):
            record = self.remake(row)
            if record is not None:
                draft = self.begin(record)
                self.numbers[id(draft)] = row.number
                self.learn(draft)

    def save(self):
        """Nothing: it is a trial."""

    def tell_row(self, row, record, draft):
        keys = keys_of_record(record)
        row.state, row.title = State.PLANNED, record.title[:300]
        row.title_key, row.url_key, row.doi = keys.title, keys.url, next(iter(sorted(keys.dois)), "")
        if row.outcome == Outcome.CREATED:
            self.numbers[id(draft)] = row.number
        elif draft:
            row.resource_id, row.twin = draft.resource.pk, self.numbers.get(id(draft))


class Landing(ImportBatch):
    """Writes rows into the library: new records as drafts, then through the status machine."""

    def __init__(self, job, pairs, vocabulary):
        super().__init__(job, pairs, vocabulary)
        self.revisions = {}

    def save(self):
        touched = [d for d in self.by_pk.values() if d.changed]
        own = set(
            ImportRow.objects.filter(
                job=self.job,
                state=State.WRITTEN,
                outcome=Outcome.CREATED,
                resource__in=[d.resource.pk for d in touched],
            ).values_list("resource", flat=True)
        )
        foreign = [d for d in touched if d.resource.pk not in own]
        for draft in foreign:
            keep_first_revision(draft.resource)
        super().save()
        self.revisions = {
            draft.resource.pk: keep_revision(draft.resource, note=self.job.name).number for draft in foreign
        }
        created = [d.resource.pk for d in self.new]
        if created or self.revisions:
            record_activity(
                ResourceVerb.IMPORTED,
                actor=self.job.by,
                subject=self.job,
                created=created,
                changed=list(self.revisions),
            )
        if self.job.publishes:
            actions.publish_drafts(created, by=self.job.by, subject=self.job)

    def tell_row(self, row, record, draft):
        row.state, row.title = State.WRITTEN, record.title[:300]
        if draft:
            row.resource_id = draft.resource.pk
            row.revision = self.revisions.get(draft.resource.pk) if row.outcome != Outcome.CREATED else None


def edited_by_people(ids):
    """Those of the resources that a person has changed since they were brought in."""
    edited, before = set(), {}
    rows = Revision.objects.filter(resource__in=ids).order_by("resource", "number")
    for pk, digest, by in rows.values_list("resource", "digest", "by"):
        if by is not None and before.get(pk, digest) != digest:
            edited.add(pk)
        before[pk] = digest
    return edited
