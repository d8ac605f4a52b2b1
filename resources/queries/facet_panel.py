"""The facets beside a list of results, ready to be drawn."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.numbers import grouped
from resources.queries.kinds import KIND_LOOKS
from vocabularies.queries import labels

SHOWN = 8
SHOWN_AT_MOST = 250
TITLES = {
    "kind": gettext_lazy("Type"),
    "country": gettext_lazy("Country"),
    "topic": gettext_lazy("Topic"),
    "language": gettext_lazy("Language"),
    "year": gettext_lazy("Year"),
    "region": gettext_lazy("Region"),
    "income": gettext_lazy("Income group"),
    "organisation": gettext_lazy("Organisation"),
}
OPEN = {"kind", "country", "topic"}
TYPED = {"country": gettext_lazy("Add a country by name")}


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
    options: list[Option]
    is_open: bool
    more_url: str = ""
    typed_label: str = ""


@lru_cache(maxsize=128)
def kind_name(kind, _language):
    return str(KIND_LOOKS[kind].plural)


def in_words(name, values, language):
    """Words by value: kinds in the plural, the rest from the vocabularies."""
    if name == "kind":
        return {value: kind_name(value, language) for value in values if value in KIND_LOOKS}
    return labels(name, values, language)


def facet_panel(search, counted, language):
    """The facets of a search, the most frequent values first, chosen ones always among them.

    `counted` maps a facet to (value, count) pairs; a facet with neither counts nor chosen values is left out, and
    where nothing was counted (the index is away) no number is shown.
    """
    shown = []
    for name, title in TITLES.items():
        if name == "year":
            continue
        pairs = counted.get(name, [])
        chosen = search.chosen.get(name, ())
        if not pairs and not chosen:
            continue
        limit = SHOWN_AT_MOST if search.more == name else len(KIND_LOOKS) if name == "kind" else SHOWN
        shown.append(
            Facet(
                name=name,
                title=str(title),
                options=options(name, pairs, chosen, limit, language, name in counted),
                is_open=name in OPEN or bool(chosen) or search.more == name,
                more_url=search.address(add=[("more", name)]) + "#filters"
                if len(pairs) > limit and search.more != name
                else "",
                typed_label=str(TYPED.get(name, "")),
            )
        )
    return shown


def options(name, pairs, chosen, limit, language, is_counted):
    counts = dict(pairs)
    values = [*chosen, *[value for value, _count in pairs[:limit] if value not in chosen]]
    words = in_words(name, values, language)
    return [
        Option(value, words[value], grouped(counts.get(value, 0)) if is_counted else "", value in chosen)
        for value in values
        if value in words
    ]


def years_with_counts(pairs):
    """(year, count) of the latest years that have results, the latest first."""
    return sorted(((int(value), count) for value, count in pairs if value.isdigit()), reverse=True)


def active_filters(search, language):
    """(words, address without it) of each active filter."""
    found = [
        (words, search.address(drop=[(name, value)]))
        for name, values in search.chosen.items()
        for value, words in in_words(name, values, language).items()
    ]
    if search.years:
        first, last = search.years
        if first and last:
            words = (
                str(first) if first == last else _("%(first)d to %(last)d") % {"first": first, "last": last}
            )
        else:
            words = _("From %(year)d") % {"year": first} if first else _("Until %(year)d") % {"year": last}
        found.append((words, search.without("year")))
    found += [(str(year), search.address(drop=[("year", str(year))])) for year in search.year_list]
    return found
