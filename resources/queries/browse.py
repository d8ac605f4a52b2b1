"""The library read from the database alone: for the home page, and while the search index is away."""

from django.db.models import Count

from kit.remember import remembered
from resources.models import Resource
from resources.queries.rows import rows
from search.results import Results


@remembered(seconds=60)
def counts_by_kind():
    """How many published resources there are of each kind; at most a minute old."""
    return dict(Resource.objects.published().order_by().values_list("kind").annotate(Count("pk")))


def published_total():
    return sum(counts_by_kind().values())


def newest(kind, limit, language=None):
    """Rows of the newest published resources of a kind."""
    return rows(Resource.objects.published().filter(kind=kind).newest_first().only("pk")[:limit], language)


def browse(filters, *, page=1, per_page=20):
    """Results in the shape of a search, newest first: kinds, countries, languages and years filter, words do not."""
    found = Resource.objects.published().newest_first()
    if kinds := filters.get("kind"):
        found = found.filter(kind__in=kinds)
    if languages := filters.get("language"):
        found = found.filter(language__in=languages)
    if countries := filters.get("country"):
        found = found.filter(countries__in=countries).distinct()
    if years := filters.get("year"):
        found = found.filter(year__range=years) if isinstance(years, tuple) else found.filter(year__in=years)
    counts = counts_by_kind()
    only_kinds = not set(filters) - {"kind"}
    total = sum(counts.get(kind, 0) for kind in kinds or counts) if only_kinds else found.order_by().count()
    start = (page - 1) * per_page
    return Results(
        hits=list(found.only("pk")[start : start + per_page]),
        total=total,
        facets={"kind": sorted(counts.items(), key=lambda pair: -pair[1])},
    )
