"""The library's long and timed work."""

import logging
from contextlib import contextmanager
from datetime import timedelta
from tempfile import NamedTemporaryFile

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from resources import actions
from resources.files.extraction import Extraction, extract
from resources.models import TaggingJob

BATCH = 20
TAG_BATCH = 50
logger = logging.getLogger(__name__)


@shared_task
def read_files():
    """Read the text of the files that wait for it, one after the other. Returns how many were read."""
    count = 0
    while count < BATCH and (file := actions.claim_file()):
        actions.keep_reading(file, extraction_of(file))
        count += 1
    if count == BATCH:
        start_reading()
    return count


def start_reading():
    """Start the reading; with the broker away the files wait for the clock."""
    try:
        read_files.delay()
    except (OperationalError, OSError) as error:
        logger.warning("broker away, files wait for the clock: %s", error)


@shared_task
def tag_many(job_id):
    """Tag the next resources of a job, then hand on to a task of its own. Returns how many."""
    job = TaggingJob.objects.get(pk=job_id)
    count = 0
    while count < TAG_BATCH and actions.tag_next(job):
        count += 1
    if count == TAG_BATCH:
        go_on_with(job_id)
    return count


@shared_task
def go_on_tagging():
    """Take up jobs whose task was lost: the broker was away, or a worker died."""
    quiet = timezone.now() - timedelta(seconds=30)
    ids = list(TaggingJob.objects.unfinished().filter(moved_at__lte=quiet).values_list("pk", flat=True))
    for job_id in ids:
        go_on_with(job_id)
    return len(ids)


def go_on_with(job_id):
    """Queue the next batch; with the broker away the job waits for the clock."""
    try:
        tag_many.delay(job_id)
    except (OperationalError, OSError) as error:
        logger.warning("broker away, tagging job %s waits for the clock: %s", job_id, error)


def extraction_of(file):
    try:
        with on_disk(file.file) as path:
            return extract(path)
    except FileNotFoundError:
        return Extraction("broken", "The file is missing from the storage.")


@contextmanager
def on_disk(stored):
    """A path to the content, copied from a storage that has none. FileNotFoundError where the content is gone."""
    if not stored.storage.exists(stored.name):
        raise FileNotFoundError(stored.name)
    try:
        yield stored.path
    except NotImplementedError:
        with NamedTemporaryFile(prefix="portal-") as copy, stored.open("rb") as content:
            for chunk in content.chunks():
                copy.write(chunk)
            copy.flush()
            yield copy.name
