"""Pages about many rooms, and the site's own."""

from portal.views.countries import (
    country,
    country_comparison,
    country_indicators,
    country_list,
    country_numbers,
)
from portal.views.developers import api_description, api_reference, developers
from portal.views.discovery import opensearch, sitemap, sitemap_index
from portal.views.errors import bad_request, forbidden, not_found, server_error
from portal.views.health import healthz, readyz
from portal.views.home import home
from portal.views.preferences import appearance
from portal.views.robots import robots
from portal.views.search import search
from portal.views.style import style
from portal.views.topics import topic, topic_list

__all__ = [
    "api_description",
    "api_reference",
    "appearance",
    "bad_request",
    "country",
    "country_comparison",
    "country_indicators",
    "country_list",
    "country_numbers",
    "developers",
    "forbidden",
    "healthz",
    "home",
    "not_found",
    "opensearch",
    "readyz",
    "robots",
    "search",
    "server_error",
    "sitemap",
    "sitemap_index",
    "style",
    "topic",
    "topic_list",
]
