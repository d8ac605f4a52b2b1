"""What can be done to a resource. Every action is atomic, safe to repeat and records one activity."""

from resources.actions.alerts import match_saved_searches, members_to_tell, tell_matches
from resources.actions.collections import (
    create_collection,
    edit_collection,
    move_item,
    publish_collection,
    put_item,
    remove_item,
    unpublish_collection,
)
from resources.actions.desk import drop_autosave, keep_autosave, restore_revision, set_guidance
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
from resources.actions.revisions import EditConflict
from resources.actions.tagging import start_tagging, stop_tagging, tag_next, tag_resource

__all__ = [
    "FIELDS",
    "AlreadySaved",
    "EditConflict",
    "IllegalTransition",
    "TooManySearches",
    "add_bookmark",
    "add_file",
    "change_search",
    "claim_file",
    "create_collection",
    "draft_resource",
    "drop_autosave",
    "edit_collection",
    "edit_resource",
    "forget_unused_patterns",
    "free_slug",
    "keep_autosave",
    "keep_reading",
    "match_saved_searches",
    "members_to_tell",
    "move_item",
    "publish_collection",
    "publish_resource",
    "put_item",
    "refresh_card",
    "remove_bookmark",
    "remove_file",
    "remove_item",
    "remove_search",
    "restore_revision",
    "save_search",
    "set_guidance",
    "start_tagging",
    "stop_search",
    "stop_tagging",
    "submit_resource",
    "tag_next",
    "tag_resource",
    "tell_matches",
    "unpublish_collection",
    "withdraw_resource",
]
