"""A resource while it is loaded: what it is made of, before it is written."""

from dataclasses import dataclass, field

from django.utils import timezone

from resources.cards import build_card
from resources.duplicates import Keys, measure_of
from resources.keys import title_key, url_key
from resources.load.dates import UNDATED
from resources.models import KIND_MODELS, Contributor, Kind, Resource, ResourceIdentifier, Status

PLAIN = ("summary", "body", "url", "licence")


@dataclass(slots=True)
class Draft:
    """A resource with its parts, new or read from the database. Parts: organisations are (id, role) pairs."""

    resource: Resource
    detail: object
    contributors: list = field(default_factory=list)
    organisations: list = field(default_factory=list)
    topics: dict = field(default_factory=dict)
    countries: set = field(default_factory=set)
    identifiers: set = field(default_factory=set)
    languages: list = field(default_factory=list)
    amends: "Draft | None" = None
    changed: bool = False

    @property
    def is_new(self):
        return self.resource.pk is None

    def keys(self):
        return Keys(
            kind=self.resource.kind,
            title=self.resource.title_key,
            year=self.resource.year,
            url=self.resource.url_key,
            dois=frozenset(v for s, v in self.identifiers if s == ResourceIdentifier.Scheme.DOI),
            countries=frozenset(self.countries),
            distinct=getattr(self.detail, "number", ""),
            measure=measure_of(self.detail),
        )

    def card(self, organisation_names, versions=()):
        return build_card(
            kind=self.resource.kind,
            detail=self.detail,
            contributors=[
                (c["family_name"], c["given_name"])
                for c in self.contributors
                if c.get("role", Contributor.Role.AUTHOR) == Contributor.Role.AUTHOR
            ][:4],
            organisations=[(organisation_names[pk], role) for pk, role in self.organisations[:3]],
            countries=sorted(self.countries),
            languages=[self.resource.language_id, *sorted(self.languages)],
            versions=versions,
        )


def keys_of_record(record):
    """What duplicates of a record are recognised by."""
    detail = record.detail
    emergency = f"emergency {detail.get('sub_type', '')}" if detail.get("is_emergency_measure") else ""
    return Keys(
        kind=record.kind,
        title=title_key(record.title),
        year=record.year,
        url=url_key(record.url),
        dois=frozenset(v for s, v in record.identifiers if s == ResourceIdentifier.Scheme.DOI),
        countries=frozenset(record.countries),
        distinct=record.distinct,
        measure=emergency,
    )


def new_draft(record, vocabulary, work):
    """A published resource from a record, not yet written."""
    now = timezone.now()
    resource = Resource(
        kind=record.kind,
        status=Status.PUBLISHED,
        work=work,
        title=record.title,
        language_id=vocabulary.language(record.language),
        source=record.source,
        source_ref=record.ref,
        is_sample=record.is_sample,
        submitted_at=now,
        published_at=now,
    )
    draft = Draft(resource, KIND_MODELS[record.kind]())
    take(draft, record, vocabulary, overwrite=True)
    draft.changed = False
    return draft


def take(draft, record, vocabulary, *, overwrite):
    """Put a record into a draft: fill what is empty, unite the parts; `overwrite` also replaces what the record has."""
    before = state(draft)
    resource = draft.resource
    for name in PLAIN:
        if getattr(record, name) and (overwrite or not getattr(resource, name)):
            setattr(resource, name, getattr(record, name))
    if overwrite:
        resource.title = record.title
    if record.published_on and (overwrite or better_date(record, resource)):
        resource.published_on, resource.published_precision = record.published_on, record.precision
    resource.year = (
        resource.published_on.year if resource.published_on else (record.year if overwrite else resource.year)
    )
    resource.sort_on = (
        (record.sort_on if overwrite else None) or resource.published_on or resource.sort_on or UNDATED
    )
    resource.title_key, resource.url_key = title_key(resource.title), url_key(resource.url)
    for name, value in record.detail.items():
        if not is_empty(value) and (overwrite or is_empty(getattr(draft.detail, name))):
            setattr(draft.detail, name, value)
    if record.contributors and (overwrite or not draft.contributors):
        draft.contributors = list(record.contributors)
    for name, role in record.organisations:
        pair = (vocabulary.organisation(name).pk, str(role))
        if pair not in draft.organisations:
            draft.organisations.append(pair)
    for code in record.topics:
        draft.topics.update(dict.fromkeys(vocabulary.topics_of(code), False))
    if record.kind != Kind.COUNTRY:
        for topic in vocabulary.topics_in(record.title, record.language):
            draft.topics.setdefault(topic, True)
    draft.countries.update(record.countries)
    draft.identifiers.update((str(scheme), value) for scheme, value in record.identifiers)
    for code in record.other_languages:
        if code in vocabulary.languages and code != resource.language_id and code not in draft.languages:
            draft.languages.append(code)
    if state(draft) != before:
        draft.changed = True


def is_empty(value):
    """Nothing said: a figure of zero says something."""
    return value is None or (isinstance(value, (str, list)) and value in ("", [], "other", "unknown"))


def better_date(record, resource):
    """A date where there was none, or a finer one of the same year."""
    if resource.published_on is None:
        return resource.year in (None, record.published_on.year)
    order = ("year", "month", "day")
    finer = order.index(record.precision) > order.index(resource.published_precision)
    return finer and record.published_on.year == resource.published_on.year


def state(draft):
    """Everything a write would write, to see whether there is something to write."""
    resource, detail = draft.resource, draft.detail
    return (
        [
            getattr(resource, f)
            for f in (*PLAIN, "title", "published_on", "published_precision", "year", "sort_on")
        ],
        {f.attname: getattr(detail, f.attname) for f in detail._meta.concrete_fields if not f.primary_key},
        list(draft.contributors),
        list(draft.organisations),
        dict(draft.topics),
        set(draft.countries),
        set(draft.identifiers),
        list(draft.languages),
    )
