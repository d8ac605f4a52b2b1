"""What the worker does for the index, in the queue `search`."""

import random

from celery import shared_task

from search import writing
from search.results import SearchUnavailable
from search.store import Locked


@shared_task(bind=True, name="search.drain", max_retries=5)
def drain(self):
    """Answer all index requests; while the index is locked or away, again a little later."""
    try:
        return writing.drain()
    except (Locked, SearchUnavailable) as error:
        raise self.retry(exc=error, countdown=random.uniform(2, 20)) from error  # noqa: S311 (a pause, not a secret)
