"""Figures and ratifications of countries. What many pages need of them is remembered."""

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import fmean
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kit.remember import remembered
from resources.models import Indicator, IndicatorValue, TreatyRatification
from vocabularies.models import Country

MINUTES = 5 * 60
COVERAGE = "sp_coverage_share"
# An average of fewer countries says more about who reported than about the group.
FEWEST_COUNTRIES = 3
# Surveys are years apart: a country counts with its latest figure as long as that is younger than this.
YEARS_A_FIGURE_STANDS = 5
GROUP_AVERAGES = {
    "LIC": _("Low-income average"),
    "LMC": _("Lower-middle-income average"),
    "UMC": _("Upper-middle-income average"),
    "HIC": _("High-income average"),
}
UNITS = {
    # xgettext:no-python-format
    "% of population": _("% of population"),
    # xgettext:no-python-format
    "% of GDP": _("% of GDP"),
    "%": _("%"),
    "index": _("index, 0 to 100"),
    "2017 int. $ per day": _("2017 international $ a day"),
}
TREATY_NAMES = {
    "ICESCR": _("International Covenant on Economic, Social and Cultural Rights"),
    "CRC": _("Convention on the Rights of the Child"),
    "CEDAW": _("Convention on the Elimination of All Forms of Discrimination against Women"),
    "CRPD": _("Convention on the Rights of Persons with Disabilities"),
    "ICMW": _("Convention on the Protection of the Rights of All Migrant Workers"),
}


class Average(NamedTuple):
    """The unweighted mean of an income group."""

    value: float
    countries: int


@dataclass
class Series:
    """An indicator with what all countries together say: its span, the latest figures, the groups' averages."""

    indicator: Indicator
    first_year: int
    last_year: int
    latest: dict = field(default_factory=dict)  # iso3 → (year, value)
    by_year: dict = field(default_factory=dict)  # income group → [(year, mean)]
    averages: dict = field(default_factory=dict)  # income group → Average of the latest figures


@dataclass
class Figure:
    """An indicator in one country; no points means that our sources have no figure."""

    series: Series
    points: list
    group: str

    @property
    def indicator(self):
        return self.series.indicator

    @property
    def unit(self):
        return UNITS.get(self.indicator.unit, self.indicator.unit)

    @property
    def latest(self):
        return self.points[-1] if self.points else None

    @property
    def average(self):
        """The average of the country's income group, or None where there is none worth showing."""
        return self.series.averages.get(self.group)

    @property
    def comparison(self):
        """The group's average in the years the country's own figures span."""
        first, last = self.points[0][0], self.points[-1][0]
        return [
            (year, value) for year, value in self.series.by_year.get(self.group, ()) if first <= year <= last
        ]


class Ratification(NamedTuple):
    code: str
    name: str
    state: str  # party, signatory, none, or "" where our source does not list the country
    year: int | None


@remembered(seconds=MINUTES)
def all_series():
    """Every indicator that has figures, in the order of pages."""
    groups = dict(Country.objects.exclude(income_group="").values_list("iso3", "income_group"))
    values = defaultdict(lambda: defaultdict(list))
    rows = IndicatorValue.objects.order_by("year").values_list("indicator_id", "country_id", "year", "value")
    for code, iso3, year, value in rows.iterator(chunk_size=5000):
        values[code][iso3].append((year, value))
    return [
        series_of(indicator, values[indicator.code], groups)
        for indicator in Indicator.objects.all()
        if indicator.code in values
    ]


def series_of(indicator, values, groups):
    """`values`: {iso3: [(year, value)] by year}; `groups`: {iso3: income group}."""
    years = [year for points in values.values() for year, _value in points]
    members = defaultdict(list)
    for iso3, points in values.items():
        members[groups.get(iso3)].append(points)
    members.pop(None, None)
    enough = {group: lists for group, lists in members.items() if len(lists) >= FEWEST_COUNTRIES}
    return Series(
        indicator=indicator,
        first_year=min(years),
        last_year=max(years),
        latest={iso3: points[-1] for iso3, points in values.items()},
        by_year={group: yearly_means(lists) for group, lists in enough.items()},
        averages={
            group: Average(fmean(points[-1][1] for points in lists), len(lists))
            for group, lists in enough.items()
        },
    )


def yearly_means(lists):
    """[(year, mean)] over countries, each with its latest figure that still stands; years of too few are left out."""
    last = max(points[-1][0] for points in lists)
    standing = defaultdict(list)
    for points in lists:
        following = [year for year, _value in points[1:]] + [last + 1]
        for (year, value), until in zip(points, following, strict=True):
            for stands_in in range(year, min(year + YEARS_A_FIGURE_STANDS, until)):
                standing[stands_in].append(value)
    return [
        (year, fmean(values)) for year, values in sorted(standing.items()) if len(values) >= FEWEST_COUNTRIES
    ]


def figures_of(country):
    """A Figure for every indicator there is, also for those without a figure of this country."""
    points = defaultdict(list)
    rows = IndicatorValue.objects.filter(country=country).order_by("year")
    for code, year, value in rows.values_list("indicator_id", "year", "value"):
        points[code].append((year, value))
    return [
        Figure(series, points.get(series.indicator.code, []), country.income_group) for series in all_series()
    ]


def values_of(country):
    """All figures of a country with their indicators, for its data file."""
    return (
        IndicatorValue.objects.filter(country=country)
        .select_related("indicator")
        .order_by("indicator__position", "indicator", "year")
    )


@remembered(seconds=MINUTES)
def treaties():
    """{code: name in English} of the treaties our source covers."""
    return dict(
        TreatyRatification.objects.order_by("treaty_code").values_list("treaty_code", "treaty").distinct()
    )


def ratifications_of(country):
    """The state of each treaty for one country, those our source is silent about included."""
    known = {
        code: (state, year)
        for code, state, year in TreatyRatification.objects.filter(country=country).values_list(
            "treaty_code", "state", "year"
        )
    }
    order = [*TREATY_NAMES, *sorted(treaties().keys() - TREATY_NAMES.keys())]
    return [
        Ratification(code, TREATY_NAMES.get(code) or treaties()[code], *known.get(code, ("", None)))
        for code in order
        if code in treaties()
    ]
