"""What can happen to an account."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MemberVerb(models.TextChoices):
    TOKEN_CREATED = "members.token_created", _("made an API token")
    TOKEN_REVOKED = "members.token_revoked", _("revoked an API token")
