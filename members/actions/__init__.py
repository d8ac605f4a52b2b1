"""What can be done to accounts."""

from members.actions.accounts import note_sign_in, register
from members.actions.consents import set_consents
from members.actions.demo import create_demo_members

__all__ = ["create_demo_members", "note_sign_in", "register", "set_consents"]
