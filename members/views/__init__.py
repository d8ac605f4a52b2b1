from members.views.accounts import account, organisation_suggestions, sign_up, verify
from members.views.directory import directory
from members.views.government import (
    government_post,
    proof,
    proof_by_colleague,
    proof_by_letter,
    proof_by_mail,
    proof_code,
    proof_letter,
    proof_list,
    vouching,
)
from members.views.notices import privacy_notice, rules
from members.views.privacy import data, data_export, erasure, erasure_undone
from members.views.profile import (
    affiliation,
    affiliation_new,
    affiliation_removal,
    consents,
    letter,
    member,
    profile,
)
from members.views.tokens import token_list, token_revocation

__all__ = [
    "account",
    "affiliation",
    "affiliation_new",
    "affiliation_removal",
    "consents",
    "data",
    "data_export",
    "directory",
    "erasure",
    "erasure_undone",
    "government_post",
    "letter",
    "member",
    "organisation_suggestions",
    "privacy_notice",
    "profile",
    "proof",
    "proof_by_colleague",
    "proof_by_letter",
    "proof_by_mail",
    "proof_code",
    "proof_letter",
    "proof_list",
    "rules",
    "sign_up",
    "token_list",
    "token_revocation",
    "verify",
    "vouching",
]
