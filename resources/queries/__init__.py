"""What pages read from the library."""

from resources.queries.browse import browse, counts_by_kind, newest, published_total
from resources.queries.facet_panel import active_filters, facet_panel, years_with_counts
from resources.queries.kinds import KIND_LOOKS, KindLook, kind_look
from resources.queries.rows import Row, Version, address, date_in_brief, rows, rows_with_days
from resources.queries.ways_on import ways_on

FACETS = ("kind", "country", "region", "income", "topic", "language", "year", "organisation")

__all__ = [
    "FACETS",
    "KIND_LOOKS",
    "KindLook",
    "Row",
    "Version",
    "active_filters",
    "address",
    "browse",
    "counts_by_kind",
    "date_in_brief",
    "facet_panel",
    "kind_look",
    "newest",
    "published_total",
    "rows",
    "rows_with_days",
    "ways_on",
    "years_with_counts",
]
