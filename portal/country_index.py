"""The countries of the world by one measure: a map and a table of the same numbers."""

from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kit import maps
from kit.charts import figure
from kit.maps import Place, Scale
from kit.remember import remembered
from kit.text import fold, one_line
from resources.queries.countries import Numbers, country_numbers
from vocabularies import queries as vocabularies
from vocabularies.models import IncomeGroup

SORTS = ("region", "name", "-name", "number", "-number")
NAME_LIMIT = 100
SUGGESTIONS = 6


class Measure(NamedTuple):
    """What the map can show: its name, what "none yet" means, its classes (None: by the quartiles) and a unit."""

    label: str
    none_yet: str
    scale: Scale | None = None
    percent: bool = False


MEASURES = {
    "resources": Measure(
        gettext_lazy("Resources in the library"),
        ngettext_lazy(
            "%(count)s country has no resource yet", "%(count)s countries have no resource yet", "count"
        ),
    ),
    "programmes": Measure(
        gettext_lazy("Programme profiles"),
        ngettext_lazy(
            "%(count)s country has no programme profile yet",
            "%(count)s countries have no programme profile yet",
            "count",
        ),
    ),
    "laws": Measure(
        gettext_lazy("Laws and policies"),
        ngettext_lazy(
            "%(count)s country has no law or policy here yet",
            "%(count)s countries have no law or policy here yet",
            "count",
        ),
    ),
    "coverage": Measure(
        gettext_lazy("People covered by social protection"),
        ngettext_lazy("%(count)s country covers nobody", "%(count)s countries cover nobody", "count"),
        Scale((10, 25, 50)),
        percent=True,
    ),
    "treaties": Measure(
        gettext_lazy("Human rights treaties ratified"),
        ngettext_lazy(
            "%(count)s country has ratified none of the five treaties",
            "%(count)s countries have ratified none of the five treaties",
            "count",
        ),
        Scale((3, 4, 5)),
    ),
}


@dataclass(slots=True, frozen=True)
class Row:
    """A country in the index. Its address is relative to the index: it stands there twice for each of 249 countries."""

    iso3: str
    m49: str
    name: str
    url: str
    region: str
    income: str
    number: float | None
    year: int | None
    shown: str


class Asked(NamedTuple):
    """What the visitor asked for, as far as it is known; `unknown` holds the words that are not."""

    show: str = "resources"
    region: str = ""
    income: str = ""
    sort: str = "region"
    unknown: tuple = ()

    def address(self, **changes):
        """The address of the page with some of it changed; what is as it is without asking is left out."""
        wanted = {name: getattr(self, name) for name in ("show", "region", "income", "sort")} | changes
        query = {
            name: value for name, value in wanted.items() if value and value != Asked._field_defaults[name]
        }
        return f"{reverse('country_list')}{'?' + urlencode(query) if query else ''}"


def read(parameters):
    """Asked, from the parameters of an address; nothing here can fail."""
    known = {
        "show": MEASURES,
        "region": {*vocabularies.regions("wb"), "none"},
        "income": {*IncomeGroup.values},
        "sort": SORTS,
    }
    values, unknown = {}, []
    for name, choices in known.items():
        value = parameters.get(name, "")
        if value in choices:
            values[name] = value
        elif value:
            unknown.append(one_line(value, NAME_LIMIT)[0])
    return Asked(**values, unknown=tuple(unknown))


@remembered(seconds=5 * 60)
def all_rows(show, language):
    """A Row for every country, in the order of names."""
    numbers = country_numbers()
    incomes = {value: str(label) for value, label in IncomeGroup.choices}
    rows = []
    for country in vocabularies.countries().values():
        number, year = value_of(numbers.get(country.iso3, Numbers()), show)
        rows.append(
            Row(
                iso3=country.iso3,
                m49=country.m49,
                name=country.name(language),
                url=f"{country.iso3.lower()}/",
                region=country.wb_region or "none",
                income=incomes.get(country.income_group) or _("Not classified"),
                number=number,
                year=year,
                shown=shown(number, year, show),
            )
        )
    return sorted(rows, key=lambda row: fold(row.name))


def value_of(numbers, show):
    """(number, year) of a measure; the number is None where no source has one."""
    if show == "coverage":
        return (numbers.coverage[1], numbers.coverage[0]) if numbers.coverage else (None, None)
    return getattr(numbers, show), None


def shown(number, year, show):
    """The number in words, for the table and the map."""
    if number is None:
        return _("No figure")
    if number == 0 and not MEASURES[show].percent:
        return _("None yet")
    if MEASURES[show].percent:
        return f"{figure(number)}%, {year}" if year else f"{figure(number)}%"
    return figure(number)


def chosen(rows, asked):
    """The rows of the region and the income group asked for, in the order asked for."""
    income = str(IncomeGroup(asked.income).label) if asked.income else ""
    found = [row for row in rows if asked.region in ("", row.region) and (not income or row.income == income)]
    if asked.sort == "-name":
        found.reverse()
    elif asked.sort in ("number", "-number"):
        sign = -1 if asked.sort == "-number" else 1
        # Those without a figure come last in both directions.
        found.sort(key=lambda row: (row.number is None, sign * (row.number or 0)))
    return found


def grouped(rows, language):
    """(region, rows) in the order of the regions' names; countries without a region come last."""
    regions = vocabularies.regions("wb")
    names = sorted(
        ((fold(region.name(language)), code, region.name(language)) for code, region in regions.items())
    )
    groups = [(name, [row for row in rows if row.region == code]) for _key, code, name in names]
    groups.append((_("Not classified by the World Bank"), [row for row in rows if row.region == "none"]))
    return [(name, members) for name, members in groups if members]


def orders(asked):
    """(label, address, direction of the present order) of each way to sort; the present one turns round."""
    ways = []
    for name, label, first in (
        ("region", _("Region"), "region"),
        ("name", _("Name"), "name"),
        ("number", MEASURES[asked.show].label, "-number"),
    ):
        present = asked.sort.removeprefix("-") == name
        opposite = name if asked.sort.startswith("-") else f"-{name}"
        direction = "down" if asked.sort.startswith("-") else "up"
        if name == "region":
            ways.append((label, asked.address(sort="region"), "true" if present else ""))
        else:
            ways.append(
                (label, asked.address(sort=opposite if present else first), direction if present else "")
            )
    return ways


def scale_of(rows, show):
    return MEASURES[show].scale or maps.scale_for([row.number for row in rows])


def label(row):
    return row.name if row.number is None else f"{row.name}: {row.shown}"


def draw(rows, scale):
    return maps.choropleth({row.m49: Place(scale.tone(row.number), row.url, label(row)) for row in rows})


@remembered(seconds=5 * 60)
def whole_map(show, language):
    """The map of all countries; `language` only keeps the languages apart."""
    rows = all_rows(show, language)
    return draw(rows, scale_of(rows, show))


class Step(NamedTuple):
    """One class of the map's legend."""

    tone: str
    label: str
    countries: int


def legend(rows, show, scale):
    """The classes from none yet to most, each with its numbers in words and how many countries it has."""
    count = Counter(scale.tone(row.number) for row in rows)
    unit = "%" if MEASURES[show].percent else ""
    first, second, third = scale.bounds
    words = {
        "q0": _("None yet") if not unit else "0%",
        "q1": span(1, first, unit),
        "q2": span(first, second, unit),
        "q3": span(second, third, unit),
        "q4": _("%(number)s or more") % {"number": f"{third}{unit}"}
        if third < most(rows) or unit
        else f"{third}",
        "qn": _("No figure"),
    }
    return [Step(tone, label, count[tone]) for tone, label in words.items() if count[tone]]


def span(first, end, unit):
    """1–9 for whole numbers from 1 up to, not including, 10; less than 10% for shares."""
    if unit:
        return _("Under %(number)s%%") % {"number": end} if first == 1 else f"{first}–{end}{unit}"
    return f"{first}–{end - 1}" if end - 1 > first else f"{first}"


def most(rows):
    return max((row.number for row in rows if row.number is not None), default=0)


def finding(rows, show):
    """What the map says first: how many countries have nothing yet."""
    none = sum(row.number == 0 for row in rows)
    return str(MEASURES[show].none_yet % {"count": none}) if none else ""


def suggestions(text, language):
    """Rows of countries whose name begins with, holds, or looks like the words typed."""
    wanted = fold(text)
    if not wanted:
        return []
    names = {fold(country.name(language)): country for country in vocabularies.countries().values()}
    near = [
        *(name for name in names if name.startswith(wanted)),
        *(name for name in names if wanted in name),
        *get_close_matches(wanted, names, n=SUGGESTIONS, cutoff=0.6),
    ]
    found = [names[name] for name in list(dict.fromkeys(near))[:SUGGESTIONS]]
    return [(country.name(language), reverse("country", args=[country.iso3.lower()])) for country in found]
