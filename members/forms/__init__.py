"""Cleans what members type."""

from members.forms.tokens import TokenForm

__all__ = ["TokenForm"]
