from members.views.accounts import account, organisation_suggestions, sign_up, verify
from members.views.directory import directory
from members.views.notices import privacy_notice, rules
from members.views.profile import (
    affiliation,
    affiliation_new,
    affiliation_removal,
    consents,
    letter,
    member,
    profile,
)

__all__ = [
    "account",
    "affiliation",
    "affiliation_new",
    "affiliation_removal",
    "consents",
    "directory",
    "letter",
    "member",
    "organisation_suggestions",
    "privacy_notice",
    "profile",
    "rules",
    "sign_up",
    "verify",
]
