"""The library's pages."""

from resources.views.citation import citation, citation_file, library_export
from resources.views.comparison import comparison
from resources.views.keeping import (
    bookmark,
    bookmark_list,
    bookmark_removal,
    saved_search_edit,
    saved_search_list,
    saved_search_new,
    saved_search_removal,
    saved_search_stop,
)
from resources.views.library import library, library_feed, library_suggestions
from resources.views.resource import resource, resource_file, resource_linkset

__all__ = [
    "bookmark",
    "bookmark_list",
    "bookmark_removal",
    "citation",
    "citation_file",
    "comparison",
    "library",
    "library_export",
    "library_feed",
    "library_suggestions",
    "resource",
    "resource_file",
    "resource_linkset",
    "saved_search_edit",
    "saved_search_list",
    "saved_search_new",
    "saved_search_removal",
    "saved_search_stop",
]
