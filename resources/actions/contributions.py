"""What a member begins: a draft with what is known of it, within bounds that nobody needs to pass."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from resources.actions.files import add_file
from resources.actions.resource import draft_resource
from resources.models import Kind, PostingRight, Publication, Resource, ResourceIdentifier, Right, Status
from resources.rules import is_staff
from vocabularies.queries import resolve_organisation

MOST_DRAFTS = 40
MOST_FILES = 20


@transaction.atomic
def begin_contribution(kind, *, title, language, found, by, url="", file=None, country=""):
    """Draft what a member brings, with what a registry or the file says of it (a `metadata.Found`).

    Blocked by the caller's rights; ValidationError for too many drafts, or a file that may not be kept.
    """
    demand_room(by)
    values = {
        "summary": found.summary,
        "url": url or found.url,
        "contributors": found.contributors,
        "identifiers": [(ResourceIdentifier.Scheme.DOI, found.doi)] if found.doi else [],
    }
    if found.published_on:
        values |= {"published_on": found.published_on, "published_precision": found.published_precision}
    if publisher := found.publisher and resolve_organisation(found.publisher):
        values["organisations"] = [(publisher, "publisher")]
    detail = {}
    if kind == Kind.PUBLICATION:
        names = ("container", "volume", "number", "pages")
        detail = {name: getattr(found, name) for name in names}
        detail["type"] = found.type or Publication.Type.OTHER
    if kind == Kind.COUNTRY:
        detail["country_id"] = country
        values["countries"] = [country]
    draft = draft_resource(kind, title=title, language=language, by=by, detail=detail, **values)
    if file:
        add_file(draft, file, by=by)
    return draft


def demand_room(member):
    """Refuse one more draft to a member who has very many."""
    if is_staff(member):
        return
    if Resource.objects.filter(submitted_by=member, status=Status.DRAFT).count() >= MOST_DRAFTS:
        raise ValidationError(
            _("You have %(count)d drafts. Hand one in or delete one before you begin another.")
            % {"count": MOST_DRAFTS}
        )


def demand_room_for_a_file(resource):
    if resource.files.count() >= MOST_FILES:
        raise ValidationError(_("A contribution has %(count)d files at most.") % {"count": MOST_FILES})


def block_of(member, kind):
    """The PostingRight that blocks a member from a kind altogether, or None."""
    right, row = PostingRight.objects.governing(member, kind)
    return row if right == Right.BLOCKED and not is_staff(member) else None
