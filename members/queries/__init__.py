"""What pages and letters ask of accounts."""

from members.queries.accounts import is_listed, language_of, profile_of, url_of
from members.queries.directory import audience_of, browse, people, shown_profile
from members.queries.government import institution_of_address, proofs_to_read, standing_proof, waiting_proof

__all__ = [
    "audience_of",
    "browse",
    "institution_of_address",
    "is_listed",
    "language_of",
    "people",
    "profile_of",
    "proofs_to_read",
    "shown_profile",
    "standing_proof",
    "url_of",
    "waiting_proof",
]
