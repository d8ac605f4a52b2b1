"""The library's pages."""

from resources.views.citation import citation, citation_file, library_export
from resources.views.comparison import comparison
from resources.views.library import library, library_feed, library_suggestions
from resources.views.oai import oai
from resources.views.resource import resource, resource_file, resource_linkset

__all__ = [
    "citation",
    "citation_file",
    "comparison",
    "library",
    "library_export",
    "library_feed",
    "library_suggestions",
    "oai",
    "resource",
    "resource_file",
    "resource_linkset",
]
