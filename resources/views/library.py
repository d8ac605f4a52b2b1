from datetime import UTC, datetime, time
from html import unescape
from math import ceil
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kit.budget import address_of, spend
from kit.context import member_of
from kit.numbers import grouped
from kit.text import one_line
from resources import queries
from resources.citations.files import FORMAT_NAMES
from resources.forms import FACETS, PER_PAGE, SORTS, TEXT_LIMIT, read_search
from resources.models import Kind
from resources.queries.collections import published_collections
from resources.queries.kinds import COLLECTION
from resources.queries.published import still_published
from search.find import find, suggest
from search.results import SearchUnavailable
from vocabularies.models import Topic

FREE_FILTERS = 3
FEED_LENGTH = 50
SHOWN_YEARS = 8
SHOWN_COLLECTIONS = 2
MODELS = ("resources.resource",)


@require_safe
def library(request):
    search, language = read_search(request.GET), get_language()
    if seconds := over_budget(request, search):
        return too_many(request, search, seconds)
    results, is_available = run(search, language, facets=(*FACETS, "year"))
    pages = max(1, ceil(results.total / PER_PAGE))
    is_too_far = search.page > pages
    context = {
        "search": search,
        "results": results,
        "is_available": is_available,
        "rows": [] if is_too_far else queries.rows(results.hits, language),
        "pages": pages,
        "is_too_far": is_too_far,
        "last_url": search.address(page=pages),
        "facets": queries.facet_panel(search, results.facets, language),
        "years": years(search, results),
        "total_shown": grouped(results.total),
        "suggestion_url": search.address(drop=[("q", search.text)], add=[("q", results.suggestion)]),
        "filters": queries.active_filters(search, language),
        "clear_url": search.without(*FACETS, "year"),
        "orders": orders(search),
        "exports": exports(search),
        "api_url": settings.SITE_URL + search.address(view="api_search"),
        "feed_url": search.address(drop=[("sort", search.sort)], view="library_feed"),
        "save_url": search.address(view="saved_search_new"),
        "list_url": search.address(),
        "text_limit": TEXT_LIMIT,
        "collections": [] if search.pairs or search.page > 1 else published_collections()[:SHOWN_COLLECTIONS],
        "hide_search": True,
    }
    if not results.total:
        context |= queries.ways_on(search.text, language)
    return render(request, "resources/library.html", context, status=404 if is_too_far else 200)


def run(search, language, *, facets=(), per_page=PER_PAGE):
    """(results, whether they come from the search index): the database stands in where the index is away."""
    try:
        return (
            find(
                search.text,
                filters=search.filters,
                facets=facets,
                sort=search.order,
                page=search.page,
                per_page=per_page,
                language=language,
                models=MODELS,
            ),
            True,
        )
    except SearchUnavailable:
        return queries.browse(search.filters, page=search.page, per_page=per_page), False


def over_budget(request, search):
    """Seconds an anonymous visitor has to wait before another search with many filters; mostly 0."""
    if search.weight <= FREE_FILTERS or member_of(request):
        return 0
    alone = spend("many-filters", address_of(request), settings.FACET_BUDGET)
    return alone or spend("many-filters", "all", settings.FACET_BUDGET_FOR_ALL)


def too_many(request, search, seconds):
    answer = render(
        request,
        "errors/429.html",
        {"seconds": seconds, "fewer_url": search.without(*FACETS, "year")},
        status=429,
    )
    answer["Retry-After"] = str(seconds)
    return answer


def years(search, results):
    """(year, address, count) of the latest years that have results."""
    counted = queries.years_with_counts(results.facets.get("year", []))[:SHOWN_YEARS]
    others = [pair for pair in search.pairs if pair[0] == "year"]
    return [
        (year, search.address(drop=others, add=[("year", year)]), grouped(count)) for year, count in counted
    ]


def exports(search):
    """(words, address) of each file this search can be taken away as."""
    query = urlencode(search.pairs)
    return [
        (words, f"{reverse('library_export', args=[form])}{'?' + query if query else ''}")
        for form, words in FORMAT_NAMES.items()
    ]


def orders(search):
    """(value, words, chosen) of each order. The usual one has no value, so that it changes with what is typed next."""
    names = {
        "best": _("Best match"),
        "newest": _("Newest first"),
        "oldest": _("Oldest first"),
        "title": _("Title A–Z"),
    }
    usual = "best" if search.text else "newest"
    return [
        ("" if value == usual else value, names[value], value == search.order)
        for value in SORTS
        if search.text or value != "best"
    ]


@require_safe
def library_feed(request):
    """Any search as an Atom feed, newest first."""
    search, language = read_search(request.GET), get_language()
    if seconds := over_budget(request, search):
        return too_many(request, search, seconds)
    search.sort, search.page = "newest", 1
    results, _is_available = run(search, language, per_page=FEED_LENGTH)
    filters = ", ".join(words for words, _url in queries.active_filters(search, language))
    about = " · ".join(filter(None, [_("Library"), search.text, filters]))
    feed = Atom1Feed(
        title=f"{about} – {settings.SITE_NAME}",
        link=settings.SITE_URL + search.address(drop=[("sort", "newest")]),
        feed_url=settings.SITE_URL + request.get_full_path(),
        description="",
        language=language,
        # An entry without an author of its own needs one of the feed (RFC 4287, 4.1.1).
        author_name=settings.SITE_NAME,
    )
    for row, day in queries.rows_with_days(results.hits, language):
        feed.add_item(
            title=unescape(strip_tags(row.title)),
            link=settings.SITE_URL + row.url,
            description=unescape(strip_tags(row.text)),
            author_name=row.by or None,
            categories=[row.type],
            pubdate=datetime.combine(day, time.min, UTC),
            updateddate=datetime.combine(day, time.min, UTC),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=Atom1Feed.content_type)


@require_safe
@cache_control(public=True, max_age=300)
def library_suggestions(request):
    """What the typed beginning may become, as JSON; an empty list while the index is away."""
    typed, _was_cut = one_line(request.GET.get("q", ""), 100)
    try:
        found = still_published(suggest(typed, language=get_language(), limit=8)) if typed else []
    except SearchUnavailable:
        found = []
    return JsonResponse(
        {
            "suggestions": [
                {"text": s.text, "kind": s.kind, "label": kind_in_words(s.kind), "url": localised(s.url)}
                for s in found
            ]
        },
        json_dumps_params={"ensure_ascii": False},
    )


def kind_in_words(kind):
    """What a suggestion is: a kind of resource, a curated page, a topic, or nothing that needs saying."""
    if kind in Kind.values:
        return str(Kind(kind).label)
    if kind == COLLECTION:
        return _("Key readings")
    return str(Topic._meta.verbose_name).capitalize() if kind == "topic" else ""


def localised(url):
    """The index keeps addresses without a language; the reader stays in theirs."""
    language = get_language()
    is_bare = url.startswith("/") and not url.startswith(f"/{language}/")
    return f"/{language}{url}" if is_bare and language != settings.LANGUAGE_CODE else url
