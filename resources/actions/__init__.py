"""What can be done to a resource. Every action is atomic, safe to repeat and records one activity."""

from resources.actions.desk import drop_autosave, keep_autosave, restore_revision, set_guidance
from resources.actions.files import add_file, claim_file, keep_reading, remove_file
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

__all__ = [
    "FIELDS",
    "EditConflict",
    "IllegalTransition",
    "add_file",
    "claim_file",
    "draft_resource",
    "drop_autosave",
    "edit_resource",
    "free_slug",
    "keep_autosave",
    "keep_reading",
    "publish_resource",
    "refresh_card",
    "remove_file",
    "restore_revision",
    "set_guidance",
    "submit_resource",
    "withdraw_resource",
]
