"""The garbage collector of Python."""

import gc
from contextlib import contextmanager

RARELY = 50_000  # objects made, less those freed, before it looks for circles among the youngest


@contextmanager
def rarely_collected():
    """Look for circular garbage seldom: work in batches makes very many objects and next to no circles."""
    before = gc.get_threshold()
    gc.set_threshold(RARELY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
