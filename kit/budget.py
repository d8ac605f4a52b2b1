"""How much of something dear a visitor may ask for in a minute. Counters live in the cache, one a minute."""

import time

from django.conf import settings
from django.core.cache import cache

MINUTE = 60


def use(name, who):
    """Count one use; how many this minute has seen by now."""
    key = f"budget:{name}:{who}:{int(time.time() // MINUTE)}"
    if cache.add(key, 1, timeout=2 * MINUTE):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # thrown out of a full cache between the two calls
        return 1


def seconds_left():
    """Until the next minute begins."""
    return MINUTE - int(time.time() % MINUTE)


def spend(name, who, limit):
    """Count one use; 0 while `limit` uses a minute are not passed, else the seconds until the next minute begins."""
    return 0 if use(name, who) <= limit else seconds_left()


def address_of(request):
    """The visitor's address: the last one the own proxy wrote, or the connection's."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
