"""What curated pages show."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.db.models import Count, Q
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.markdown import to_words
from kit.remember import remembered
from resources.models import Collection, CollectionItem, Resource, Status
from resources.queries.kinds import COLLECTION, COLLECTION_LOOK
from resources.queries.rows import Row, date_in_brief, marked, rows, shorten
from search.find import find
from search.results import SearchUnavailable

FRONT_SECONDS = 60
CANDIDATES = 10
LEAST_ON_TOPIC, SHOWN_ON_TOPIC = 2, 3
RESOURCE_MODEL, COLLECTION_MODEL = "resources.resource", "resources.collection"
MODELS = (RESOURCE_MODEL,)


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


@remembered(seconds=FRONT_SECONDS)
def collections_on(slugs):
    """Published collections of which at least two resources are on one of these topics, the fullest first."""
    items = CollectionItem.objects.filter(
        collection__status=Collection.Status.PUBLISHED,
        resource__status=Status.PUBLISHED,
        resource__topic_links__topic__slug__in=slugs,
    )
    counted = items.values_list("collection").annotate(size=Count("resource", distinct=True))
    keys = [pk for pk, size in counted.order_by("-size", "collection") if size >= LEAST_ON_TOPIC]
    found = with_sizes(Collection.objects.published()).in_bulk(keys[:SHOWN_ON_TOPIC])
    return [found[pk] for pk in keys[:SHOWN_ON_TOPIC] if pk in found]


def found_rows(hits, language):
    """Rows of the resources and the curated pages a search found, in its order; what is not published is left out."""
    pages = [hit for hit in hits if hit.model == COLLECTION_MODEL]
    others = [hit for hit in hits if hit.model == RESOURCE_MODEL]
    found = {(RESOURCE_MODEL, str(row.pk)): row for row in rows(others, language)}
    found |= {(COLLECTION_MODEL, str(row.pk)): row for row in collection_rows(pages, language)}
    return [found[key] for hit in hits if (key := (hit.model, str(hit.pk))) in found]


def collection_rows(hits, language):
    """What a list of search results shows of curated pages."""
    if not hits:
        return []
    stored = with_sizes(Collection.objects.published()).in_bulk([int(hit.pk) for hit in hits])
    return [collection_row(stored[int(hit.pk)], hit, language) for hit in hits if int(hit.pk) in stored]


def collection_row(page, hit, language):
    title, title_language = page.in_language("title")
    intro, _intro_language = page.in_language("intro")
    size = ngettext("%(size)d resource", "%(size)d resources", page.size) % {"size": page.size}
    return Row(
        pk=page.pk,
        kind=COLLECTION,
        family=COLLECTION_LOOK.family,
        icon=COLLECTION_LOOK.icon,
        type=_("Key readings"),
        url=page.get_absolute_url(),
        title=marked(hit, "title") or escape(title),
        language=title_language,
        direction="rtl" if title_language == "ar" else "ltr",
        date=date_in_brief(page.published_at.date(), "day", language),
        by=page.curated_by,
        text=marked(hit, "snippet") or escape(shorten(to_words(intro))),
        facts=[size],
        versions=[],
        is_sample=page.is_sample,
    )


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
