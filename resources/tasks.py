"""The library's long and timed work."""

import logging
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import monotonic

from celery import shared_task
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from kit.storage import StorageUnavailable, on_disk
from members.models import Member
from resources import actions, linking
from resources.files.extraction import Extraction, extract
from resources.intake.steps import Work
from resources.models import Import, Resource, Status, TaggingJob
from resources.queries.expiry import over
from resources.usage import count_lines

BATCH = 20
TAG_BATCH = 50
DUE_BATCH = 200
EXPIRY_BATCH = 500
IMPORT_SECONDS = 45
LINK_BATCH = 40
logger = logging.getLogger(__name__)


@shared_task
def read_files():
    """Read the text of the files that wait for it, one after the other. Returns how many were read."""
    count = 0
    while count < BATCH and (file := actions.claim_file()):
        try:
            extraction = extraction_of(file)
        except StorageUnavailable as error:
            actions.put_back(file)
            logger.warning("storage away, files wait for the clock: %s", error)
            return count
        actions.keep_reading(file, extraction)
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
def tell_matches():
    """Tell each member what is due of their saved searches. Returns how many were told."""
    count = 0
    for member in Member.objects.filter(pk__in=actions.members_to_tell(timezone.now())):
        try:
            count += bool(actions.tell_matches(member))
        except Exception:
            # The others do not wait for what is wrong with one; the next round tries again.
            logger.exception("member %s cannot be told of saved searches", member.pk)
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


@shared_task
def forget_unused_patterns():
    """Drop what no saved search asks any more. Returns how many."""
    return actions.forget_unused_patterns()


@shared_task
def publish_scheduled():
    """Publish what is due. Returns how many; what cannot be published is told in the log and tried again."""
    now, count = timezone.now(), 0
    due = Resource.objects.filter(status=Status.SCHEDULED, publish_at__lte=now).order_by("publish_at")
    for resource in due.only("pk")[:DUE_BATCH]:
        try:
            count += actions.publish_due(resource)
        except ValidationError as error:
            logger.error("resource %s is due and cannot be published: %s", resource.pk, error)
    return count


@shared_task
def expire():
    """Mark the jobs that are closed and the events that are over, and unmark what is open again. Returns how many."""
    today = timezone.localdate()
    keys = [pk for found in over(today) for pk in found][:EXPIRY_BATCH]
    return sum(actions.set_expiry(resource, today=today) for resource in Resource.objects.filter(pk__in=keys))


@shared_task
def work_on_import(job_id):
    """Do the next steps of an import for a while, then hand on to a task of its own."""
    end = monotonic() + IMPORT_SECONDS
    if Work(job_id).go_on(lambda: monotonic() > end):
        go_on_with_import(job_id)


@shared_task
def go_on_importing():
    """Take up imports whose task was lost, and harvests whose wait is over. Returns how many."""
    now = timezone.now()
    quiet = Import.objects.at_work().filter(moved_at__lte=now - timedelta(seconds=30))
    due = quiet.filter(Q(waits_until=None) | Q(waits_until__lte=now))
    ids = list(due.values_list("pk", flat=True))
    for job_id in ids:
        go_on_with_import(job_id)
    return len(ids)


def go_on_with_import(job_id):
    """Queue the next steps; with the broker away the import waits for the clock."""
    try:
        work_on_import.delay(job_id)
    except (OperationalError, OSError) as error:
        logger.warning("broker away, import %s waits for the clock: %s", job_id, error)


@shared_task
def plan_link_checks():
    """Have a check for each address the library names."""
    return actions.plan_link_checks()


@shared_task
def check_links():
    """Ask the next addresses whether they answer, then hand on to a task of its own while some are due. Returns how many."""
    claimed = actions.claim_links(LINK_BATCH)
    found = linking.ask_all(claimed)
    for check in claimed:
        if check.pk in found:
            actions.keep_finding(check, found[check.pk])
    actions.release_links([check for check in claimed if check.pk not in found])
    if len(claimed) == LINK_BATCH:
        start_checking_links()
    return len(found)


def start_checking_links():
    """Queue the next batch; with the broker away the clock goes on the same night."""
    try:
        check_links.delay()
    except (OperationalError, OSError) as error:
        logger.warning("broker away, links wait for the clock: %s", error)


@shared_task
def count_usage():
    """Count the logs of the days that are over, then delete them. Returns how many.

    Killed between the two, the next night finds the log counted and only deletes it.
    """
    today = datetime.now(UTC).date().isoformat()
    logs = [log for log in sorted((Path(settings.VAR_DIR) / "usage").glob("*.log")) if log.stem < today]
    for log in logs:
        with log.open(encoding="utf-8", errors="replace") as lines:
            counts, read, counted = count_lines(lines)
        month = date.fromisoformat(log.stem).replace(day=1)
        actions.add_usage(log.name, month, counts, lines=read, counted=counted)
        log.unlink(missing_ok=True)
    return len(logs)


def extraction_of(file):
    try:
        with on_disk(file.file, file.size) as path:
            return extract(path)
    except FileNotFoundError:
        return Extraction("broken", "The file is missing from the storage.")
