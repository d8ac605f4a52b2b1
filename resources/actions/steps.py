"""The steps of a resource through the editors: each changes the status, writes the log and records one activity."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activity.ledger import record
from resources import rules
from resources.actions.resource import locked, refresh_cards_of_work
from resources.actions.revisions import keep_revision
from resources.models import (
    STEPS,
    WAITING,
    PostingRight,
    Resource,
    Right,
    Status,
    Submission,
    Transition,
)

MOST_WAITING = 5
DECIDED = (Status.DRAFT, Status.PUBLISHED, Status.REFUSED, Status.SCHEDULED, Status.WITHDRAWN)


class IllegalTransition(ValidationError):
    """The resource's status, or who asks, does not allow this step; the message says what would."""


class Blocked(ValidationError):
    """The editors have blocked this member; `right` is the row that says so, and why."""

    def __init__(self, right):
        super().__init__(right.reason)
        self.right = right


def step_to(resource, end, *, by=None, note="", right=None, **dates):
    """Take the step of a locked resource to `end`. No door leads past this function, nor past the log it writes.

    right: the posting right under which it is handed in; dates: columns that change with the status.
    """
    step, note = STEPS.get((resource.status, end)), note.strip()
    if step is None:
        raise IllegalTransition(
            _("This resource is “%(status)s”; that step needs it to be “%(needed)s”.")
            % {
                "status": resource.get_status_display(),
                "needed": ", ".join(str(Status(s).label) for s in Status.values if (s, end) in STEPS),
            }
        )
    if by is not None and not rules.can_take_step(by, resource, end, right=right or Right.UNVERIFIED):
        raise IllegalTransition(
            _("You may not take this step: “%(step)s” is for others.") % {"step": step.title}
        )
    if by is not None and rules.is_staff(by) and not rules.is_contributor(by, resource):
        demand_unclaimed(resource, by)
    if step.needs_note and not note:
        raise ValidationError(NOTES.get(end, NOTES[Status.RETURNED])())
    Transition.objects.create(
        resource=resource,
        from_status=resource.status,
        to_status=end,
        actor=by,
        note=note,
        revision=resource.revisions.aggregate(last=Max("number"))["last"],
    )
    changes = {"publish_at": None, **dates, "status": end}
    for name, value in changes.items():
        setattr(resource, name, value)
    resource.save(update_fields=[*changes, "updated_at"])
    keep_queue(resource, end, right=right)
    record(step.verb, actor=by, subject=resource, **({"reason": note} if end == Status.WITHDRAWN else {}))
    return resource


NOTES = {
    Status.WITHDRAWN: lambda: _(
        "Say why the resource is withdrawn: the reason stands on the page that replaces it."
    ),
    Status.REFUSED: lambda: _("Say why it is refused: the contributor reads the reason, and may appeal."),
    Status.APPEALED: lambda: _("Say why the refusal is wrong: another editor reads it."),
    Status.SUBMITTED: lambda: _("Answer the question of the editors."),
    Status.HELD: lambda: _("Say why it has to wait: the contributor reads it."),
    Status.RETURNED: lambda: _("Write the question: the contributor reads it."),
}


def demand_unclaimed(resource, member):
    """Refuse a decision about what another editor has taken on."""
    submission = Submission.objects.select_related("claimed_by").filter(pk=resource.pk).first()
    if submission and submission.claimed_by_id not in (None, member.pk):
        raise IllegalTransition(
            _("%(name)s has taken this on. Take it over first, or leave it to them.")
            % {"name": submission.claimed_by}
        )


def keep_queue(resource, end, *, right):
    """What the queue of the editors knows after a step."""
    if end in WAITING:
        values = {"waiting_since": timezone.now()} | ({"right": right} if right else {})
        Submission.objects.update_or_create(resource=resource, defaults=values)
    if end in DECIDED:
        Submission.objects.filter(resource=resource).update(
            claimed_by=None, claimed_at=None, review_due=False
        )


@transaction.atomic
def submit_resource(resource, *, by=None, note="", embargoed_until=None):
    """Hand a draft to the editors, or hand it back with an answer. Submitting it twice changes nothing.

    Of a member whom they trust it is published at once, or at the end of its embargo, and looked at afterwards.
    Blocked, ValidationError: the member is blocked; too much of theirs waits; something is missing.
    """
    resource = locked(resource)
    if resource.status == Status.SUBMITTED:
        return resource
    if resource.status not in (Status.DRAFT, Status.RETURNED):
        return step_to(resource, Status.SUBMITTED, by=by, note=note)
    right = right_to_submit(resource, by)
    if embargoed_until is not None:
        resource.embargoed_until = embargoed_until
        resource.save(update_fields=["embargoed_until", "updated_at"])
    if right == Right.TRUSTED and resource.status == Status.DRAFT and rules.is_contributor(by, resource):
        return publish_at_once(resource, by=by, note=note)
    resource.submitted_at = resource.submitted_at or timezone.now()
    return step_to(
        resource, Status.SUBMITTED, by=by, note=note, right=right, submitted_at=resource.submitted_at
    )


def right_to_submit(resource, by):
    """The member's posting right for this resource; refuses who is blocked, and what may not be handed in."""
    if by is None:
        return None
    if rules.is_staff(by):
        return Right.ALLOWED
    right, row = PostingRight.objects.governing(by, resource.kind, resource.organisations.all())
    if right == Right.BLOCKED:
        raise Blocked(row)
    if missing := missing_in(resource):
        raise ValidationError(missing)
    waiting = Resource.objects.filter(submitted_by=by, status=Status.SUBMITTED).exclude(pk=resource.pk)
    if right == Right.UNVERIFIED and resource.status == Status.DRAFT and waiting.count() >= MOST_WAITING:
        raise ValidationError(
            _(
                "%(count)d of your submissions wait for the editors. Wait until they have looked at one, or take one back."
            )
            % {"count": MOST_WAITING}
        )
    return right


def missing_in(resource):
    """What a resource has to say before the editors can judge it, as sentences."""
    missing = []
    if not resource.summary.strip():
        missing.append(_("Write a summary."))
    if not (resource.body.strip() or resource.url or resource.files.exists()):
        missing.append(_("Give the address of the original, attach its file, or write the text."))
    return missing


def publish_at_once(resource, *, by, note):
    """What somebody trusted hands in: published, or scheduled for the end of its embargo, and due for a look."""
    until = resource.embargoed_until
    if until and until > timezone.now():
        step_to(resource, Status.SCHEDULED, by=by, note=note, right=Right.TRUSTED, publish_at=until)
    else:
        made_public(resource, by=by, note=note, right=Right.TRUSTED)
    Submission.objects.update_or_create(
        resource=resource,
        defaults={"right": Right.TRUSTED, "review_due": True, "waiting_since": timezone.now()},
    )
    return resource


@transaction.atomic
def publish_resource(resource, *, by=None, note=""):
    """Let everybody see a draft, a submission, or what was withdrawn. Publishing it twice changes nothing."""
    resource = locked(resource)
    if resource.status == Status.PUBLISHED:
        return resource
    demand_no_embargo(resource, timezone.now())
    return made_public(resource, by=by, note=note)


def made_public(resource, *, by, note="", right=None):
    step_to(
        resource,
        Status.PUBLISHED,
        by=by,
        note=note,
        right=right,
        published_at=resource.published_at or timezone.now(),
        withdrawn_at=None,
        withdrawal_reason="",
    )
    refresh_cards_of_work(resource)
    keep_revision(resource, by=by)
    return resource


def demand_no_embargo(resource, moment):
    """Refuse to publish at a moment before the end of the embargo its contributor asked for."""
    until = resource.embargoed_until
    if until and until > moment:
        raise ValidationError(
            _("Its contributor asked not to publish it before %(time)s UTC. Schedule it for then.")
            % {"time": date_format(until.astimezone(timezone.get_default_timezone()), "Y-m-d H:i")}
        )


@transaction.atomic
def schedule_resource(resource, *, at, by=None, note=""):
    """Decide that a resource is published at a moment to come, by the clock."""
    resource = locked(resource)
    if resource.status == Status.SCHEDULED and resource.publish_at == at:
        return resource
    if at <= timezone.now():
        raise ValidationError(_("Name a moment to come, or publish it now."))
    demand_no_embargo(resource, at)
    return step_to(resource, Status.SCHEDULED, by=by, note=note, publish_at=at)


@transaction.atomic
def publish_due(resource, *, now=None):
    """Publish what is scheduled, once its time has come; else change nothing. Returns whether it did."""
    resource = locked(resource)
    if resource.status != Status.SCHEDULED or resource.publish_at > (now or timezone.now()):
        return False
    due = Submission.objects.filter(resource=resource, review_due=True).exists()
    made_public(resource, by=None)
    Submission.objects.filter(resource=resource).update(review_due=due)
    return True


@transaction.atomic
def withdraw_resource(resource, *, reason, by=None):
    """Take a published resource out of sight, leaving a tombstone that says why. Twice changes nothing."""
    resource = locked(resource)
    if resource.status == Status.WITHDRAWN:
        return resource
    step_to(
        resource,
        Status.WITHDRAWN,
        by=by,
        note=reason,
        withdrawn_at=timezone.now(),
        withdrawal_reason=reason.strip(),
    )
    refresh_cards_of_work(resource)
    keep_revision(resource, by=by)
    return resource


def simple_step(resource, end, *, by, note=""):
    """A step that changes nothing but the status; twice changes nothing."""
    resource = locked(resource)
    if resource.status == end:
        return resource
    return step_to(resource, end, by=by, note=note)


@transaction.atomic
def return_resource(resource, *, question, by=None):
    """Send a submission back to its contributor with a question."""
    return simple_step(resource, Status.RETURNED, by=by, note=question)


@transaction.atomic
def hold_resource(resource, *, reason, by=None):
    """Let a submission wait, for a reason."""
    return simple_step(resource, Status.HELD, by=by, note=reason)


@transaction.atomic
def resume_resource(resource, *, by=None, note=""):
    """Bring back to the queue what was on hold, scheduled, refused, or appealed against."""
    resource = locked(resource)
    if resource.status == Status.SUBMITTED:
        return resource
    return step_to(
        resource, Status.SUBMITTED, by=by, note=note, submitted_at=resource.submitted_at or timezone.now()
    )


@transaction.atomic
def refuse_resource(resource, *, reason, by=None):
    """Decide that a submission, or an appeal, does not go into the library."""
    return simple_step(resource, Status.REFUSED, by=by, note=reason)


@transaction.atomic
def appeal_refusal(resource, *, reason, by=None):
    """Ask the editors, once, to look again at what they refused."""
    return simple_step(resource, Status.APPEALED, by=by, note=reason)


@transaction.atomic
def retract_submission(resource, *, by=None):
    """Take a submission back to the drafts."""
    return simple_step(resource, Status.DRAFT, by=by)


def decide(resource, end, *, by, note="", at=None):
    """Do what an editor decided: bring the resource to the status `end`. `at` is the moment of a scheduled publication."""
    if end == Status.PUBLISHED:
        return publish_resource(resource, by=by, note=note)
    if end == Status.SCHEDULED:
        return schedule_resource(resource, at=at, by=by, note=note)
    if end == Status.SUBMITTED:
        return resume_resource(resource, by=by, note=note)
    if end == Status.RETURNED:
        return return_resource(resource, question=note, by=by)
    if end == Status.HELD:
        return hold_resource(resource, reason=note, by=by)
    return refuse_resource(resource, reason=note, by=by)
