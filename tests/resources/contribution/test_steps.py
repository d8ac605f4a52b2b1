"""The steps of a resource through the editors: who may take which, what is logged, what the queue knows."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from activity.models import Activity
from resources import actions, rules, tasks
from resources.models import STEPS, Kind, Right, Status, Submission
from resources.verbs import ResourceVerb
from search.find import find
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def erin(db):
    """Another member of the staff."""
    return make.member("Erin", is_staff=True)


def report(by, status=Status.DRAFT, **values):
    """A complete report of a member."""
    draft = make.resource(status=Status.DRAFT, by=by, summary="What was found.", body="All of it.", **values)
    return draft if status == Status.DRAFT else make.brought_to(draft, status)


@pytest.mark.parametrize("start", Status.values)
@pytest.mark.parametrize("end", Status.values)
def test_exactly_the_steps_of_the_table_can_be_taken_and_each_is_logged(start, end, dawit, carla):
    resource = report(dawit, start)
    steps = resource.transitions.count()

    with suppress(actions.IllegalTransition):
        make.take_step(resource, end, by=None)

    resource.refresh_from_db()
    moved = (start, end) in STEPS
    assert (resource.status, resource.transitions.count() - steps) == ((end, 1) if moved else (start, 0))


@pytest.mark.parametrize("step", STEPS.values(), ids=lambda step: f"{step.start}-{step.end}")
def test_a_step_is_taken_by_those_the_table_names_and_by_nobody_else(step, dawit, bao, carla):
    taken = set()
    for name, member in [("contributor", dawit), ("editor", carla), ("another", bao)]:
        resource = report(dawit, step.start)
        try:
            make.take_step(resource, step.end, by=member)
        except actions.IllegalTransition:
            continue
        assert resource.transitions.last().actor == member
        taken.add(name)

    assert taken == set(step.who)


@pytest.mark.parametrize(
    "step", [s for s in STEPS.values() if s.needs_note], ids=lambda step: f"{step.start}-{step.end}"
)
def test_a_step_that_the_other_side_has_to_understand_needs_words(step, dawit):
    resource = report(dawit, step.start)
    says_nothing = {
        Status.SUBMITTED: lambda: actions.submit_resource(resource, note=" "),
        Status.RETURNED: lambda: actions.return_resource(resource, question=" "),
        Status.HELD: lambda: actions.hold_resource(resource, reason=""),
        Status.REFUSED: lambda: actions.refuse_resource(resource, reason=""),
        Status.APPEALED: lambda: actions.appeal_refusal(resource, reason="\n"),
        Status.WITHDRAWN: lambda: actions.withdraw_resource(resource, reason=""),
    }

    with pytest.raises(ValidationError):
        says_nothing[step.end]()

    resource.refresh_from_db()
    assert resource.status == step.start


def test_the_log_tells_the_whole_way_with_actors_and_notes(dawit, carla):
    resource = report(dawit)

    actions.submit_resource(resource, by=dawit, note="From our archive")
    actions.return_resource(resource, question="Which year?", by=carla)
    actions.submit_resource(resource, by=dawit, note="2019")
    actions.publish_resource(resource, by=carla)

    assert [(t.from_status, t.to_status, t.actor, t.note) for t in resource.transitions.all()] == [
        ("", "draft", dawit, ""),
        ("draft", "submitted", dawit, "From our archive"),
        ("submitted", "returned", carla, "Which year?"),
        ("returned", "submitted", dawit, "2019"),
        ("submitted", "published", carla, ""),
    ]
    assert list(
        Activity.objects.filter(subject_id=resource.pk).order_by("pk").values_list("verb", flat=True)
    ) == [
        ResourceVerb.DRAFTED,
        ResourceVerb.SUBMITTED,
        ResourceVerb.RETURNED,
        ResourceVerb.ANSWERED,
        ResourceVerb.PUBLISHED,
    ]


def test_steps_taken_twice_change_nothing(dawit, carla):
    resource = report(dawit)

    for _time in range(2):
        actions.submit_resource(resource, by=dawit)
    for _time in range(2):
        actions.hold_resource(resource, reason="Rights are unclear", by=carla)
    for _time in range(2):
        actions.refuse_resource(resource, reason="No rights", by=carla)
    for _time in range(2):
        actions.appeal_refusal(resource, reason="We have them", by=dawit)

    assert [t.to_status for t in resource.transitions.all()] == [
        "draft",
        "submitted",
        "held",
        "refused",
        "appealed",
    ]


def test_a_refusal_can_be_appealed_against_once(dawit, carla, erin):
    resource = report(dawit, Status.SUBMITTED)
    actions.refuse_resource(resource, reason="Off topic", by=carla)
    actions.appeal_refusal(resource, reason="It is not", by=dawit)
    actions.refuse_resource(resource, reason="It is", by=erin)

    with pytest.raises(actions.IllegalTransition):
        actions.appeal_refusal(resource, reason="Once more", by=dawit)

    resource.refresh_from_db()
    assert resource.status == Status.REFUSED


def test_another_editor_than_who_refused_decides_about_the_appeal(dawit, carla, erin):
    resource = report(dawit, Status.SUBMITTED)
    actions.refuse_resource(resource, reason="Off topic", by=carla)
    resource = actions.appeal_refusal(resource, reason="It is not", by=dawit)
    root = make.member("Root", is_staff=True, is_superuser=True)

    may = [rules.can_take_step(member, resource, Status.SUBMITTED) for member in (carla, erin, root)]
    with pytest.raises(actions.IllegalTransition):
        actions.resume_resource(resource, by=carla)

    assert may == [False, True, True]


def test_what_a_colleague_has_taken_on_is_decided_by_them_alone(dawit, carla, erin):
    resource = report(dawit, Status.SUBMITTED)
    actions.claim_submission(resource, by=carla)

    with pytest.raises(ValidationError, match="Carla has taken this on"):
        actions.publish_resource(resource, by=erin)
    with pytest.raises(ValidationError, match="Carla has taken this on already"):
        actions.claim_submission(resource, by=erin)
    actions.claim_submission(resource, by=erin, take_over=True)
    actions.publish_resource(resource, by=erin)

    resource.refresh_from_db()
    assert (resource.status, resource.submission.claimed_by) == (Status.PUBLISHED, None)


def test_the_queue_keeps_the_right_a_submission_was_handed_in_under(dawit, carla):
    actions.set_right(Right.ALLOWED, member=dawit)
    resource = actions.submit_resource(report(dawit), by=dawit)
    actions.hold_resource(resource, reason="Rights are unclear", by=carla)

    actions.resume_resource(resource, by=carla)

    assert Submission.objects.get().right == Right.ALLOWED


def test_a_claim_stays_with_its_editor_while_the_contributor_answers(dawit, carla):
    resource = report(dawit, Status.SUBMITTED)
    actions.claim_submission(resource, by=carla)
    actions.return_resource(resource, question="Which year?", by=carla)
    actions.submit_resource(resource, by=dawit, note="2019")

    submission = Submission.objects.get(pk=resource.pk)

    assert (submission.claimed_by, list(Submission.objects.waiting())) == (carla, [submission])


def test_an_incomplete_draft_is_not_handed_in_and_says_what_is_missing(dawit):
    draft = make.resource(status=Status.DRAFT, by=dawit)

    with pytest.raises(ValidationError) as refused:
        actions.submit_resource(draft, by=dawit)

    assert refused.value.messages == [
        "Write a summary.",
        "Give the address of the original, attach its file, or write the text.",
    ]


def test_who_is_not_verified_may_have_five_waiting(dawit):
    waiting = [report(dawit) for _n in range(6)]
    for draft in waiting[:5]:
        actions.submit_resource(draft, by=dawit)

    with pytest.raises(ValidationError, match="5 of your submissions wait"):
        actions.submit_resource(waiting[5], by=dawit)
    actions.set_right(Right.ALLOWED, member=dawit)
    actions.submit_resource(waiting[5], by=dawit)

    assert Submission.objects.waiting().count() == 6


def test_what_a_trusted_member_hands_in_is_published_and_looked_at_afterwards(dawit, carla):
    actions.set_right(Right.TRUSTED, email_domain="example.org", by=carla)
    draft = report(dawit)

    published = actions.submit_resource(draft, by=dawit)
    submission = Submission.objects.get(pk=draft.pk)
    due = submission.review_due
    actions.mark_reviewed(published, by=carla)

    assert (published.status, submission.right, due) == (Status.PUBLISHED, Right.TRUSTED, True)
    assert list(Submission.objects.waiting()) == []


def test_what_a_trusted_member_hands_in_under_an_embargo_is_scheduled_for_its_end(dawit):
    actions.set_right(Right.TRUSTED, member=dawit)
    until = timezone.now() + timedelta(days=3)

    resource = actions.submit_resource(report(dawit), by=dawit, embargoed_until=until)
    early = actions.publish_due(resource, now=until - timedelta(seconds=1))

    assert (resource.status, resource.publish_at, early) == (Status.SCHEDULED, until, False)


def test_nobody_publishes_before_the_end_of_an_embargo(dawit, carla):
    until = timezone.now() + timedelta(days=3)
    resource = actions.submit_resource(report(dawit), by=dawit, embargoed_until=until)

    with pytest.raises(ValidationError, match="not to publish it before"):
        actions.publish_resource(resource, by=carla)
    with pytest.raises(ValidationError, match="not to publish it before"):
        actions.schedule_resource(resource, at=until - timedelta(hours=1), by=carla)
    actions.schedule_resource(resource, at=until, by=carla)

    resource.refresh_from_db()
    assert (resource.status, resource.publish_at) == (Status.SCHEDULED, until)


def test_the_clock_publishes_what_is_due_and_nothing_else(dawit, carla):
    now = timezone.now()
    due, later = (report(dawit, Status.SUBMITTED) for _n in range(2))
    actions.schedule_resource(due, at=now + timedelta(minutes=1), by=carla)
    actions.schedule_resource(later, at=now + timedelta(days=1), by=carla)
    type(due).objects.filter(pk=due.pk).update(publish_at=now - timedelta(seconds=1))

    counts = [tasks.publish_scheduled() for _time in range(2)]

    for resource in (due, later):
        resource.refresh_from_db()
    assert (counts, due.status, due.publish_at, later.status) == (
        [1, 0],
        Status.PUBLISHED,
        None,
        Status.SCHEDULED,
    )
    assert Activity.objects.filter(verb=ResourceVerb.PUBLISHED, subject_id=due.pk).count() == 1


def test_a_moment_that_is_past_cannot_be_scheduled(dawit, carla):
    resource = report(dawit, Status.SUBMITTED)

    with pytest.raises(ValidationError, match="a moment to come"):
        actions.schedule_resource(resource, at=timezone.now(), by=carla)

    assert resource.transitions.filter(to_status=Status.SCHEDULED).count() == 0


def test_only_a_draft_is_deleted_and_its_empty_work_with_it(dawit):
    draft, handed_in = report(dawit), report(dawit, Status.SUBMITTED)
    work = draft.work

    actions.delete_draft(draft, by=dawit)
    actions.delete_draft(draft, by=dawit)
    with pytest.raises(ValidationError, match="Only a draft"):
        actions.delete_draft(handed_in, by=dawit)

    assert (type(work).objects.filter(pk=work.pk).exists(), type(draft).objects.count()) == (False, 1)


def test_jobs_that_are_closed_and_events_that_are_over_expire_and_come_back_when_they_are_moved():
    today = timezone.localdate()
    past, future = today - timedelta(days=1), today + timedelta(days=1)
    closed = make.resource(Kind.JOB, detail={"closes_on": past})
    open_job = make.resource(Kind.JOB, detail={"closes_on": today})
    over = make.resource(Kind.EVENT, detail={"starts_on": past - timedelta(days=3), "ends_on": past})
    running = make.resource(Kind.EVENT, detail={"starts_on": past, "ends_on": today})
    undated = make.resource(Kind.EVENT)
    draft = make.resource(Kind.JOB, detail={"closes_on": past}, status=Status.DRAFT)

    counts = [tasks.expire() for _time in range(2)]
    expired = {r.pk for r in type(closed).objects.filter(expired_at__isnull=False)}
    actions.edit_resource(closed, detail={"closes_on": future})
    back = tasks.expire()

    for resource in (closed, open_job, running, undated, draft):
        resource.refresh_from_db()
    assert (counts, expired, back) == ([2, 0], {closed.pk, over.pk}, 1)
    assert [r.expired_at for r in (closed, open_job, running, undated, draft)] == [None] * 5


@pytest.mark.django_db(transaction=True)
def test_a_closed_job_leaves_lists_and_search_and_keeps_its_page(client, index):
    past = timezone.localdate() - timedelta(days=1)
    closed = make.resource(Kind.JOB, title="Actuary", detail={"closes_on": past})
    index.sync()
    before = find("Actuary").total, client.get(reverse("library"), {"kind": "job"}).context["results"].total

    tasks.expire()
    index.refresh()
    cache.clear()

    after = find("Actuary").total, client.get(reverse("library"), {"kind": "job"}).context["results"].total
    assert (before, after) == ((1, 1), (0, 0))
    assert client.get(closed.get_absolute_url()).status_code == 200
