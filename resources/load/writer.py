"""Writing records in batches: each batch finds its duplicates, merges, and commits as a whole."""

from django.db import transaction
from django.utils import timezone

from resources.actions import free_slug
from resources.duplicates import REASONS, candidates, why_same
from resources.keys import slug_for
from resources.load.merging import keys_of_record, new_draft, take
from resources.load.records import Skipped
from resources.load.store import drafts_of, write
from resources.models import Kind, Resource, SourceRecord, Status, Work
from search.models import IndexRequest

BATCH = 400


class Writer:
    """Writes the records of all sources of one load; `changed_ids` are the resources the index must read again."""

    def __init__(self, vocabulary, report):
        self.vocabulary = vocabulary
        self.report = report
        self.changed_ids = set()

    def write(self, name, found, progress=lambda rows: None):
        """Write records and skipped rows of a set in batches, telling `progress` how many are done."""
        for start in range(0, len(found), BATCH):
            rows = found[start : start + BATCH]
            Batch(self, name, [r for r in rows if not isinstance(r, Skipped)]).write()
            for row in rows:
                if isinstance(row, Skipped):
                    self.report.count(name, "skipped")
                    self.report.tell(name, row.source, row.ref, "skipped", row.title, row.why)
            progress(len(rows))


class Batch:
    """Some hundred records, written in one transaction or not at all."""

    def __init__(self, writer, name, records):
        self.vocabulary, self.name, self.records = writer.vocabulary, name, records
        self.writer = writer
        self.outcomes = []
        self.drafts = {}  # by identity of the draft's first (source, ref)
        self.by_pk = {}
        self.known = {}
        self.new = []
        self.receipts = []

    def write(self):
        with transaction.atomic():
            seen = self.seen_rows()
            fresh = [r for r in self.records if not self.is_unchanged(r, seen)]
            if fresh:
                self.meet(fresh, seen)
                for record in fresh:
                    self.place(record, seen)
                self.save()
        self.tell()

    def seen_rows(self):
        refs = [r.ref for r in self.records]
        sources = {r.source for r in self.records}
        rows = SourceRecord.objects.filter(source__in=sources, ref__in=refs)
        return {(row.source, row.ref): row for row in rows}

    def is_unchanged(self, record, seen):
        row = seen.get((record.source, record.ref))
        if row is None or row.digest != record.digest():
            return False
        self.outcomes.append(("unchanged", record, "", ""))
        return True

    def meet(self, fresh, seen):
        """Read every resource a record of this batch may be about: its own, its duplicates', its original's."""
        wanted = {seen[key].resource_id for r in fresh if (key := (r.source, r.ref)) in seen}
        links = {(r.source, ref) for r in fresh for ref in (r.translation_of, r.amends) if ref}
        links |= {given for r in fresh if (given := self.given_duplicate(r))}
        self.linked = {}
        for row in SourceRecord.objects.filter(ref__in={ref for _source, ref in links}):
            if (row.source, row.ref) in links or ("", row.ref) in links:
                self.linked[row.source, row.ref] = row.resource_id
                self.linked.setdefault(("", row.ref), row.resource_id)
                wanted.add(row.resource_id)
        for kind in {r.kind for r in fresh}:
            lookups = [key for r in fresh if r.kind == kind for key in keys_of_record(r).lookups]
            wanted.update(candidates(kind, lookups).values_list("pk", flat=True))
        for draft in drafts_of(self.admitted(wanted)):
            self.by_pk[draft.resource.pk] = draft
            self.learn(draft)

    @staticmethod
    def admitted(ids):
        """The resources that a record may be about."""
        return ids

    @staticmethod
    def given_duplicate(record):
        return ("", record.duplicate_of) if record.duplicate_of else None

    def learn(self, draft):
        for key in draft.keys().lookups:
            entries = self.known.setdefault(key, [])
            if draft not in entries:
                entries.append(draft)

    def place(self, record, seen):
        """Turn a record into a new draft, an update of its own resource, or a merge into another's."""
        key = (record.source, record.ref)
        row = seen.get(key)
        if row is not None:
            draft = self.by_pk[row.resource_id]
            take(draft, record, self.vocabulary, overwrite=self.overwrites(row))
            row.digest = record.digest()
            self.receipts.append((row, draft))
            self.outcomes.append(
                ("updated" if draft.changed else "unchanged", record, "the row changed", draft)
            )
        else:
            draft, reason = self.same_as(record)
            if draft is not None:
                take(draft, record, self.vocabulary, overwrite=False)
                self.outcomes.append(("merged", record, str(REASONS[reason]), draft))
            else:
                draft = self.begin(record)
                self.new.append(draft)
                self.outcomes.append(("created", record, "; ".join(record.notes), draft))
            row = SourceRecord(
                source=record.source, ref=record.ref[:120], digest=record.digest(), is_merged=bool(reason)
            )
            self.receipts.append((row, draft))
        self.drafts[key] = self.drafts["", record.ref] = draft
        draft.amends = draft.amends or self.find(record.source, record.amends)
        self.learn(draft)

    def find(self, source, ref):
        """The draft of a row of this batch or of an earlier one, or None."""
        if not ref:
            return None
        return self.drafts.get((source, ref)) or self.by_pk.get(self.linked.get((source, ref)))

    def begin(self, record):
        """The draft of a record that repeats nothing."""
        return new_draft(record, self.vocabulary, self.work_for(record))

    @staticmethod
    def overwrites(row):
        """Whether a row that came again replaces what stands there, or fills its gaps only."""
        return not row.is_merged

    @staticmethod
    def differs(_record, _draft, _reason):
        """Whether a source knows better than the reason found."""
        return False

    def same_as(self, record):
        """(draft, code of REASONS) of what the record repeats; a language version repeats only its own language."""
        keys = keys_of_record(record)
        for lookup in keys.lookups:
            for draft in self.known.get(lookup, ()):
                reason = why_same(keys, draft.keys())
                if (
                    reason
                    and draft.resource.language_id == self.vocabulary.language(record.language)
                    and not self.differs(record, draft, reason)
                ):
                    return draft, reason
        given = self.find("", record.duplicate_of)
        if given is not None and years_fit(record.year, given.resource.year):
            return given, "given"
        original = self.find(record.source, record.translation_of)
        if original is not None:
            for version in self.versions_of(original):
                if version.resource.language_id == self.vocabulary.language(record.language):
                    return version, "version"
        return None, ""

    def versions_of(self, draft):
        """Drafts at hand of the same work."""
        return [
            d
            for d in [*self.by_pk.values(), *self.new]
            if d.resource.work is draft.resource.work
            or (d.resource.work_id and d.resource.work_id == draft.resource.work_id)
        ]

    def work_for(self, record):
        original = self.find(record.source, record.translation_of)
        return original.resource.work if original is not None else Work()

    def save(self):
        self.give_slugs()
        touched = [d for d in self.by_pk.values() if d.changed]
        write(self.new, touched)
        for row, draft in self.receipts:
            row.resource = draft.resource
        known = [row for row, _draft in self.receipts if row.pk]
        SourceRecord.objects.bulk_create([row for row, _draft in self.receipts if row.pk is None])
        SourceRecord.objects.bulk_update(known, ["digest"], batch_size=200)
        ids = [d.resource.pk for d in [*self.new, *touched] if d.resource.status != Status.DRAFT]
        self.writer.changed_ids.update(ids)
        # With the batch, so that a load stopped later leaves nothing unindexed; the drain starts at its end.
        IndexRequest.objects.bulk_create(
            IndexRequest(model=Resource._meta.label_lower, object_id=pk) for pk in ids
        )

    def give_slugs(self):
        """Addresses from the titles, with the country where a kind is of a country, numbered where taken."""
        now = timezone.now()
        wanted = {}
        for draft in self.new:
            draft.resource.created_at = draft.resource.updated_at = now
            wanted.setdefault((draft.resource.kind, slug_of(draft, self.vocabulary)), []).append(draft)
        taken = set()
        for kind in {kind for kind, _slug in wanted}:
            slugs = [slug for k, slug in wanted if k == kind]
            rows = Resource.objects.filter(kind=kind, slug__in=slugs)
            taken.update((kind, slug) for slug in rows.values_list("slug", flat=True))
        for (kind, slug), drafts in wanted.items():
            for draft in drafts:
                free, n = slug, 1
                if (kind, free) in taken:
                    free = free_slug(kind, slug)
                while (kind, free) in taken:
                    n += 1
                    free = f"{slug}-{n}"
                draft.resource.slug = free
                taken.add((kind, free))

    def tell(self):
        for outcome, record, why, draft in self.outcomes:
            self.writer.report.count(self.name, outcome)
            if outcome == "merged" or why:
                into = f"{draft.resource.kind}/{draft.resource.slug}" if draft else ""
                self.writer.report.tell(
                    self.name, record.source, record.ref, outcome, record.title, why, into
                )


def years_fit(a, b):
    return not (a and b) or abs(a - b) <= 1


def slug_of(draft, vocabulary):
    resource, parts = draft.resource, [draft.resource.title]
    if resource.kind in (Kind.LAW, Kind.PROGRAMME):
        names = [vocabulary.country_name(c) for c in sorted(draft.countries)[:1]]
        parts += [name for name in names if name not in resource.title]
        if resource.kind == Kind.LAW and resource.year and str(resource.year) not in resource.title:
            parts.append(str(resource.year))
    ending = slug_for(" ".join(parts[1:]), fallback="")
    title = slug_for(parts[0], fallback=resource.kind)
    return f"{title[: 90 - len(ending)].rstrip('-')}-{ending}" if ending else title
