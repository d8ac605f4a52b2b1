"""The queue of the editors: what waits, the oldest first."""

from django.db.models import Q

from resources.models import WAITING, Kind, Right, Status, Submission

STATES = ("waiting", "mine", "unclaimed", "seen-after", "returned", "held", "scheduled", "refused", "all")


def read_queue(params):
    """What the queue is narrowed to; what nobody knows is left out."""
    state, kind, right = (params.get(name, "") for name in ("state", "kind", "right"))
    return {
        "state": state if state in STATES else "waiting",
        "kind": kind if kind in Kind.values else "",
        "right": right if right in Right.values else "",
    }


def queued(filters, member):
    """Submissions with their resources, the longest waiting first."""
    found = Submission.objects.all()
    state = filters["state"]
    if state in ("waiting", "mine", "unclaimed"):
        found = found.waiting()
    if state == "mine":
        found = Submission.objects.filter(
            Q(resource__status__in=(*WAITING, Status.RETURNED, Status.HELD)) | Q(review_due=True),
            claimed_by=member,
        )
    if state == "unclaimed":
        found = found.filter(claimed_by=None)
    if state == "seen-after":
        found = found.filter(review_due=True)
    if state in (Status.RETURNED, Status.HELD, Status.SCHEDULED, Status.REFUSED):
        found = found.filter(resource__status=state)
    if filters["kind"]:
        found = found.filter(resource__kind=filters["kind"])
    if filters["right"]:
        found = found.filter(right=filters["right"])
    return (
        found.select_related("resource__language", "resource__submitted_by", "claimed_by")
        .only(
            "right",
            "waiting_since",
            "review_due",
            "claimed_at",
            "claimed_by__name",
            "claimed_by__email",
            "resource__kind",
            "resource__status",
            "resource__title",
            "resource__embargoed_until",
            "resource__publish_at",
            "resource__language__code",
            "resource__language__is_rtl",
            "resource__submitted_by__name",
            "resource__submitted_by__email",
        )
        .oldest_first()
    )
