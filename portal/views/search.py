"""Search over everything that is indexed, grouped by kind."""

from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kit.numbers import grouped
from kit.text import one_line
from resources import queries
from resources.queries.collections import found_rows
from resources.queries.kinds import COLLECTION
from search.find import find
from search.results import Results, SearchUnavailable

TEXT_LIMIT = 400
LOOKED_AT = 60
SHOWN = 4


@require_safe
def search(request):
    text, was_cut = one_line(request.GET.get("q", ""), TEXT_LIMIT)
    kind = request.GET.get("kind", "")
    if kind in queries.KIND_LOOKS:
        return redirect(library_address(text, kind))
    language, is_available = get_language(), True
    try:
        results = find(text, facets=("kind",), per_page=LOOKED_AT, language=language) if text else Results()
    except SearchUnavailable:
        results, is_available = Results(), False
    context = {
        "text": text,
        "was_cut": was_cut,
        "text_limit": TEXT_LIMIT,
        "is_available": is_available,
        "results": results,
        "total_shown": grouped(results.total),
        "groups": groups(text, results, language),
        "library_url": library_address(text),
        "save_url": f"{reverse('saved_search_new')}?{urlencode({'q': text})}",
        "api_url": f"{settings.SITE_URL}{reverse('api_search')}?{urlencode({'q': text})}",
        "suggestion_url": f"{reverse('search')}?{urlencode({'q': results.suggestion})}",
        "hide_search": True,
    }
    if text and not results.total:
        context |= queries.ways_on(text, language)
    return render(request, "portal/search.html", context)


def groups(text, results, language):
    """(look, how many, the best rows, address of all) of each kind found, the kind with the best hit first."""
    counts = dict(results.facets.get("kind", ()))
    best = {}
    for row in found_rows(results.hits, language):
        shown = best.setdefault(row.kind, [])
        if len(shown) < SHOWN:
            shown.append(row)
    kinds = [*best, *[kind for kind in counts if kind not in best and kind in queries.KIND_LOOKS]]
    return [
        (
            queries.kind_look(kind),
            kind,
            grouped(counts.get(kind, len(best.get(kind, ())))),
            best.get(kind, []),
            reverse("collection_list") if kind == COLLECTION else library_address(text, kind),
        )
        for kind in kinds
    ]


def library_address(text, kind=""):
    pairs = [("q", text)] * bool(text) + [("kind", kind)] * bool(kind)
    return f"{reverse('library')}?{urlencode(pairs)}" if pairs else reverse("library")
