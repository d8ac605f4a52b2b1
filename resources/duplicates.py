"""Recognising two records of the same thing: same DOI, same address, or same title and year."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resources.keys import normalise_doi, title_key, url_key
from resources.models import KIND_MODELS, Kind, Resource, ResourceIdentifier

# Kinds where every country has its own: a title and a year are the same thing only in the same country.
BY_COUNTRY = {Kind.PROGRAMME, Kind.LAW, Kind.COUNTRY}
SHORTEST_TITLE = 4  # words a title needs before a missing year may count as the same year
REASONS = {
    "doi": _("same DOI"),
    "address": _("same address"),
    "title": _("same title and year"),
    "given": _("named as a duplicate by the source"),
    "version": _("same work and language"),
}


@dataclass(slots=True)
class Keys:
    """What is compared of one record.

    `distinct` is a number that tells two equal titles apart (a report's), `measure` the type of benefit
    of an emergency measure: a programme and its emergency extension share a name but not a page.
    """

    kind: str
    title: str
    year: int | None = None
    url: str = ""
    dois: frozenset = frozenset()
    countries: frozenset = frozenset()
    distinct: str = ""
    measure: str = ""

    @property
    def lookups(self):
        """The keys to find candidates by."""
        found = [("doi", doi) for doi in self.dois]
        if self.url and "/" in self.url:
            found.append(("url", self.url))
        if self.title:
            found.append(("title", self.title))
        return found


def keys_of(resource):
    """The keys of a saved resource, read from the database."""
    detail = KIND_MODELS[resource.kind].objects.get(pk=resource.pk)
    return Keys(
        kind=resource.kind,
        title=resource.title_key,
        year=resource.year,
        url=resource.url_key,
        dois=frozenset(
            i.value for i in resource.identifiers.all() if i.scheme == ResourceIdentifier.Scheme.DOI
        ),
        countries=frozenset(c.pk for c in resource.countries.all()),
        distinct=getattr(detail, "number", ""),
        measure=measure_of(detail),
    )


def measure_of(detail):
    return f"emergency {detail.sub_type}" if getattr(detail, "is_emergency_measure", False) else ""


def why_same(a, b):
    """ "doi", "address" or "title" where two records are of the same thing, else ""."""
    if a.kind != b.kind or (a.distinct and b.distinct and a.distinct != b.distinct):
        return ""
    if a.dois & b.dois:
        return "doi"
    if a.kind in BY_COUNTRY and (a.countries != b.countries or a.measure != b.measure):
        return ""
    same_title = bool(a.title) and a.title == b.title and same_year(a, b)
    if a.dois and b.dois:
        return "title" if same_title and cut_short(a.dois, b.dois) else ""
    if a.url and a.url == b.url and "/" in a.url and alike(a.title, b.title):
        return "address"
    return "title" if same_title else ""


def cut_short(a, b):
    """One DOI begins with the other: text recognition lost its end."""
    return any(x.startswith(y) or y.startswith(x) for x in a for y in b)


def same_year(a, b):
    """Equal years; a programme's name in its country needs none, a long title may lack one."""
    if a.kind in (Kind.PROGRAMME, Kind.COUNTRY):
        return True
    if a.year and b.year:
        return a.year == b.year
    return len(a.title.split()) >= SHORTEST_TITLE


def alike(a, b):
    """One title begins with the other, or they share at least half of their words."""
    if a.startswith(b) or b.startswith(a):
        return True
    words_a, words_b = set(a.split()), set(b.split())
    return len(words_a & words_b) * 2 >= max(len(words_a), len(words_b))


def candidates(kind, lookups):
    """Resources of a kind that share a DOI, an address or a title key with any of the lookups."""
    values = {"doi": set(), "url": set(), "title": set()}
    for name, value in lookups:
        values[name].add(value)
    matches = Q(title_key__in=values["title"]) | Q(url_key__in=values["url"])
    if values["doi"]:
        # Read first: as a subquery beside the two ORs it would have every row of the library looked at.
        same = ResourceIdentifier.objects.filter(
            scheme=ResourceIdentifier.Scheme.DOI, value__in=values["doi"]
        )
        matches |= Q(pk__in=list(same.values_list("resource", flat=True)))
    return Resource.objects.filter(matches, kind=kind)


def find_duplicates(*, kind, title="", url="", doi="", year=None, countries=()):
    """(resource, reason) pairs a new record would repeat; for forms and imports."""
    wanted = Keys(
        kind=kind,
        title=title_key(title),
        year=year,
        url=url_key(url),
        dois=frozenset(filter(None, [normalise_doi(doi)])),
        countries=frozenset(countries),
    )
    found = candidates(kind, wanted.lookups).prefetch_related("identifiers", "countries")
    pairs = ((resource, why_same(wanted, keys_of(resource))) for resource in found)
    return [(resource, reason) for resource, reason in pairs if reason]
