"""Loads the vocabularies from their files."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kit.text import fold
from vocabularies import queries
from vocabularies.load import places, subjects
from vocabularies.load.files import DATA
from vocabularies.models import (
    Country,
    CountryAlias,
    IncomeClass,
    Language,
    Organisation,
    OrganisationType,
    Region,
    Topic,
    TopicLabel,
)


@dataclass
class Change:
    """What loading did to one table."""

    name: str
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: list = field(default_factory=list)

    @property
    def is_none(self):
        return not (self.created or self.updated or self.removed)


def read_vocabularies(folder=DATA):
    """Everything the files say, checked; the first fault raises VocabularyError and names its file and row."""
    regions = places.regions(folder)
    languages = places.languages(folder)
    countries, spoken = places.countries(folder, regions, languages)
    topics, labels = subjects.topics(folder)
    places.title_exceptions(folder, countries)
    return {
        "regions": regions,
        "languages": languages,
        "countries": countries,
        "spoken": spoken,
        "aliases": places.aliases(folder, countries),
        "income_classes": places.income_classes(folder, countries),
        "topics": topics,
        "labels": labels,
        "organisations": subjects.organisations(folder, countries),
    }


@transaction.atomic
def load_vocabularies(folder=DATA, *, progress=lambda name: None):
    """Bring the tables to what the files say, all or nothing; loading twice changes nothing. One Change a table."""
    read = read_vocabularies(folder)
    steps = [
        (_("regions"), lambda: _regions(read)),
        (_("languages"), lambda: _sync(_("languages"), Language, ("code",), read["languages"])),
        (_("countries"), lambda: _sync(_("countries"), Country, ("iso3",), read["countries"])),
        (_("languages of countries"), lambda: _spoken(read)),
        (
            _("country aliases"),
            lambda: _sync(_("country aliases"), CountryAlias, ("folded",), read["aliases"]),
        ),
        (
            _("income classes"),
            lambda: _sync(_("income classes"), IncomeClass, ("country_id", "year"), read["income_classes"]),
        ),
        (_("topics"), lambda: _topics(read)),
        (_("topic labels"), lambda: _labels(read)),
        (_("organisations"), lambda: _organisations(read)),
    ]
    changes = []
    for name, step in steps:
        progress(name)
        changes.append(step())
    if any(not change.is_none for change in changes):
        transaction.on_commit(queries.announce)
    queries.forget()
    return changes


def _sync(name, model, key, wanted, *, remove=True):
    """Create, update and remove rows so that the table says what `wanted` (key → fields) says."""
    change = Change(str(name))
    rows = {_key_of(row, key): row for row in model.objects.all()}
    fresh, stale, fields = [], [], set()
    for value, values in wanted.items():
        row = rows.pop(value, None)
        if row is None:
            fresh.append(model(**dict(zip(key, value if len(key) > 1 else [value], strict=True)), **values))
            continue
        differing = {column for column, wish in values.items() if getattr(row, column) != wish}
        if differing:
            for column in differing:
                setattr(row, column, values[column])
            fields |= differing
            stale.append(row)
        else:
            change.unchanged += 1
    if remove:
        _remove(change, rows.values())
    model.objects.bulk_create(fresh, batch_size=500)
    if stale:
        model.objects.bulk_update(stale, fields, batch_size=200)
    change.created, change.updated = len(fresh), len(stale)
    return change


def _key_of(row, key):
    values = tuple(getattr(row, column) for column in key)
    return values if len(key) > 1 else values[0]


def _remove(change, rows):
    """Delete rows the files no longer have; what is in use stays and is named."""
    for row in rows:
        try:
            with transaction.atomic():
                row.delete()
            change.removed += 1
        except ProtectedError:
            change.kept.append(str(row))


def _regions(read):
    return _sync(_("regions"), Region, ("code",), read["regions"])


def _spoken(read):
    through = Country.languages.through
    wanted = {(iso3, code): {} for iso3, codes in read["spoken"].items() for code in sorted(codes)}
    return _sync(_("languages of countries"), through, ("country_id", "language_id"), wanted)


def _topics(read):
    """Areas before their topics: a topic's parent is known by its code until its row is there."""
    change = Change(str(_("topics")))
    for top in (True, False):
        ids = dict(Topic.objects.values_list("code", "pk"))
        wanted = {
            code: {
                **{k: v for k, v in row.items() if k != "parent_code"},
                "parent_id": ids.get(row["parent_code"]),
            }
            for code, row in read["topics"].items()
            if (row["parent_code"] is None) == top
        }
        part = _sync(change.name, Topic, ("code",), wanted, remove=False)
        change.created += part.created
        change.updated += part.updated
        change.unchanged += part.unchanged
    gone = Topic.objects.exclude(code__in=read["topics"]).order_by("-parent_id", "pk")
    _remove(change, sorted(gone, key=lambda topic: topic.parent_id is None))
    return change


def _labels(read):
    ids = dict(Topic.objects.values_list("code", "pk"))
    wanted = {
        (ids[code], language, text): values for (code, language, text), values in read["labels"].items()
    }
    return _sync(_("topic labels"), TopicLabel, ("topic_id", "language", "text"), wanted)


def _organisations(read):
    """Organisations of other origin stay: importers and staff add their own."""
    return _sync(_("organisations"), Organisation, ("folded_name",), read["organisations"], remove=False)


@transaction.atomic
def name_organisation(name, *, type=OrganisationType.OTHER, country=None):
    """The organisation of that name, acronym or alias; a new one where there is none yet."""
    known = queries.resolve_organisation(name)
    if known:
        return known
    name = " ".join(name.split())[:255]
    organisation, made = Organisation.objects.get_or_create(
        folded_name=fold(name)[:255],
        defaults={"name": name, "slug": _free_slug(name), "type": type, "country": country},
    )
    if made:
        queries.forget_organisations()
    return organisation


def _free_slug(name):
    """A slug nobody has; the second of a kind gets a number, one without letters a random word."""
    base = slugify(name, allow_unicode=True)[:90].strip("-") or get_random_string(8).lower()
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
