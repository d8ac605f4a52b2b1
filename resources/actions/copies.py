"""New drafts made of what is there: a clone of a near-identical item, a translation, a new version."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from resources.actions.resource import draft_resource
from resources.models import Kind, Resource, Work
from resources.snapshots import PARTS, arguments, detail_fields, snapshot

# What names one text and no other: a copy has its own, or none.
OWN = ("url", "version_note", "source", "source_ref", "is_sample", "identifiers")
TEXTS = ("summary", "body")


@transaction.atomic
def clone_resource(resource, *, by=None):
    """A new draft of the same kind with the same words and parts, as a work of its own.

    Its identifiers, address and files are left behind: they belong to the original.
    """
    if resource.kind == Kind.COUNTRY:
        raise ValidationError(_("A country has one profile. Edit that one."))
    return copy(resource, by=by, leave=OWN)


@transaction.atomic
def translate_resource(resource, language, *, by=None):
    """A new draft of the same work and version in another language (an instance or a code).

    People, organisations, topics, places and details are taken over; summary and text are left for the translator.
    """
    code = getattr(language, "pk", language)
    if resource.kind == Kind.COUNTRY:
        raise ValidationError(_("A country has one profile. Edit that one."))
    Work.objects.select_for_update().get(pk=resource.work_id)
    taken = Resource.objects.filter(work=resource.work_id, version=resource.version, language=code)
    if taken.exists():
        raise ValidationError(
            _("This work has a record in this language already, or somebody is preparing one.")
        )
    return copy(
        resource,
        by=by,
        leave=(*OWN, *TEXTS),
        language=code,
        work=resource.work,
        version=resource.version,
    )


@transaction.atomic
def draft_version(resource, *, by=None):
    """A new draft of the next version of a work in the same language, with the same words and parts."""
    if resource.kind == Kind.COUNTRY:
        raise ValidationError(_("A country has one profile. Edit that one."))
    return copy(resource, by=by, leave=OWN, work=resource.work, version=next_version(resource))


def next_version(resource):
    """The first free version number of the work in the resource's language, under the lock of the work."""
    Work.objects.select_for_update().get(pk=resource.work_id)
    versions = Resource.objects.filter(work=resource.work_id, language=resource.language_id)
    return (versions.aggregate(last=Max("version"))["last"] or 0) + 1


def copy(resource, *, by, leave, **values):
    """A draft with all that a snapshot of the resource holds, but for what is left behind and what `values` say."""
    data = snapshot(resource)
    names = [n for n in (*data, *PARTS) if n not in leave and n not in ("detail", "version")]
    names += [f"detail.{name}" for name in detail_fields(resource.kind)]
    return draft_resource(resource.kind, by=by, **{**arguments(resource.kind, data, names), **values})
