"""What can happen to an account."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MemberVerb(models.TextChoices):
    REGISTERED = "members.registered", _("joined")
    VERIFIED = "members.verified", _("verified an address")
    PROFILE_EDITED = "members.profile_edited", _("edited the profile")
    CONSENT_CHANGED = "members.consent_changed", _("changed a consent")
    SIGNED_IN_ANEW = "members.signed_in_anew", _("signed in from a new browser")
    LETTER_SENT = "members.letter_sent", _("wrote a letter")
    VOUCHING_ASKED = "members.vouching_asked", _("asked a colleague to vouch")
    PROOF_VERIFIED = "members.proof_verified", _("verified a government post")
    PROOF_REFUSED = "members.proof_refused", _("refused to verify a government post")
    PROOF_ENDS_SOON = "members.proof_ends_soon", _("was reminded of a renewal")
    PROOF_ENDED = "members.proof_ended", _("is no longer verified")
    TOKEN_CREATED = "members.token_created", _("made an API token")
    TOKEN_REVOKED = "members.token_revoked", _("revoked an API token")
    EXPORT_ASKED = "members.export_asked", _("asked for their data")
    EXPORT_READY = "members.export_ready", _("got their data")
    ERASURE_ASKED = "members.erasure_asked", _("asked to close the account")
    ERASED = "members.erased", _("closed the account")
