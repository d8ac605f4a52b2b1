"""Cleans what people type about themselves."""

from members.forms.accounts import RegistrationForm
from members.forms.directory import FACETS, read_directory
from members.forms.profile import AffiliationForm, ConsentForm, LetterForm, ProfileForm
from members.forms.tokens import TokenForm

__all__ = [
    "FACETS",
    "AffiliationForm",
    "ConsentForm",
    "LetterForm",
    "ProfileForm",
    "RegistrationForm",
    "TokenForm",
    "read_directory",
]
