"""Cleans what people type about themselves."""

from members.forms.accounts import RegistrationForm
from members.forms.directory import FACETS, read_directory
from members.forms.profile import AffiliationForm, ConsentForm, LetterForm, ProfileForm

__all__ = [
    "FACETS",
    "AffiliationForm",
    "ConsentForm",
    "LetterForm",
    "ProfileForm",
    "RegistrationForm",
    "read_directory",
]
