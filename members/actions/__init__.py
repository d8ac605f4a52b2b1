"""What can be done to accounts."""

from members.actions.accounts import note_sign_in, note_verified, register
from members.actions.answers import KeyUsedOtherwise, answer_once, forget_answers
from members.actions.consents import set_consents
from members.actions.demo import create_demo_members
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
from members.actions.tokens import create_token, mark_used, revoke_token

__all__ = [
    "RENEWAL",
    "KeyUsedOtherwise",
    "answer_once",
    "ask_a_colleague",
    "ask_by_mail",
    "confirm_code",
    "create_demo_members",
    "create_token",
    "decide",
    "edit_profile",
    "end",
    "forget_answers",
    "mark_used",
    "note_sign_in",
    "note_verified",
    "register",
    "remind_of_renewal",
    "remove_affiliation",
    "revoke_token",
    "save_affiliation",
    "send_letter",
    "send_proof_letter",
    "set_consents",
    "touch_profile",
]
