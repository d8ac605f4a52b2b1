"""Reading one resource: which one an address names, and all that its page shows."""

from resources.reading.finding import find, readable_by, right_address
from resources.reading.page import page, tombstone

__all__ = ["find", "page", "readable_by", "right_address", "tombstone"]
