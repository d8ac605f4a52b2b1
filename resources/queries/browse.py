"""The library read from the database alone: for the home page, and while the search index is away."""

from django.db.models import Count

from kit.remember import remembered
from resources.models import Resource
from resources.queries.rows import rows
from search.results import Results
from vocabularies.queries import countries_of, topic

LOOKUPS = {
    "kind": "kind",
    "language": "language",
    "country": "countries",
    "income": "countries__income_group",
    "organisation": "organisations__slug",
}


@remembered(seconds=60)
def counts_by_kind():
    """How many published resources there are of each kind; at most a minute old."""
    return kinds_of(Resource.objects.listed())


def kinds_of(found):
    return dict(found.order_by().values_list("kind").annotate(Count("pk")))


def published_total():
    return sum(counts_by_kind().values())


def newest(kind, limit, language=None):
    """Rows of the newest published resources of a kind."""
    return rows(Resource.objects.listed().filter(kind=kind).newest_first().only("pk")[:limit], language)


def browse(filters, *, page=1, per_page=20):
    """Results in the shape of a search, newest first: every filter holds, only words are not looked for."""
    kinds = filters.get("kind")
    others = {name: values for name, values in filters.items() if name != "kind"}
    found = Resource.objects.listed()
    for name, values in others.items():
        found = narrowed(found, name, values)
    counts = kinds_of(found) if others else counts_by_kind()
    if kinds:
        found = found.filter(kind__in=kinds)
    start = (page - 1) * per_page
    return Results(
        hits=list(found.newest_first().only("pk")[start : start + per_page]),
        total=sum(counts.get(kind, 0) for kind in kinds or counts),
        facets={"kind": sorted(counts.items(), key=lambda pair: -pair[1])},
    )


def narrowed(found, name, values):
    if name == "year":
        return (
            found.filter(year__range=values) if isinstance(values, tuple) else found.filter(year__in=values)
        )
    lookup, wanted = lookup_of(name, values)
    return found.filter(pk__in=Resource.objects.filter(**{f"{lookup}__in": wanted}).order_by().values("pk"))


def lookup_of(name, values):
    """The column a filter looks at and the values it wants there: an area means its topics, a region its countries."""
    if name == "topic":
        return "topics__slug", {slug for value in values for slug in topic(value).slugs}
    if name == "region":
        return "countries", {iso3 for value in values for iso3 in countries_of(value)}
    return LOOKUPS[name], values
