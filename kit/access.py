"""The second question of every page that changes something: may this person do this?"""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache


def allow(is_allowed, reason=""):
    """Go on where the rule says yes, else answer 403 with the reason."""
    if not is_allowed:
        raise PermissionDenied(reason or _("Your account may not do this."))


def desk(rule):
    """For the pages of a desk: strangers are sent to sign in, members of whom the rule says no get 403, and nothing
    is ever kept by a browser or a cache."""

    def decorate(view):
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request, *args, **values):
            allow(rule(request.user))
            return view(request, *args, **values)

        return guarded

    return decorate
