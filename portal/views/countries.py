"""The countries: all of them by one measure, and the profile of each."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kit.csvs import csv_file
from kit.markdown import to_html
from kit.text import one_line
from portal import country_comparison as comparison
from portal import country_index, country_page
from resources import queries
from resources.models import Kind
from resources.queries import countries as library
from resources.queries import facts
from vocabularies import queries as vocabularies
from vocabularies.models import IncomeGroup


@require_safe
def country_list(request):
    language = get_language()
    typed = one_line(request.GET.get("q", ""), country_index.NAME_LIMIT)[0]
    if typed and (iso3 := vocabularies.resolve_country(typed)):
        return redirect("country", iso3=iso3.lower())
    asked = country_index.read(request.GET)
    everywhere = country_index.all_rows(asked.show, language)
    rows = country_index.chosen(everywhere, asked)
    scale = country_index.scale_of(everywhere, asked.show)
    is_filtered = bool(asked.region or asked.income)
    context = {
        "typed": typed,
        "suggestions": country_index.suggestions(typed, language),
        "asked": asked,
        "measure": country_index.MEASURES[asked.show],
        "measures": [(code, one.label) for code, one in country_index.MEASURES.items()],
        "regions": region_choices(language),
        "incomes": IncomeGroup.choices,
        "total": len(everywhere),
        "shown": len(rows),
        "is_filtered": is_filtered,
        "finding": country_index.finding(rows, asked.show),
        "legend": country_index.legend(rows, asked.show, scale),
        "map": country_index.draw(rows, scale)
        if is_filtered
        else country_index.whole_map(asked.show, language),
        "groups": country_index.grouped(rows, language) if asked.sort == "region" else [("", rows)],
        "orders": country_index.orders(asked),
        "clear_url": asked.address(region="", income=""),
    }
    return render(request, "portal/country_list.html", context)


def region_choices(language):
    regions = vocabularies.regions("wb")
    return [
        (code, regions[code].name(language))
        for code, _name in vocabularies.options("region", language)
        if code in regions
    ]


@require_safe
def country_numbers(request):
    """All measures of all countries as CSV."""
    numbers, regions = library.country_numbers(), vocabularies.regions("wb")
    rows = []
    for country in sorted(vocabularies.countries().values(), key=lambda one: one.iso3):
        one = numbers.get(country.iso3, library.Numbers())
        year, coverage = one.coverage or (None, None)
        region = regions[country.wb_region].name() if country.wb_region in regions else ""
        rows.append(
            [
                country.iso3,
                country.name(),
                region,
                country.income_group,
                one.resources,
                one.programmes,
                one.laws,
                coverage,
                year,
                one.treaties,
            ]
        )
    header = ["iso3", "country", "region", "income_group", "resources", "programmes", "laws"]
    header += ["coverage_percent_of_population", "coverage_year", "treaties_ratified"]
    return csv_file("countries.csv", header, rows)


def find_country(iso3):
    """The country of a code in either case; Http404 where there is none."""
    if iso3.upper() not in vocabularies.countries():
        raise Http404
    return country_page.country_of(iso3.upper())


@require_safe
def country(request, iso3):
    if len(iso3) != 3 or iso3 != iso3.lower():
        return redirect("country", iso3=code_of(iso3).lower(), permanent=True)
    here, language = find_country(iso3), get_language()
    counts, profile = library.counts_of(here.pk), library.profile_of(here.pk)
    return render(
        request,
        "portal/country.html",
        {
            "country": here,
            "trail": trail(here),
            "meta": country_page.meta(here, counts),
            "profile": profile,
            "profile_body": to_html(profile.body, top=3) if profile else "",
            "facts": country_page.facts_of(here.pk, language),
            "programmes": [(one, country_page.coverage(one)) for one in library.programmes_of(here.pk)],
            "laws": library.laws_of(here.pk),
            "rows": queries.rows(library.latest_of(here.pk, language), language),
            "counts": counts,
            "total": sum(counts.values()) - counts.get(Kind.COUNTRY, 0),
            "library": country_page.addresses(here),
        },
    )


def code_of(text):
    """The iso3 of an address written otherwise (/countries/MWI/, /countries/malawi/); Http404 for no country."""
    known = vocabularies.countries()
    if text.upper() in known:
        return text.upper()
    if iso3 := vocabularies.resolve_country(one_line(text.replace("-", " "), country_index.NAME_LIMIT)[0]):
        return iso3
    raise Http404


def trail(here):
    steps = [(_("Countries"), country_index.Asked().address())]
    if here.wb_region:
        steps.append((here.wb_region.name, country_index.Asked(region=here.wb_region_id).address()))
    return steps


@require_safe
def country_indicators(request, iso3):
    """Every figure of a country as CSV."""
    here = find_country(iso3)
    rows = [
        [
            here.iso3,
            here.name_en,
            one.indicator_id,
            one.indicator.name_en,
            one.year,
            one.value,
            *source_of(one.indicator),
        ]
        for one in facts.values_of(here)
    ]
    header = [
        "iso3",
        "country",
        "indicator",
        "indicator_name",
        "year",
        "value",
        "unit",
        "source",
        "source_url",
    ]
    return csv_file(f"{here.iso3.lower()}-indicators.csv", header, rows)


def source_of(indicator):
    return [indicator.unit, indicator.source, indicator.source_url]


@require_safe
def country_comparison(request):
    """Up to four countries side by side."""
    language = get_language()
    known, unknown = comparison.read(request.GET)
    codes = known[: comparison.MOST]
    countries = [vocabularies.countries()[code] for code in codes]
    names = [one.name(language) for one in countries]
    lines = comparison.lines_of(codes, language) if codes else []
    context = {
        "trail": [(_("Countries"), reverse("country_list"))],
        "columns": [
            (
                code,
                name,
                reverse("country", args=[code.lower()]),
                comparison.address([c for c in codes if c != code]),
            )
            for code, name in zip(codes, names, strict=True)
        ],
        "lines": [(line.question, line.unit, list(zip(names, line.cells, strict=True))) for line in lines],
        "sources": country_page.sources(facts.all_series()),
        "names": sorted(one.name(language) for one in vocabularies.countries().values()),
        "unknown": unknown,
        "is_cut": len(known) > comparison.MOST,
        "is_full": len(codes) == comparison.MOST,
        "most": comparison.MOST,
    }
    return render(request, "portal/country_comparison.html", context)
