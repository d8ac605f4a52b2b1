"""Cleans what people type about themselves."""

from members.forms.accounts import RegistrationForm

__all__ = ["RegistrationForm"]
