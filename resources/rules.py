"""Who may do what to a resource."""

from resources.models import STEPS, TRUSTED_STEPS, WAITING, Right, Status
from resources.models.editorial import CONTRIBUTOR, EDITOR

WRITABLE = (Status.DRAFT, Status.RETURNED, Status.SUBMITTED)


def is_staff(member):
    return member.is_authenticated and member.is_staff


def is_contributor(member, resource):
    """Did this member hand the resource in, or begin it?"""
    return member.is_authenticated and resource.submitted_by_id == member.pk


def can_contribute(member):
    """Every member may hand something in; what the editors think of it is another matter."""
    return member.is_authenticated


def can_edit(member, resource):
    """Staff edit everything; a contributor their own, until an editor has taken it on or decided about it."""
    if is_staff(member):
        return True
    if not is_contributor(member, resource) or resource.status not in WRITABLE:
        return False
    return resource.status != Status.SUBMITTED or claimant_of(resource) is None


def claimant_of(resource):
    """The key of the editor who has taken a submission on, or None."""
    submission = getattr(resource, "submission", None)
    return submission.claimed_by_id if submission else None


def can_take_step(member, resource, end, *, right=Right.UNVERIFIED):
    """May this member bring the resource to the status `end`, as the table of steps says?

    Who refused decides about the appeal only as a superuser: somebody else should look.
    """
    step = STEPS.get((resource.status, end))
    if step is None:
        return False
    if is_staff(member) and EDITOR in step.who:
        return step.start != Status.APPEALED or member.is_superuser or refuser_of(resource) != member.pk
    if not is_contributor(member, resource):
        return False
    if right == Right.TRUSTED and (step.start, step.end) in TRUSTED_STEPS:
        return True
    if CONTRIBUTOR not in step.who:
        return False
    return end != Status.APPEALED or not has_appealed(resource)


def refuser_of(resource):
    """The key of the editor who refused a resource last, or None."""
    refusals = resource.transitions.filter(to_status=Status.REFUSED)
    return refusals.order_by("-pk").values_list("actor", flat=True).first()


def has_appealed(resource):
    """A refusal can be appealed against once."""
    return resource.transitions.filter(to_status=Status.APPEALED).exists()


def can_read_submission(member, resource):
    """The thread and the log of a resource belong to its contributor and the editors."""
    return is_staff(member) or is_contributor(member, resource)


def can_write_message(member, resource):
    return can_read_submission(member, resource) and resource.status != Status.DRAFT


def can_delete_draft(member, resource):
    """A draft that was never handed in can be thrown away by whoever began it."""
    return is_contributor(member, resource) and resource.status == Status.DRAFT


def can_claim(member, resource):
    """Editors take on what waits for them, and what was published before anybody looked."""
    if not is_staff(member):
        return False
    submission = getattr(resource, "submission", None)
    return submission is not None and (
        resource.status in (*WAITING, Status.HELD, Status.RETURNED) or submission.review_due
    )


def can_set_rights(member):
    return is_staff(member)


def can_draft(member):
    """Who may bring resources in over the API."""
    return member.is_authenticated and member.is_staff


def can_publish(member):
    return is_staff(member)


def can_curate(member):
    """Staff choose and order what stands on curated pages."""
    return is_staff(member)


def can_tag_many(member):
    """Staff tag many resources at once."""
    return is_staff(member)


def can_see_link_health(member):
    """Staff see which links are broken, and name archived copies."""
    return member.is_authenticated and member.is_staff


def can_see_usage(member):
    """Staff see how often items are used."""
    return member.is_authenticated and member.is_staff


def can_import(member):
    """Staff bring many records in at once."""
    return member.is_authenticated and member.is_staff


def can_withdraw(member, resource):
    return can_publish(member) and resource.status == Status.PUBLISHED


def can_use_desk(member):
    return is_staff(member)
