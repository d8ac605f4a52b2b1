"""Reading one resource: which one an address names, and all that its page shows."""

from resources.reading.finding import find, readable_by, right_address
from resources.reading.page import page, tombstone
from resources.reading.signposts import LINKSET_TYPE, link_header, linkset

__all__ = [
    "LINKSET_TYPE",
    "find",
    "link_header",
    "linkset",
    "page",
    "readable_by",
    "right_address",
    "tombstone",
]
