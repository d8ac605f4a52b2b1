"""What staff do at the desk beside editing: go back to a revision, keep what is typed, change the guidance."""

from django.db import transaction
from django.utils.translation import gettext as _

from activity.ledger import record
from resources.actions.resource import edit_resource
from resources.models import Autosave, FieldGuidance
from resources.snapshots import TOLD, arguments, differences, snapshot
from resources.verbs import ResourceVerb


@transaction.atomic
def restore_revision(revision, *, by=None):
    """Give a resource the fields and parts of a revision, as a new edit; its status stays. Twice changes nothing."""
    resource = revision.resource
    names = [name for name in differences(snapshot(resource), revision.data) if name not in TOLD]
    if not names:
        return resource
    note = _("Restored from version %(number)d") % {"number": revision.number}
    return edit_resource(resource, by=by, note=note, **arguments(resource.kind, revision.data, names))


def keep_autosave(member, kind, data, *, resource=None):
    """Keep what a member has typed so far, in place of what was kept before. No activity: nobody else may see it."""
    key = {"member": member, "resource": resource} | ({} if resource else {"kind": kind})
    kept, _made = Autosave.objects.update_or_create(**key, defaults={"data": data, "kind": kind})
    return kept


def drop_autosave(member, kind, *, resource=None):
    """Forget what a member has typed and not saved."""
    Autosave.objects.filter(member=member, kind=kind, resource=resource).delete()


@transaction.atomic
def set_guidance(kind, field, language, text, *, by=None):
    """Say something else beside a field; an empty text goes back to the words that come with the portal."""
    key = {"kind": kind, "field": field, "language": language}
    before = FieldGuidance.objects.filter(**key).first()
    if (before.text if before else "") == text.strip():
        return
    if text.strip():
        subject, _made = FieldGuidance.objects.update_or_create(**key, defaults={"text": text.strip()})
    else:
        before.delete()
        subject = None
    record(ResourceVerb.GUIDANCE_CHANGED, actor=by, subject=subject, **key)
