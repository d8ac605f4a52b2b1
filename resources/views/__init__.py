"""The library's pages."""

from resources.views.library import library, library_feed, library_suggestions
from resources.views.resource import resource

__all__ = ["library", "library_feed", "library_suggestions", "resource"]
