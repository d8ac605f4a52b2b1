"""How much a client may ask for in a minute, and headers that tell it how much is left."""

from django.conf import settings
from rest_framework.throttling import BaseThrottle

from kit.budget import address_of, seconds_left, use


class MinuteBudget(BaseThrottle):
    """API_BUDGET for an address without a token, API_BUDGET_FOR_MEMBERS for a member."""

    def allow_request(self, request, _view):
        who, limit = (
            (f"m{request.user.pk}", settings.API_BUDGET_FOR_MEMBERS)
            if request.user.is_authenticated
            else (address_of(request), settings.API_BUDGET)
        )
        used = use("api", who)
        request.limit, request.limit_left = limit, max(0, limit - used)
        return used <= limit

    def wait(self):
        return seconds_left()


def limit_headers(request):
    """RateLimit-* as in draft-ietf-httpapi-ratelimit-headers-06; nothing before the budget was looked at."""
    if getattr(request, "limit", None) is None:
        return {}
    return {
        "RateLimit-Limit": str(request.limit),
        "RateLimit-Remaining": str(request.limit_left),
        "RateLimit-Reset": str(seconds_left()),
    }
