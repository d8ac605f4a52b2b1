"""What can be done to a resource. Every action is atomic, safe to repeat and records one activity."""

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

__all__ = [
    "FIELDS",
    "IllegalTransition",
    "add_file",
    "claim_file",
    "draft_resource",
    "edit_resource",
    "free_slug",
    "keep_reading",
    "publish_resource",
    "refresh_card",
    "remove_file",
    "submit_resource",
    "withdraw_resource",
]
