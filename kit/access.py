"""The second question of every page that changes something: may this person do this?"""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


def allow(is_allowed, reason=""):
    """Go on where the rule says yes, else answer 403 with the reason."""
    if not is_allowed:
        raise PermissionDenied(reason or _("Your account may not do this."))
