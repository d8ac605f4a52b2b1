"""The database itself refuses a status without its step, whatever door it came through."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from resources import guard
from resources.models import STEPS, Resource, Status, Transition
from tests import make

pytestmark = pytest.mark.django_db


def log(resource):
    return [(t.from_status, t.to_status, t.actor) for t in resource.transitions.select_related("actor")]


def test_the_guard_stands_in_the_migrated_database():
    if connection.vendor == "postgresql":
        question = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = 'resources_resource'::regclass"
    else:
        question = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'resources_resource'"

    with connection.cursor() as cursor:
        cursor.execute(question)
        standing = {name for (name,) in cursor.fetchall()}

    assert standing == set(guard.NAMES), "a migration that changes Resource has to end with InstallGuard()"


def test_the_entry_of_a_resource_is_logged_by_the_database(dawit):
    resource = make.resource(status=Status.DRAFT, by=dawit)

    assert log(resource) == [("", "draft", dawit)]


def test_what_is_written_in_bulk_is_logged_too():
    first = make.resource()
    first.pk, first.slug, first.version = None, "second", 2

    Resource.objects.bulk_create([first])

    assert log(first) == [("", "published", None)]


@pytest.mark.parametrize("end", [s for s in Status if s != Status.DRAFT])
def test_no_status_changes_without_its_step_in_the_log(end):
    draft, now = make.resource(status=Status.DRAFT), timezone.now()
    dates = {"submitted_at": now}
    if end in (Status.PUBLISHED, Status.WITHDRAWN):
        dates["published_at"] = now
    if end == Status.WITHDRAWN:
        dates |= {"withdrawn_at": now, "withdrawal_reason": "No reason"}
    if end == Status.SCHEDULED:
        dates["publish_at"] = now

    with pytest.raises(IntegrityError, match=guard.MESSAGE), transaction.atomic():
        Resource.objects.filter(pk=draft.pk).update(status=end, **dates)

    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_a_step_in_the_log_lets_through_this_step_and_only_once():
    resource = make.resource(status=Status.SUBMITTED)
    same = Resource.objects.filter(pk=resource.pk)
    Transition.objects.create(resource=resource, from_status="submitted", to_status="returned")

    for refused in (Status.HELD, Status.REFUSED):
        with pytest.raises(IntegrityError), transaction.atomic():
            same.update(status=refused)
    same.update(status=Status.RETURNED)
    for refused in (Status.SUBMITTED, Status.REFUSED):
        with pytest.raises(IntegrityError), transaction.atomic():
            same.update(status=refused)

    resource.refresh_from_db()
    assert resource.status == Status.RETURNED


@pytest.mark.parametrize("start", Status.values)
def test_the_log_keeps_no_step_that_is_not_allowed(start):
    resource = make.resource()

    kept = set()
    for end in Status.values:
        try:
            with transaction.atomic():
                Transition.objects.create(resource=resource, from_status=start, to_status=end)
        except IntegrityError:
            continue
        kept.add((start, end))

    assert kept == {pair for pair in STEPS if pair[0] == start}
