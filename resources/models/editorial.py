"""The way of a resource through the editors: the steps there are, their log, the queue, the thread, who may post."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.models.resource import Kind, Resource, Status
from resources.verbs import ResourceVerb
from vocabularies.models import Organisation

CONTRIBUTOR, EDITOR = "contributor", "editor"


@dataclass(frozen=True)
class Step:
    """One allowed change of status: who may take it, what it is called, what it is recorded as.

    A note is what the other side reads of it; where it is needed, the step is not taken without one.
    The portal itself (an import, the clock) may take every step.
    """

    start: str
    end: str
    title: str
    verb: str
    who: frozenset
    needs_note: bool = False


def steps(starts, end, title, verb, *who, needs_note=False):
    return [Step(start, end, title, verb, frozenset(who), needs_note) for start in starts]


S, V = Status, ResourceVerb
IN_REVIEW = (S.SUBMITTED, S.RETURNED, S.HELD)
# All steps there are. The database refuses every other one: see `resources.guard`.
STEPS = {
    (step.start, step.end): step
    for step in [
        *steps([S.DRAFT], S.SUBMITTED, _("Submitted"), V.SUBMITTED, CONTRIBUTOR, EDITOR),
        *steps([S.RETURNED], S.SUBMITTED, _("Answered"), V.ANSWERED, CONTRIBUTOR, EDITOR, needs_note=True),
        *steps(IN_REVIEW, S.DRAFT, _("Taken back"), V.RETRACTED, CONTRIBUTOR),
        *steps(
            [S.SUBMITTED, S.HELD],
            S.RETURNED,
            _("Returned with a question"),
            V.RETURNED,
            EDITOR,
            needs_note=True,
        ),
        *steps([S.SUBMITTED, S.RETURNED], S.HELD, _("Put on hold"), V.HELD, EDITOR, needs_note=True),
        *steps([S.HELD], S.SUBMITTED, _("Taken up again"), V.RESUMED, EDITOR),
        *steps([S.DRAFT, *IN_REVIEW], S.SCHEDULED, _("Scheduled"), V.SCHEDULED, EDITOR),
        *steps([S.SCHEDULED], S.SUBMITTED, _("Taken from the schedule"), V.RESUMED, EDITOR),
        *steps([S.DRAFT, *IN_REVIEW, S.SCHEDULED], S.PUBLISHED, _("Published"), V.PUBLISHED, EDITOR),
        *steps(IN_REVIEW, S.REFUSED, _("Refused"), V.REFUSED, EDITOR, needs_note=True),
        *steps([S.REFUSED], S.APPEALED, _("Appealed"), V.APPEALED, CONTRIBUTOR, needs_note=True),
        *steps([S.APPEALED], S.SUBMITTED, _("Appeal accepted"), V.RESUMED, EDITOR),
        *steps([S.APPEALED], S.REFUSED, _("Appeal rejected"), V.REFUSED, EDITOR, needs_note=True),
        *steps([S.REFUSED], S.SUBMITTED, _("Opened again"), V.RESUMED, EDITOR),
        *steps([S.PUBLISHED], S.WITHDRAWN, _("Withdrawn"), V.WITHDRAWN, EDITOR, needs_note=True),
        *steps([S.WITHDRAWN], S.PUBLISHED, _("Published again"), V.PUBLISHED, EDITOR),
    ]
}
# A contributor whom the editors trust takes these steps too.
TRUSTED_STEPS = {(S.DRAFT, S.PUBLISHED), (S.DRAFT, S.SCHEDULED)}
WAITING = (S.SUBMITTED, S.APPEALED)


def known_steps():
    """The condition that a row of the log is an entry or one of STEPS."""
    condition = Q(from_status="", to_status__in=Status.values)
    for start, end in STEPS:
        condition |= Q(from_status=start, to_status=end)
    return condition


class Transition(models.Model):
    """The log: one row for the entry of a resource, written by the database, and one for each step since."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="transitions")
    from_status = models.CharField(_("from"), max_length=10, blank=True, choices=Status.choices)
    to_status = models.CharField(_("to"), max_length=10, choices=Status.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    note = models.TextField(_("note"), blank=True)
    revision = models.PositiveIntegerField(
        _("revision"), null=True, blank=True, help_text=_("The last revision when the step was taken.")
    )

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=known_steps(), name="transition_is_a_step")]

    def __str__(self):
        return f"{self.resource_id} {self.from_status or '·'} → {self.to_status}"

    @property
    def step(self):
        """The step, or None of an entry."""
        return STEPS.get((self.from_status, self.to_status))


class Right(models.TextChoices):
    """What a member may do with what they hand in, the least first."""

    BLOCKED = "blocked", _("Blocked")
    UNVERIFIED = "unverified", _("Not verified")
    ALLOWED = "allowed", _("Allowed")
    TRUSTED = "trusted", _("Trusted")


class PostingRightQuerySet(models.QuerySet):
    def governing(self, member, kind, organisations=()):
        """(right, row or None): what holds for a member who hands in a kind for these organisations.

        A row about the member goes before one about the domain of the address, one about the organisation before
        one about any, one about the kind before one about all. Of several organisations the least right holds.
        """
        keys = [getattr(organisation, "pk", organisation) for organisation in organisations] or [None]
        domain = member.email.rpartition("@")[2].lower()
        rows = self.filter(
            Q(member=member) | Q(email_domain=domain, member=None),
            Q(organisation=None) | Q(organisation__in=[key for key in keys if key]),
            kind__in=("", kind),
        )
        rows = sorted(rows, key=lambda r: (r.member_id is None, r.organisation_id is None, r.kind == ""))
        found = []
        for key in keys:
            row = next((r for r in rows if r.organisation_id in (None, key)), None)
            found.append((Right(row.right) if row else Right.UNVERIFIED, row))
        order = list(Right)
        return min(found, key=lambda pair: order.index(pair[0]))

    def blocks_of(self, member):
        """The rows that block this member from something."""
        domain = member.email.rpartition("@")[2].lower()
        about = Q(member=member) | Q(email_domain=domain, member=None)
        return self.filter(about, right=Right.BLOCKED)


class PostingRight(models.Model):
    """What a member, or everybody with an address of a domain, may do for an organisation (or any) with a kind (or all)."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="posting_rights",
        verbose_name=_("member"),
    )
    email_domain = models.CharField(_("domain of the address"), max_length=253, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="posting_rights",
        verbose_name=_("organisation"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, blank=True)
    right = models.CharField(_("right"), max_length=10, choices=Right.choices)
    reason = models.TextField(_("reason"), blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    set_at = models.DateTimeField(_("set at"), default=timezone.now)

    objects = PostingRightQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting right")
        verbose_name_plural = _("posting rights")
        ordering = ["-set_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Coalesce("member", 0),
                "email_domain",
                Coalesce("organisation", 0),
                "kind",
                name="posting_right_once",
                violation_error_message=_("There is a right for just this already. Change that one."),
            ),
            models.CheckConstraint(
                condition=Q(member=None) & ~Q(email_domain="") | Q(member__isnull=False, email_domain=""),
                name="posting_right_of_a_member_or_a_domain",
            ),
            models.CheckConstraint(condition=Q(right__in=Right.values), name="posting_right_known"),
            models.CheckConstraint(
                condition=~Q(right=Right.BLOCKED) | ~Q(reason=""), name="posting_right_blocked_with_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.member_id or self.email_domain} {self.organisation_id or '*'} {self.kind or '*'} {self.right}"


class RightAppeal(models.Model):
    """A blocked member asks the editors to look again; their answer stays with it."""

    right = models.ForeignKey(PostingRight, on_delete=models.CASCADE, related_name="appeals")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="right_appeals"
    )
    text = models.TextField(_("text"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("appeal against a block")
        verbose_name_plural = _("appeals against blocks")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["right", "member"], condition=Q(answered_at=None), name="right_appeal_one_open"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="right_appeal_says_something"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="right_appeal_answered_with_words",
            ),
        ]

    def __str__(self):
        return f"{self.member_id} {self.right_id}"


class SubmissionQuerySet(models.QuerySet):
    def waiting(self):
        """What the editors have to look at: handed in, appealed, or published at once by somebody trusted."""
        return self.filter(Q(resource__status__in=WAITING) | Q(review_due=True))

    def oldest_first(self):
        return self.order_by("waiting_since", "pk")


class Submission(models.Model):
    """What the editors keep about a resource that was handed in."""

    resource = models.OneToOneField(
        Resource, on_delete=models.CASCADE, primary_key=True, related_name="submission"
    )
    right = models.CharField(
        _("right when it was handed in"), max_length=10, choices=Right.choices, default=Right.UNVERIFIED
    )
    waiting_since = models.DateTimeField(_("waiting since"), default=timezone.now, db_index=True)
    review_due = models.BooleanField(
        _("published, still to be looked at"), default=False, help_text=_("Handed in by somebody trusted.")
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="claims"
    )
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.CheckConstraint(
                condition=Q(claimed_by=None) | Q(claimed_at__isnull=False),
                name="submission_claimed_at_a_time",
            ),
            models.CheckConstraint(condition=Q(right__in=Right.values), name="submission_right_known"),
        ]

    def __str__(self):
        return f"submission {self.pk}"


class SubmissionMessage(models.Model):
    """What the contributor and the editors write to each other about a resource, and what editors note among themselves."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(_("text"))
    is_internal = models.BooleanField(_("for the editors only"), default=False)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("message about a submission")
        verbose_name_plural = _("messages about submissions")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="submission_message_says_something")
        ]

    def __str__(self):
        return f"{self.resource_id} {self.at:%Y-%m-%d %H:%M}"
