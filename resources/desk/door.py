"""The door of the desk."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.views.decorators.cache import never_cache

from resources import rules


def staff_only(view):
    """Lets staff in, sends strangers to sign in, and answers 403 to members. Nothing of the desk is ever kept."""

    @never_cache
    @wraps(view)
    def guarded(request, *args, **values):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not rules.can_use_desk(request.user):
            raise PermissionDenied
        return view(request, *args, **values)

    return guarded
