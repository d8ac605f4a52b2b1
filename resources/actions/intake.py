"""Imports: started, corrected, let in, stopped, gone on with, taken back. A worker does what they ask for."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.ledger import record
from resources.models import Import, ImportRow
from resources.verbs import ResourceVerb

Status = Import.Status


@transaction.atomic
def start_import(*, by=None, **values):
    """Write down a file or an address to import from; a worker reads and checks it, and writes nothing yet."""
    job = Import.objects.create(by=by, **values)
    record(ResourceVerb.IMPORT_STARTED, actor=by, subject=job)
    return job


@transaction.atomic
def map_columns(job, columns, *, by=None):
    """Say what the columns of a table mean; its rows are checked anew. Only before anything is written."""
    job = locked(job)
    demand(job, Status.READY, Status.CHECKING)
    if columns == job.columns:
        return job
    job.columns = columns
    job.rows.exclude(reason=ImportRow.Reason.UNREADABLE).update(
        ref="",
        state=ImportRow.State.WAITING,
        outcome="",
        reason="",
        detail="",
        notes=[],
        resource=None,
        twin=None,
        title_key="",
        url_key="",
        doi="",
    )
    move(job, Status.CHECKING)
    record(ResourceVerb.IMPORT_MAPPED, actor=by, subject=job)
    return job


@transaction.atomic
def approve_import(job, *, publishes, by=None):
    """Let the library take what was checked, as drafts or published at once. Twice changes nothing."""
    job = locked(job)
    if job.status == Status.WRITING:
        return job
    demand(job, Status.READY)
    job.publishes = publishes
    move(job, Status.WRITING)
    record(ResourceVerb.IMPORT_APPROVED, actor=by, subject=job, publishes=publishes)
    return job


@transaction.atomic
def stop_import(job, *, by=None):
    """Leave the rest alone; what is written stays. Twice changes nothing."""
    job = locked(job)
    if not job.is_working:
        return job
    move(job, Status.STOPPED)
    record(ResourceVerb.IMPORT_STOPPED, actor=by, subject=job)
    return job


@transaction.atomic
def resume_import(job, *, by=None):
    """Go on where an import was stopped."""
    job = locked(job)
    if job.is_working:
        return job
    demand(job, Status.STOPPED)
    rows = job.rows
    if not job.is_read:
        status = Status.READING
    elif rows.filter(state__in=[ImportRow.State.UNDONE, ImportRow.State.KEPT]).exists():
        status = Status.UNDOING
    elif rows.filter(state=ImportRow.State.WAITING).exists():
        status = Status.CHECKING
    else:
        status = Status.WRITING if rows.filter(state=ImportRow.State.WRITTEN).exists() else Status.READY
    job.ended_at, job.waits_until = None, None
    move(job, status)
    record(ResourceVerb.IMPORT_RESUMED, actor=by, subject=job)
    return job


@transaction.atomic
def take_back_import(job, *, by=None):
    """Undo all that an import wrote: its drafts go, what it published is withdrawn, what somebody edited since is kept."""
    job = locked(job)
    if job.status in (Status.UNDOING, Status.UNDONE):
        return job
    demand(job, Status.DONE, Status.STOPPED)
    if not job.rows.filter(state=ImportRow.State.WRITTEN).exists():
        raise ValidationError(_("This import has written nothing that could be undone."))
    move(job, Status.UNDOING)
    record(ResourceVerb.IMPORT_TAKEN_BACK, actor=by, subject=job)
    return job


def locked(job):
    return Import.objects.select_for_update().get(pk=job.pk)


def demand(job, *statuses):
    if job.status not in statuses:
        raise ValidationError(
            _("This import is “%(status)s”; that step is not open to it now.")
            % {"status": job.get_status_display()}
        )


def move(job, status, problem=""):
    """Set the status with its date."""
    job.status, job.moved_at, job.problem = status, timezone.now(), problem[:300]
    is_over = status in (Status.DONE, Status.STOPPED, Status.UNDONE, Status.FAILED)
    job.ended_at = job.moved_at if is_over else None
    job.save()
