"""Up to four countries side by side: every indicator with its year, what the library holds, the treaties."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from kit.charts import figure
from kit.text import one_line
from resources.queries import countries as library
from resources.queries import facts
from vocabularies import queries as vocabularies

MOST = 4
NAME_LIMIT = 100


class Cell(NamedTuple):
    """One country's answer; `note` is its year. No value: our sources have none."""

    value: str = ""
    note: str = ""


class Line(NamedTuple):
    question: str
    unit: str
    cells: list


def read(params):
    """(iso3 of the known countries, what was not understood), each once, at most four."""
    known, unknown = [], []
    for typed in [*params.getlist("country"), params.get("q", "")][:20]:
        words = one_line(typed, NAME_LIMIT)[0]
        if not words:
            continue
        iso3 = (
            words.upper()
            if words.upper() in vocabularies.countries()
            else vocabularies.resolve_country(words)
        )
        if iso3 and iso3 not in known:
            known.append(iso3)
        elif not iso3:
            unknown.append(words)
    return known, unknown


def address(codes):
    return f"{reverse('country_comparison')}?{urlencode([('country', code.lower()) for code in codes])}"


def lines_of(codes, language):
    """The lines of a comparison: an indicator stands in it when at least one of the countries has a figure."""
    countries = [vocabularies.countries()[code] for code in codes]
    lines = [
        Line(
            _("Income group"),
            "",
            [
                Cell(vocabularies.label("income", one.income_group, language) if one.income_group else "")
                for one in countries
            ],
        ),
        *indicator_lines(codes, language),
        *library_lines(codes),
        *treaty_lines(codes),
    ]
    return lines


def indicator_lines(codes, language):
    lines = []
    for series in facts.all_series():
        latest = [series.latest.get(code) for code in codes]
        if any(latest):
            unit = facts.UNITS.get(series.indicator.unit, series.indicator.unit)
            cells = [Cell(figure(known[1]), str(known[0])) if known else Cell() for known in latest]
            lines.append(Line(series.indicator.name_in(language), str(unit), cells))
    return lines


def library_lines(codes):
    numbers = library.country_numbers()
    found = [numbers.get(code, library.Numbers()) for code in codes]
    rows = [
        (_("Programme profiles"), [one.programmes for one in found]),
        (_("Laws and policies"), [one.laws for one in found]),
        (_("Resources in the library"), [one.resources for one in found]),
    ]
    return [
        Line(words, "", [Cell(number_format(count, force_grouping=True)) for count in counts])
        for words, counts in rows
    ]


def treaty_lines(codes):
    by_country = [{one.code: one for one in facts.ratifications_of(code)} for code in codes]
    states = {"party": _("Party"), "signatory": _("Signed, not ratified"), "none": _("No action")}
    lines = []
    for code in dict.fromkeys(treaty for known in by_country for treaty in known):
        found = [known.get(code) for known in by_country]
        cells = [
            Cell(states[one.state], str(one.year or "")) if one and one.state else Cell() for one in found
        ]
        lines.append(Line(str(next(one.name for one in found if one)), code, cells))
    return lines
