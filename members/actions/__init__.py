"""What can be done to accounts."""

from members.actions.accounts import note_sign_in, note_verified, register
from members.actions.answers import KeyUsedOtherwise, answer_once, forget_answers
from members.actions.consents import set_consents
from members.actions.demo import create_demo_members
from members.actions.erasure import ask_for_erasure, erase, undo_erasure
from members.actions.exports import ask_for_export, drop_export, make_export
from members.actions.government import (
    RENEWAL,
    ask_a_colleague,
    ask_by_mail,
    confirm_code,
    decide,
    end,
    remind_of_renewal,
    send_proof_letter,
)
from members.actions.profile import (
    edit_profile,
    remove_affiliation,
    save_affiliation,
    send_letter,
    touch_profile,
)
from members.actions.retention import clean_up, close_inactive, expired_exports, inactive_members, old_rows
from members.actions.tokens import create_token, mark_used, revoke_token

__all__ = [
    "RENEWAL",
    "KeyUsedOtherwise",
    "answer_once",
    "ask_a_colleague",
    "ask_by_mail",
    "ask_for_erasure",
    "ask_for_export",
    "clean_up",
    "close_inactive",
    "confirm_code",
    "create_demo_members",
    "create_token",
    "decide",
    "drop_export",
    "edit_profile",
    "end",
    "erase",
    "expired_exports",
    "forget_answers",
    "inactive_members",
    "make_export",
    "mark_used",
    "note_sign_in",
    "note_verified",
    "old_rows",
    "register",
    "remind_of_renewal",
    "remove_affiliation",
    "revoke_token",
    "save_affiliation",
    "send_letter",
    "send_proof_letter",
    "set_consents",
    "touch_profile",
    "undo_erasure",
]
