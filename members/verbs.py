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
