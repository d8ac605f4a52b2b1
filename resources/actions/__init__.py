"""What can be done to a resource. Every action is atomic, safe to repeat and records one activity."""

from resources.actions.alerts import match_saved_searches, members_to_tell, tell_matches
from resources.actions.files import add_file, claim_file, keep_reading, remove_file
from resources.actions.keeping import (
    AlreadySaved,
    TooManySearches,
    add_bookmark,
    change_search,
    forget_unused_patterns,
    remove_bookmark,
    remove_search,
    save_search,
    stop_search,
)
from resources.actions.resource import (
    FIELDS,
    IllegalTransition,
    draft_resource,
    edit_resource,
    free_slug,
    publish_resource,
    refresh_card,
    submit_resource,
    withdraw_resource,
)

__all__ = [
    "FIELDS",
    "AlreadySaved",
    "IllegalTransition",
    "TooManySearches",
    "add_bookmark",
    "add_file",
    "change_search",
    "claim_file",
    "draft_resource",
    "edit_resource",
    "forget_unused_patterns",
    "free_slug",
    "keep_reading",
    "match_saved_searches",
    "members_to_tell",
    "publish_resource",
    "refresh_card",
    "remove_bookmark",
    "remove_file",
    "remove_search",
    "save_search",
    "stop_search",
    "submit_resource",
    "tell_matches",
    "withdraw_resource",
]
