from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kit import maps
from kit.numbers import grouped
from resources import queries
from resources.models import Kind
from resources.queries import countries as by_country
from resources.queries.collections import published_collections
from resources.queries.front import newest_by_kind, upcoming_events
from vocabularies import queries as vocabularies

SHOWN_EVENTS = 4
SHOWN_AREAS = 6
SHOWN_COLLECTIONS = 4


@require_safe
def home(request):
    language = get_language()
    counts = queries.counts_by_kind()
    regions = region_rows(language)
    tree = vocabularies.topic_tree(language)
    return render(
        request,
        "portal/home.html",
        {
            "hide_search": True,
            "scopes": [(kind, look.plural) for kind, look in queries.KIND_LOOKS.items() if counts.get(kind)],
            "figures": figures(counts),
            "columns": newest_by_kind(language),
            "events": upcoming_events(SHOWN_EVENTS),
            "collections": published_collections()[:SHOWN_COLLECTIONS],
            "regions": regions,
            "map": maps.regions(
                {code: (name, url) for code, name, url, *_numbers in regions},
                label=_("World map with links to the regions"),
            ),
            "countries_note": countries_note(counts),
            "areas": tree,
            "often": [(area["name"], area["slug"]) for area in tree[:SHOWN_AREAS]],
        },
    )


def figures(counts):
    """(number, what it counts) for what there is; a kind without a resource is not boasted of."""
    total = sum(counts.values())
    shown = [(total, _("resources"))]
    shown += [
        (counts.get(kind, 0), str(queries.KIND_LOOKS[kind].plural).lower())
        for kind in (Kind.PUBLICATION, Kind.PROGRAMME, Kind.LAW, Kind.COUNTRY)
    ]
    return [(grouped(number), words) for number, words in shown if number]


def countries_note(counts):
    parts = [
        (counts.get(kind, 0), queries.KIND_LOOKS[kind].plural)
        for kind in (Kind.COUNTRY, Kind.PROGRAMME, Kind.LAW)
    ]
    return " · ".join(f"{grouped(number)} {str(words).lower()}" for number, words in parts if number)


def region_rows(language):
    """(code, name, address, countries, programmes, laws) of each World Bank region, most countries first."""
    numbers, known = by_country.country_numbers(), vocabularies.countries()
    found = []
    for code, region in vocabularies.regions("wb").items():
        members = [iso3 for iso3, country in known.items() if country.wb_region == code]
        there = [numbers[iso3] for iso3 in members if iso3 in numbers]
        programmes, laws = sum(one.programmes for one in there), sum(one.laws for one in there)
        url = f"{reverse('country_list')}?region={code}"
        found.append((code, region.name(language), url, len(members), programmes, laws))
    return sorted(found, key=lambda row: -row[3])
