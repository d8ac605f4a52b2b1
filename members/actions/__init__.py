"""What can be done to accounts."""

from members.actions.accounts import note_sign_in, note_verified, register
from members.actions.consents import set_consents
from members.actions.demo import create_demo_members
from members.actions.profile import (
    edit_profile,
    remove_affiliation,
    save_affiliation,
    send_letter,
    touch_profile,
)

__all__ = [
    "create_demo_members",
    "edit_profile",
    "note_sign_in",
    "note_verified",
    "register",
    "remove_affiliation",
    "save_affiliation",
    "send_letter",
    "set_consents",
    "touch_profile",
]
