"""A mark that changes whenever something shown to everybody may have changed; what was made under an older mark is stale.

On one host the mark is the size of a file, so looking at it costs no connection. Several hosts share a counter in
Redis as well, looked at once a second.
"""

import logging
import os
import time

from django.conf import settings
from django.core.cache import cache

logger = logging.getLogger(__name__)

COUNTER = "generation"
LOOK_SECONDS = 1.0

_seen = [0.0, 0]  # when the shared counter was last looked at, and what it said


def changed():
    """Say that something shown to everybody has changed. Where neither mark can be written, the log says so."""
    try:
        mark = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(mark, b".")
        finally:
            os.close(mark)
    except OSError:
        logger.exception(
            "the mark of what changed cannot be written: pages stay as they were until they expire"
        )
    if settings.REDIS_URL:
        try:
            cache.add(COUNTER, 0, timeout=None)
            cache.incr(COUNTER)
        except Exception as error:
            logger.warning("Redis away, other hosts keep their pages until they expire: %s", error)


def current():
    """(the mark, seconds since it last changed on this host)."""
    try:
        found = os.stat(path())
    except OSError:
        return (0, shared()), float("inf")
    return (found.st_size, shared()), time.time() - found.st_mtime


def shared():
    """What the counter of all hosts said within the last second; the last known value while Redis is away."""
    if settings.REDIS_URL and time.monotonic() - _seen[0] >= LOOK_SECONDS:
        _seen[0] = time.monotonic()
        try:
            _seen[1] = cache.get(COUNTER, 0)
        except Exception as error:
            logger.warning("Redis away, changes on other hosts go unseen: %s", error)
    return _seen[1]


def path():
    return f"{settings.VAR_DIR}/generation"
