"""What pages read from the library."""

from resources.queries.kinds import KIND_LOOKS, KindLook, kind_look

FACETS = ("kind", "country", "region", "income", "topic", "language", "year", "organisation")

__all__ = ["FACETS", "KIND_LOOKS", "KindLook", "kind_look"]
