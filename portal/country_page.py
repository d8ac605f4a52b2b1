"""A country's figures in words and charts."""

from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kit import charts
from kit.charts import Bar, Series, figure
from kit.remember import remembered
from resources.models import Kind
from resources.queries import facts
from resources.queries.facts import GROUP_AVERAGES
from vocabularies.models import Country

# How many indicators of each group stand as blocks; the others follow as lines of a table.
BLOCKS = {"coverage": 2, "spending": 3, "poverty": 2, "inequality": 1}
MILLION = 1_000_000
COVERAGE_UNITS = {
    # xgettext:no-python-format
    "% of population": gettext_lazy("% of population"),
    "people": gettext_lazy("people"),
    "households": gettext_lazy("households"),
    "people or households": gettext_lazy("people or households"),
    "firms": gettext_lazy("firms"),
}


class Block(NamedTuple):
    """A figure of merit with its chart; without a value it says that our sources have none."""

    label: str
    value: str = ""
    unit: str = ""
    note: str = ""
    chart: str = ""


class Line(NamedTuple):
    """A figure in the table of further figures."""

    label: str
    value: str
    unit: str
    year: int
    average: str


class Indicators(NamedTuple):
    """What the indicator section shows; `missing` are the names of indicators without a figure."""

    blocks: list
    lines: list
    missing: list
    sources: list
    first_year: int
    last_year: int
    average_name: str


class Facts(NamedTuple):
    """The sections that change only when data are loaded, as HTML."""

    indicators: str
    treaties: str


@remembered(seconds=facts.MINUTES)
def country_of(iso3):
    """The country with its region; raises Country.DoesNotExist."""
    return Country.objects.select_related("wb_region").get(pk=iso3)


@remembered(seconds=facts.MINUTES)
def facts_of(iso3, language):
    """The Facts of a country, remembered: charts are dearer than all else on its page."""
    country = country_of(iso3)
    known = indicators(country, facts.figures_of(country), language)
    states = facts.ratifications_of(country)
    return Facts(
        render_to_string("portal/_country_indicators.html", {"country": country, "indicators": known}),
        render_to_string("portal/_country_treaties.html", {"ratifications": states}),
    )


def indicators(country, figures, language):
    """The main indicators as blocks, the others as lines; None where no indicator has a figure of this country."""
    known = [one for one in figures if one.points]
    if not known:
        return None
    main = main_figures(figures)
    codes = {one.indicator.code for one in main}
    return Indicators(
        blocks=[block(country, one, language) for one in main],
        lines=[line(one, language) for one in known if one.indicator.code not in codes],
        missing=[
            one.indicator.name_in(language)
            for one in figures
            if not one.points and one.indicator.code not in codes
        ],
        sources=sources(known),
        first_year=min(one.points[0][0] for one in known),
        last_year=max(one.points[-1][0] for one in known),
        average_name=str(GROUP_AVERAGES.get(country.income_group, "")),
    )


def main_figures(figures):
    """The first known figures of each group; of a group without any its first indicator, to be shown as missing."""
    main = []
    for group, places in BLOCKS.items():
        members = [one for one in figures if one.indicator.group == group]
        main += [one for one in members if one.points][:places] or members[:1]
    return main


def sources(figures):
    """(name, address) of each source once."""
    return list(dict.fromkeys((one.indicator.source, one.indicator.source_url) for one in figures))


def block(country, one, language):
    if not one.points:
        return Block(one.indicator.name_in(language))
    year, value = one.latest
    comparison = comparison_of(one)
    change = change_of(one.points)
    average = ""
    if comparison:
        average = f"{GROUP_AVERAGES[one.group]} {figure(comparison[-1][1])}"
    return Block(
        label=one.indicator.name_in(language),
        value=figure(value),
        unit=str(one.unit),
        note=" · ".join(filter(None, [str(year), change, average])),
        chart=chart(country, one, comparison, change, average, language),
    )


def comparison_of(one):
    """The points to compare with: by year for a series, the mean of latest figures for a single figure."""
    if len(one.points) > 1:
        return one.comparison
    return [(one.points[0][0], one.average.value)] if one.average else []


def change_of(points):
    """up 4.1 since 2018; "" for a single figure."""
    if len(points) < 2:
        return ""
    (first_year, first), (_last_year, last) = points[0], points[-1]
    change = round(last - first, 2)
    words = {"amount": figure(abs(change)), "year": first_year}
    if change > 0:
        return _("up %(amount)s since %(year)s") % words
    if change < 0:
        return _("down %(amount)s since %(year)s") % words
    return _("unchanged since %(year)s") % words


def chart(country, one, comparison, change, average, language):
    """A line for a series, two bars for a single figure beside the average; nothing for a lone figure."""
    year, value = one.latest
    finding = _("%(indicator)s, %(country)s: %(value)s %(unit)s in %(year)s") % {
        "indicator": one.indicator.name_in(language),
        "country": country.name_in(language),
        "value": figure(value),
        "unit": one.unit,
        "year": year,
    }
    alt = ". ".join(filter(None, [", ".join(filter(None, [finding, change])), average]))
    if len(one.points) > 1:
        return charts.line(
            [
                Series(one.points, "main", figure(value)),
                Series(comparison, "mute", figure(comparison[-1][1]) if comparison else ""),
            ],
            alt=alt,
        )
    if not comparison or min(value, comparison[0][1]) < 0:
        return ""
    return charts.bars(
        [Bar(value, "main", figure(value)), Bar(comparison[0][1], "mute", figure(comparison[0][1]))], alt=alt
    )


def line(one, language):
    year, value = one.latest
    comparison = comparison_of(one)
    return Line(
        label=one.indicator.name_in(language),
        value=figure(value),
        unit=str(one.unit),
        year=year,
        average=figure(comparison[-1][1]) if comparison else "",
    )


def population(country):
    """21.7 million people (2024); "" where it is not known."""
    people = country.population
    if not people:
        return ""
    if people >= MILLION:
        words = _("%(number)s million people") % {"number": figure(round(people / MILLION, 1))}
    else:
        words = ngettext("%(number)s person", "%(number)s people", people) % {
            "number": number_format(people, force_grouping=True)
        }
    return f"{words} ({country.population_year})" if country.population_year else words


def meta(country, counts):
    """The line under the name: what the World Bank and the UN call it, how many live there, what we hold."""
    groups = [
        (country.income_group, country.get_income_group_display()),
        (country.is_ldc, _("Least developed country")),
        (country.is_lldc, _("Landlocked developing country")),
        (country.is_sids, _("Small island developing state")),
    ]
    programmes, laws = counts.get(Kind.PROGRAMME, 0), counts.get(Kind.LAW, 0)
    return [
        *(str(words) for applies, words in groups if applies),
        *filter(None, [population(country)]),
        ngettext("%(count)s programme", "%(count)s programmes", programmes) % {"count": programmes},
        ngettext("%(count)s law or policy", "%(count)s laws and policies", laws) % {"count": laws},
    ]


def coverage(programme):
    """306,000 households, 2015; "" where it is not known."""
    if programme.coverage is None:
        return ""
    unit = COVERAGE_UNITS.get(programme.unit, programme.unit)
    amount = figure(float(programme.coverage))
    words = f"{amount}{unit}" if str(unit).startswith("%") else f"{amount} {unit}"
    return f"{words}, {programme.year}" if programme.year else words


def addresses(country):
    """Where the library lists everything on a country, and its programmes and laws."""
    everything = f"{reverse('library')}?country={country.iso3}"
    return {"all": everything, "programmes": f"{everything}&kind=programme", "laws": f"{everything}&kind=law"}
