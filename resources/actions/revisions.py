"""Keeps what a resource was after each change."""

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from resources.models import Revision
from resources.snapshots import digest, snapshot


class EditConflict(ValidationError):
    """Somebody else changed the resource after this edit was begun; `current` is how it stands now."""

    def __init__(self, current):
        super().__init__(_("Somebody else changed this record while you were working on it."))
        self.current = current


def keep_revision(resource, *, by=None, note=""):
    """Write down how the resource stands now, in the running transaction, under the lock of its row."""
    data = snapshot(resource)
    last = resource.revisions.aggregate(last=Max("number"))["last"] or 0
    return Revision.objects.create(
        resource=resource, number=last + 1, by=by, data=data, digest=digest(data), note=note[:200]
    )


def keep_first_revision(resource):
    """Before the first edit of what was loaded in bulk: write down how it stood."""
    if not resource.revisions.exists():
        keep_revision(resource)


def demand_unchanged(resource, stamp):
    """EditConflict unless the resource still is what `stamp`, a digest, was made of."""
    if stamp:
        current = snapshot(resource)
        if digest(current) != stamp:
            raise EditConflict(current)
