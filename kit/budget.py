"""How much of something dear a visitor may ask for in a minute. Counters live in the cache, one a minute."""

import time

from django.conf import settings
from django.core.cache import cache

MINUTE = 60


def spend(name, who, limit):
    """Count one use; 0 while `limit` uses a minute are not passed, else the seconds until the next minute begins."""
    now = time.time()
    key = f"budget:{name}:{who}:{int(now // MINUTE)}"
    if cache.add(key, 1, timeout=2 * MINUTE):
        return 0
    try:
        used = cache.incr(key)
    except ValueError:  # thrown out of a full cache between the two calls
        return 0
    return 0 if used <= limit else MINUTE - int(now % MINUTE)


def address_of(request):
    """The visitor's address: the last one the own proxy wrote, or the connection's."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
