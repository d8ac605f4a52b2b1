"""What an address asks of the directory; what cannot be used is left out and named."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from kit.links import address_of
from kit.text import one_line
from members.models import Sector
from vocabularies.queries import is_known

TEXT_LIMIT = 200
VALUES_A_FACET = 20
MAX_PAGE = 10_000
FACETS = ("kind", "country", "topic", "language", "organisation")


@dataclass
class DirectorySearch:
    text: str = ""
    chosen: dict = field(default_factory=dict)
    page: int = 1
    notices: list = field(default_factory=list)

    @property
    def pairs(self):
        pairs = [("q", self.text)] if self.text else []
        return pairs + [(name, code) for name, codes in self.chosen.items() for code in codes]

    def address(self, *, drop=(), page=1):
        """The address of this search without some of its pairs."""
        pairs = [pair for pair in self.pairs if pair not in drop] + ([("page", page)] if page > 1 else [])
        return f"{address_of('directory')}?{urlencode(pairs)}" if pairs else address_of("directory")


def read_directory(params):
    """A DirectorySearch of the query parameters."""
    search = DirectorySearch()
    search.text, was_cut = one_line(params.get("q", ""), TEXT_LIMIT)
    if was_cut:
        search.notices.append(
            _("Your search text was longer than %(limit)d characters; only its beginning was used.")
            % {"limit": TEXT_LIMIT}
        )
    for name in FACETS:
        values = list(dict.fromkeys(one_line(value, 150)[0] for value in params.getlist(name)))[
            :VALUES_A_FACET
        ]
        known = [value for value in values if value and is_value(name, value)]
        if known:
            search.chosen[name] = tuple(known)
        for value in [value for value in values if value and value not in known][:3]:
            search.notices.append(
                _("The filter “%(value)s” is not known; it was left out.") % {"value": value[:60]}
            )
    page = params.get("page", "")
    if page.isascii() and page.isdigit() and len(page) < 10:
        search.page = min(max(1, int(page)), MAX_PAGE)
    return search


def is_value(name, value):
    return value in Sector.values if name == "kind" else is_known(name, value)
