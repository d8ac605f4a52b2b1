"""Cleans what a person typed or a link carries: the library's search."""

import re
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kit.links import address_of
from kit.text import one_line
from resources.models import Kind
from resources.queries.facet_panel import TITLES
from vocabularies.queries import is_known, resolve_country, resolve_language

TEXT_LIMIT = 400
VALUES_A_FACET = 20
PER_PAGE = 20
FIRST_YEAR, LAST_YEAR = 1800, 2100
MAX_PAGE = 1_000_000
SORTS = ("best", "newest", "oldest", "title")
FACETS = ("kind", "country", "region", "income", "topic", "language", "organisation")
# What may be typed as a name.
RESOLVE = {"country": resolve_country, "language": resolve_language}
YEAR = re.compile(r"\d{4}")


@dataclass
class LibrarySearch:
    """A search of the library as it will be run, and what has to be said about what was typed.

    `chosen` maps a facet to its codes; `years` is (first, last), either of them None for an open end;
    `year_list` holds single years.
    """

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    years: tuple[int | None, int | None] | None = None
    year_list: tuple[int, ...] = ()
    sort: str = ""
    page: int = 1
    more: str = ""
    notices: list[str] = field(default_factory=list)
    typed_years: tuple[str, str] = ("", "")

    @property
    def order(self):
        """The order of the results: best match where there is something to match, else newest."""
        return self.sort or ("best" if self.text else "newest")

    @property
    def filters(self):
        """The filters in the shape `search.find` takes."""
        filters = {name: list(codes) for name, codes in self.chosen.items()}
        if self.years:
            filters["year"] = (self.years[0] or FIRST_YEAR, self.years[1] or LAST_YEAR)
        elif self.year_list:
            filters["year"] = [str(year) for year in self.year_list]
        return filters

    @property
    def weight(self):
        """How many filter values are chosen."""
        return sum(map(len, self.chosen.values())) + (1 if self.years else len(self.year_list))

    @cached_property
    def pairs(self):
        """The search as (parameter, value) pairs, without its page."""
        pairs = [("q", self.text)] if self.text else []
        for name, codes in self.chosen.items():
            pairs += [(name, code) for code in codes]
        if self.years:
            pairs.append(("year", "-".join(str(year or "") for year in self.years)))
        pairs += [("year", str(year)) for year in self.year_list]
        if self.sort:
            pairs.append(("sort", self.sort))
        return pairs

    def address(self, *, drop=(), add=(), page=1, view="library"):
        """The address of this search with some (parameter, value) pairs fewer or more."""
        pairs = [pair for pair in self.pairs if pair not in drop] + list(add)
        if page > 1:
            pairs.append(("page", page))
        return f"{address_of(view)}?{urlencode(pairs)}" if pairs else address_of(view)

    def without(self, *names):
        """The address without all values of these parameters."""
        return self.address(drop=[pair for pair in self.pairs if pair[0] in names])

    def at(self, page):
        return replace(self, page=page)


def read_search(params):
    """A LibrarySearch of the query parameters; what cannot be used is left out and named in its notices."""
    notices = []
    typed = params.get("q", "")
    text, was_cut = one_line(typed, TEXT_LIMIT)
    if was_cut:
        notices.append(
            _("Your search text was longer than %(limit)d characters; only its beginning was used.")
            % {"limit": TEXT_LIMIT}
        )
    chosen = {name: codes for name in FACETS if (codes := read_values(params, name, notices))}
    years, year_list, typed_years = read_years(params, notices)
    sort = params.get("sort", "")
    if sort and sort not in SORTS:
        notices.append(_("There is no order called “%(value)s”.") % {"value": shown(sort)})
        sort = ""
    return LibrarySearch(
        text=text,
        chosen=chosen,
        years=years,
        year_list=year_list,
        sort=sort,
        page=read_page(params.get("page", ""), notices),
        more=params.get("more", "") if params.get("more", "") in FACETS else "",
        notices=notices,
        typed_years=typed_years,
    )


def read_values(params, name, notices):
    """The known codes among the values of one facet, each once, in the order given."""
    codes, unknown = [], []
    values = [part.strip() for value in params.getlist(name) for part in split(name, value)]
    values = list(dict.fromkeys(filter(None, values)))
    if len(values) > VALUES_A_FACET:
        notices.append(
            _("At most %(limit)d values of one filter are used at a time.") % {"limit": VALUES_A_FACET}
        )
    for value in values[:VALUES_A_FACET]:
        code = code_of(name, value)
        (codes if code else unknown).append(code or value)
    for value in unknown[:3]:
        notices.append(
            _("The filter %(filter)s does not know “%(value)s”; it was left out.")
            % {"filter": TITLES[name], "value": shown(value)}
        )
    if len(unknown) > 3:
        notices.append(_("%(count)d more unknown values were left out.") % {"count": len(unknown) - 3})
    return tuple(dict.fromkeys(codes))


def split(name, value):
    """Several codes in one value, parted by commas; a name that itself holds a comma is tried whole first."""
    value = value[:2000]
    if "," in value and (code := code_of(name, value.strip())):
        return [code]
    return value.split(",")


def code_of(name, value):
    value, was_cut = one_line(value, 150)
    if was_cut or not value:
        return None
    if name == "kind":
        return value if value in Kind.values else None
    if is_known(name, value):
        return value
    return RESOLVE[name](value) if name in RESOLVE else None


def read_years(params, notices):
    """((first, last) or None, single years, what stood in the two boxes)."""
    boxes = tuple(one_line(params.get(name, ""), 10)[0] for name in ("year_from", "year_to"))
    if any(boxes):
        first, last = (read_year(box, notices) if box else None for box in boxes)
        return span(first, last, notices), (), boxes
    single, years = [], None
    for one in [part.strip() for value in params.getlist("year") for part in value[:500].split(",")]:
        if not one:
            continue
        if "-" in one:
            ends = [one_line(end, 10)[0] for end in one.split("-", 1)]
            years = span(*(read_year(end, notices) if end else None for end in ends), notices) or years
        elif (year := read_year(one, notices)) and year not in single:
            single.append(year)
    if years is None and len(single) == 1:
        years = (single[0], single[0])
    shown_years = tuple(str(year or "") for year in years) if years else ("", "")
    return years, () if years else tuple(single[:VALUES_A_FACET]), shown_years


def read_year(value, notices):
    if YEAR.fullmatch(value) and value.isascii() and FIRST_YEAR <= int(value) <= LAST_YEAR:
        return int(value)
    notices.append(
        _("“%(value)s” is not a year between %(first)d and %(last)d; it was left out.")
        % {"value": shown(value), "first": FIRST_YEAR, "last": LAST_YEAR}
    )
    return None


def span(first, last, notices):
    if first is None and last is None:
        return None
    if first and last and first > last:
        notices.append(_("The first year was after the last; they were exchanged."))
        return last, first
    return first, last


def read_page(value, notices):
    """A page number from 1; anything beyond MAX_PAGE counts as MAX_PAGE."""
    if not value:
        return 1
    if value.isascii() and value.isdigit() and len(value) < 40 and int(value) > 0:
        return min(int(value), MAX_PAGE)
    notices.append(_("“%(value)s” is not a page number; this is the first page.") % {"value": shown(value)})
    return 1


def shown(value):
    """Typed text short enough to repeat in a sentence."""
    text, was_cut = one_line(value, 60)
    return f"{text}…" if was_cut else text
