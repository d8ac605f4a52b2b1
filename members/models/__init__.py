"""The tables of the members room."""

from members.models.account import Member, SignInDevice
from members.models.consent import Consent, Purpose
from members.models.government import Institution, InstitutionDomain, Proof
from members.models.privacy import DataExport, Erasure
from members.models.profile import Affiliation, Audience, Message, Profile, PublicProfile, Sector
from members.models.tokens import ApiAnswer, ApiToken

__all__ = [
    "Affiliation",
    "ApiAnswer",
    "ApiToken",
    "Audience",
    "Consent",
    "DataExport",
    "Erasure",
    "Institution",
    "InstitutionDomain",
    "Member",
    "Message",
    "Profile",
    "Proof",
    "PublicProfile",
    "Purpose",
    "Sector",
    "SignInDevice",
]
