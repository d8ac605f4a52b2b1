from dataclasses import dataclass
from math import ceil

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kit.context import member_of
from kit.numbers import grouped
from members import queries
from members.forms import FACETS, read_directory
from members.models import Sector
from members.search_indexes import AUDIENCES
from search.find import find
from search.results import SearchUnavailable
from vocabularies.queries import labels

PER_PAGE = 20
SHOWN = 10


@dataclass(slots=True)
class Option:
    value: str
    label: str
    count_shown: str
    is_chosen: bool


@dataclass(slots=True)
class Facet:
    name: str
    title: str
    options: list
    is_open: bool
    more_url: str = ""
    typed_label: str = ""


@require_safe
@cache_control(private=True, no_cache=True)
def directory(request):
    """Members who agreed to be found, by words and by facets; each part of a profile only for those it is shown to."""
    search, language = read_directory(request.GET), get_language() or "en"
    # Asked of the session only where there is one, like every page that visitors may see.
    visitor = member_of(request) or AnonymousUser()
    viewer = queries.audience_of(visitor)
    results, is_available = run(search, language, viewer, visitor)
    pages = max(1, ceil(results.total / PER_PAGE))
    is_too_far = search.page > pages
    context = {
        "search": search,
        "people": []
        if is_too_far
        else queries.people([int(hit.pk) for hit in results.hits], visitor=visitor),
        "total": results.total,
        "total_shown": grouped(results.total),
        "facets": facets(search, results.facets, language),
        "filters": active_filters(search, language),
        "pages": pages,
        "is_too_far": is_too_far,
        "list_url": search.address(),
        "last_url": search.address(page=pages),
        "is_available": is_available,
        "is_member": visitor.is_authenticated,
    }
    return render(request, "members/directory.html", context, status=404 if is_too_far else 200)


def run(search, language, viewer, visitor):
    """(results, whether they come from the index): where it is away, everybody whom the visitor may see, by name."""
    model = "members.profile" if viewer == "members" else "members.publicprofile"
    try:
        return (
            find(
                search.text,
                filters={name: list(codes) for name, codes in search.chosen.items()},
                facets=FACETS,
                sort="best" if search.text else "title",
                page=search.page,
                per_page=PER_PAGE,
                language=language,
                models=(model,),
                audience=(AUDIENCES[viewer],),
                highlight=False,
            ),
            True,
        )
    except SearchUnavailable:
        return queries.browse(visitor, page=search.page, per_page=PER_PAGE), False


def titles():
    return {
        "kind": _("Kind of work"),
        "country": _("Country they work in or know"),
        "topic": _("Topic"),
        "language": _("Language"),
        "organisation": _("Organisation"),
    }


def words_of(name, values, language):
    if name == "kind":
        return {value: str(Sector(value).label) for value in values if value in Sector.values}
    return labels(name, values, language)


def facets(search, counted, language):
    """The facets with something to choose, chosen values first, then the most frequent."""
    shown = []
    for name, title in titles().items():
        pairs, chosen = dict(counted.get(name, [])), search.chosen.get(name, ())
        values = [*chosen, *[value for value in list(pairs)[:SHOWN] if value not in chosen]]
        words = words_of(name, values, language)
        options = [
            Option(value, words[value], grouped(pairs.get(value, 0)), value in chosen)
            for value in values
            if value in words
        ]
        if options:
            shown.append(
                Facet(name, title, options, is_open=bool(chosen) or name in ("kind", "country", "topic"))
            )
    return shown


def active_filters(search, language):
    """(words, address without it) of each filter."""
    return [
        (words, search.address(drop=[(name, value)]))
        for name, values in search.chosen.items()
        for value, words in words_of(name, values, language).items()
    ]
