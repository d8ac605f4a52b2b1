"""What the library has on a topic, read from the database: for topic pages while the search index is away."""

from django.db.models import Count
from django.db.models.functions import Coalesce

from kit.remember import remembered
from resources.models import Resource, ResourceTopic, Status
from search.results import Results


@remembered(seconds=60)
def counts_by_topic():
    """Published works by the slug of a topic, an area with the works of its topics; at most a minute old."""
    links = ResourceTopic.objects.filter(resource__status=Status.PUBLISHED)
    works = Count("resource__work", distinct=True)
    areas = (
        links.annotate(area=Coalesce("topic__parent__slug", "topic__slug"))
        .values_list("area")
        .annotate(works)
    )
    topics = links.filter(topic__parent__isnull=False).values_list("topic__slug").annotate(works)
    return dict(areas.union(topics, all=True))


def browse_topics(slugs, *, limit, kinds=()):
    """Results in the shape of a search for resources of any of these topics, of any of these kinds, newest first."""
    found = Resource.objects.published().filter(
        pk__in=ResourceTopic.objects.filter(topic__slug__in=slugs).values("resource")
    )
    if kinds:
        found = found.filter(kind__in=kinds)
    counts = found.order_by().values_list("kind").annotate(Count("work", distinct=True))
    countries = (
        found.order_by()
        .filter(countries__isnull=False)
        .values_list("countries")
        .annotate(works=Count("work", distinct=True))
        .order_by("-works", "countries")
    )
    by_kind = sorted(counts, key=lambda pair: -pair[1])
    return Results(
        hits=list(found.newest_first().only("pk")[:limit]),
        total=sum(count for _kind, count in by_kind),
        facets={"kind": by_kind, "country": list(countries)},
    )
