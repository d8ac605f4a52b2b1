"""What pages and letters ask of accounts."""

from members.queries.accounts import is_listed, language_of, profile_of, url_of
from members.queries.directory import audience_of, browse, people, shown_profile

__all__ = [
    "audience_of",
    "browse",
    "is_listed",
    "language_of",
    "people",
    "profile_of",
    "shown_profile",
    "url_of",
]
