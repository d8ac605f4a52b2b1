"""The ledger: an activity commits with what it tells of, and each handler answers it once."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from activity import registry, tasks
from activity.ledger import record
from activity.models import Activity, Receipt
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def answers():
    """Two handlers of the verb `tests.happened`; the list of what they answered."""
    answered = []

    @registry.handles("tests.happened")
    def first(activity):
        answered.append(("first", activity.pk))

    @registry.handles("tests.happened")
    def second(activity):
        answered.append(("second", activity.pk))

    yield answered
    registry._handlers.pop("tests.happened")


def test_every_handler_answers_once_and_the_activity_is_delivered(answers):
    subject = make.member("Amina")

    activity = record("tests.happened", actor=subject, subject=subject, note="hello")

    activity.refresh_from_db()
    assert answers == [("first", activity.pk), ("second", activity.pk)]
    assert (activity.actor, activity.subject, activity.data) == (subject, subject, {"note": "hello"})
    assert activity.delivered_at is not None
    assert Receipt.objects.filter(activity=activity).count() == 2


def test_a_second_delivery_changes_nothing(answers):
    activity = record("tests.happened")

    tasks.deliver(activity.pk)
    for name in registry.handlers_of("tests.happened"):
        tasks.handle(activity.pk, name)

    assert len(answers) == 2


def test_an_activity_of_a_transaction_that_failed_never_was(answers):
    def fails_after_recording():
        with transaction.atomic():
            record("tests.happened")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fails_after_recording()

    assert Activity.objects.count() == 0
    assert answers == []


def test_with_the_broker_away_the_activity_waits_for_the_sweep(answers, monkeypatch):
    def away(*_args):
        raise OperationalError("no broker")

    with monkeypatch.context() as outage:
        outage.setattr(tasks.deliver, "delay", away)
        activity = record("tests.happened")
    assert answers == []
    Activity.objects.update(due_at=timezone.now() - timedelta(minutes=2))

    swept = tasks.sweep()

    activity.refresh_from_db()
    assert swept == 1
    assert answers == [("first", activity.pk), ("second", activity.pk)]
    assert activity.delivered_at is not None


def test_what_a_handler_wrote_and_its_receipt_commit_together_or_not_at_all():
    @registry.handles("tests.breaks")
    def breaks(activity):
        make.member("Written and taken back", email="half@example.org")
        raise RuntimeError("broken handler")

    try:
        with transaction.atomic():
            activity = Activity.objects.create(verb="tests.breaks")
        name = next(iter(registry.handlers_of("tests.breaks")))

        with pytest.raises(RuntimeError):
            tasks.handle.run(activity.pk, name)
    finally:
        registry._handlers.pop("tests.breaks")

    activity.refresh_from_db()
    assert Receipt.objects.count() == 0
    assert activity.delivered_at is None
    assert not type(make.member("Other")).objects.filter(email="half@example.org").exists()


def test_an_activity_lost_between_two_handlers_is_finished_by_the_sweep(answers):
    activity = Activity.objects.create(verb="tests.happened", due_at=timezone.now() - timedelta(minutes=5))
    first = next(iter(registry.handlers_of("tests.happened")))
    tasks.handle(activity.pk, first)
    assert [who for who, _pk in answers] == ["first"]

    tasks.sweep()

    activity.refresh_from_db()
    assert [who for who, _pk in answers] == ["first", "second"]
    assert activity.delivered_at is not None


def test_each_attempt_waits_longer_than_the_one_before(answers, monkeypatch):
    activity = Activity.objects.create(verb="tests.happened")
    monkeypatch.setattr(tasks.handle, "delay", lambda *_args: None)
    waits = []

    for _attempt in range(3):
        tasks.deliver(activity.pk)
        activity.refresh_from_db()
        waits.append(activity.due_at - timezone.now())

    assert activity.attempts == 3
    assert waits == sorted(waits)
    assert waits[2] > waits[0]
