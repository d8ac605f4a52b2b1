"""Published resources by the thousand, for machines that read them all."""

from urllib.parse import unquote

from django.db.models import F, Max

from resources.models import Collection, Kind, Resource
from resources.queries.kinds import COLLECTION


def chapters(size):
    """(number, last change) of each run of `size` keys that holds something listed.

    Runs of keys, not of rows: a chapter's members never move to another one, and none costs an offset.
    """
    return list(
        Resource.objects.listed()
        .order_by()
        .annotate(chapter=F("pk") / size)
        .values_list("chapter")
        .annotate(Max("updated_at"))
        .order_by("chapter")
    )


def addresses_of(chapter, size):
    """(kind, slug, last change) of the published resources of one chapter; country profiles stand at their country's page."""
    return list(
        Resource.objects.listed()
        .exclude(kind=Kind.COUNTRY)
        .filter(pk__gte=chapter * size, pk__lt=(chapter + 1) * size)
        .order_by("pk")
        .values_list("kind", "slug", "updated_at")
    )


def still_published(suggestions):
    """The suggestions without those that lead to what is not published any more: the index may lag."""
    slugs = {
        suggestion.url: unquote(suggestion.url).rstrip("/").rpartition("/")[2]
        for suggestion in suggestions
        if suggestion.kind in (*Kind.values, COLLECTION)
    }
    standing, pages = set(), [slugs[one.url] for one in suggestions if one.kind == COLLECTION]
    if len(pages) < len(slugs):
        shown = Resource.objects.published().filter(slug__in=slugs.values())
        standing |= set(shown.values_list("kind", "slug"))
    if pages:
        shown = Collection.objects.published().filter(slug__in=pages)
        standing |= {(COLLECTION, slug) for slug in shown.values_list("slug", flat=True)}
    return [
        s
        for s in suggestions
        if s.url not in slugs or not s.url or s.kind == Kind.COUNTRY or (s.kind, slugs[s.url]) in standing
    ]
