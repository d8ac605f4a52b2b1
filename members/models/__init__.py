"""The tables of the members room."""

from members.models.account import Member
from members.models.tokens import ApiAnswer, ApiToken

__all__ = ["ApiAnswer", "ApiToken", "Member"]
