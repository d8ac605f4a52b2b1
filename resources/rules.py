"""Who may do what to a resource."""

from resources.models import Status


def can_edit(member, resource):
    """Staff edit everything; a submitter their own, until it is published."""
    if not member.is_authenticated:
        return False
    return member.is_staff or (
        resource.submitted_by_id == member.pk and resource.status in (Status.DRAFT, Status.SUBMITTED)
    )


def can_publish(member):
    return member.is_authenticated and member.is_staff


def can_curate(member):
    """Staff choose and order what stands on curated pages."""
    return member.is_authenticated and member.is_staff


def can_tag_many(member):
    """Staff tag many resources at once."""
    return member.is_authenticated and member.is_staff


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
    return member.is_authenticated and member.is_staff
