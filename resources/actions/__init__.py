"""What can be done to a resource. Every action is atomic, safe to repeat and records one activity."""

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
from resources.actions.intake import (
    approve_import,
    map_columns,
    resume_import,
    start_import,
    stop_import,
    take_back_import,
)
from resources.actions.links import (
    archive_link,
    claim_links,
    hurry_link,
    keep_finding,
    plan_link_checks,
    release_links,
    renew_link,
)
from resources.actions.many import discard_draft, publish_drafts
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
from resources.actions.usage import add_usage

__all__ = [
    "FIELDS",
    "EditConflict",
    "IllegalTransition",
    "add_file",
    "add_usage",
    "approve_import",
    "archive_link",
    "claim_file",
    "claim_links",
    "create_collection",
    "discard_draft",
    "draft_resource",
    "drop_autosave",
    "edit_collection",
    "edit_resource",
    "free_slug",
    "hurry_link",
    "keep_autosave",
    "keep_finding",
    "keep_reading",
    "map_columns",
    "move_item",
    "plan_link_checks",
    "publish_collection",
    "publish_drafts",
    "publish_resource",
    "put_item",
    "refresh_card",
    "release_links",
    "remove_file",
    "remove_item",
    "renew_link",
    "restore_revision",
    "resume_import",
    "set_guidance",
    "start_import",
    "start_tagging",
    "stop_import",
    "stop_tagging",
    "submit_resource",
    "tag_next",
    "tag_resource",
    "take_back_import",
    "unpublish_collection",
    "withdraw_resource",
]
