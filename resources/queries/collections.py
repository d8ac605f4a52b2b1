"""What curated pages show."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.db.models import Count, Q

from kit.remember import remembered
from resources.models import Collection, CollectionItem, Resource, Status
from resources.queries.rows import Row, rows
from search.find import find
from search.results import SearchUnavailable

FRONT_SECONDS = 60
CANDIDATES = 10
MODELS = ("resources.resource",)


@dataclass(slots=True)
class Entry:
    """A published resource of a curated page and the word on it."""

    row: Row
    comment: str
    added_at: datetime


def entries(collection, language):
    """The published resources of a collection in their order; two queries for a page of any length."""
    items = list(collection.items.values_list("resource_id", "comment", "added_at"))
    shown = {row.pk: row for row in rows([Resource(pk=pk) for pk, _comment, _at in items], language)}
    return [Entry(shown[pk], comment, at) for pk, comment, at in items if pk in shown]


def with_sizes(collections):
    """Collections with `size`, the number of resources a reader sees."""
    published = Count("items", filter=Q(items__resource__status=Status.PUBLISHED))
    return collections.annotate(size=published)


@remembered(seconds=FRONT_SECONDS)
def published_collections():
    """The published collections, the newest first, with their sizes."""
    return list(with_sizes(Collection.objects.published()))


def items_to_edit(collection):
    """Every entry with its resource, also of what is not published."""
    return list(
        CollectionItem.objects.filter(collection=collection)
        .select_related("resource")
        .only(
            *("collection_id", "position", "comment", "added_at"),
            *(f"resource__{name}" for name in ("kind", "slug", "title", "status", "language_id")),
        )
    )


def candidates(text, language):
    """(rows, did the search engine answer) of resources that may be added: by their address, or by words."""
    if found := by_address(text):
        return rows([found], language), True
    try:
        hits, is_available = find(text, per_page=CANDIDATES, language=language, models=MODELS).hits, True
    except SearchUnavailable:
        hits = Resource.objects.published().filter(title__icontains=text).newest_first()[:CANDIDATES]
        is_available = False
    return rows(hits, language), is_available


def by_address(text):
    """The resource whose page stands at this address of the site, or None."""
    try:
        parts = unquote(urlsplit(text).path).strip("/").split("/")
    except ValueError:
        return None
    if len(parts) < 3 or parts[-3] != "library":
        return None
    return Resource.objects.published().filter(kind=parts[-2], slug=parts[-1]).only("pk").first()
