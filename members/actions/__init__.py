"""What can be done to accounts."""

from members.actions.answers import KeyUsedOtherwise, answer_once, forget_answers
from members.actions.demo import create_demo_members
from members.actions.tokens import create_token, mark_used, revoke_token

__all__ = [
    "KeyUsedOtherwise",
    "answer_once",
    "create_demo_members",
    "create_token",
    "forget_answers",
    "mark_used",
    "revoke_token",
]
