"""Tagging many resources: started, gone on with one resource at a time, stopped."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from activity.ledger import record
from resources.actions.resource import edit_resource, locked
from resources.models import TaggingJob, TaggingRow
from resources.verbs import ResourceVerb

PARTS = ("add_topics", "drop_topics", "add_countries", "drop_countries")


@transaction.atomic
def start_tagging(resources, *, by=None, **parts):
    """Write a job for these resources; `parts` are instances or keys under the names of PARTS. A task does it."""
    job = TaggingJob.objects.create(by=by)
    for name in PARTS:
        getattr(job, name).set(parts.get(name, ()))
    TaggingRow.objects.bulk_create(TaggingRow(job=job, resource=resource) for resource in resources)
    record(ResourceVerb.TAGGING_STARTED, actor=by, subject=job)
    return job


@transaction.atomic
def stop_tagging(job, *, by=None):
    """Leave the resources alone that still wait; what is done stays done. Twice changes nothing."""
    job = TaggingJob.objects.select_for_update().get(pk=job.pk)
    if not job.is_running:
        return job
    end(job, TaggingJob.Status.STOPPED)
    record(ResourceVerb.TAGGING_STOPPED, actor=by, subject=job)
    return job


@transaction.atomic
def tag_next(job):
    """Tag the next resource of a running job and write down what became of it; None where there is none left.

    The edit and its row commit together, and the job is locked meanwhile: however many workers take it up, and
    wherever one dies, each resource is tagged once.
    """
    job = TaggingJob.objects.select_for_update(of=("self",)).select_related("by").get(pk=job.pk)
    if not job.is_running:
        return None
    row = job.rows.filter(state=TaggingRow.State.WAITING).select_related("resource").first()
    if row is None:
        end(job, TaggingJob.Status.DONE)
        return None
    parts = {name: set(getattr(job, name).values_list("pk", flat=True)) for name in PARTS}
    try:
        with transaction.atomic():
            is_changed = tag_resource(row.resource, by=job.by, **parts)
        row.state = TaggingRow.State.CHANGED if is_changed else TaggingRow.State.UNCHANGED
    except ValidationError as error:
        row.state, row.reason = TaggingRow.State.FAILED, " ".join(error.messages)[:300]
    row.save(update_fields=["state", "reason"])
    job.moved_at = timezone.now()
    job.save(update_fields=["moved_at"])
    return row


@transaction.atomic
def tag_resource(resource, *, add_topics=(), drop_topics=(), add_countries=(), drop_countries=(), by=None):
    """Add and take away topics and countries, given by their keys. Returns whether that changed anything."""
    resource = locked(resource)
    topics = set(resource.topic_links.values_list("topic_id", flat=True))
    countries = set(resource.countries.values_list("pk", flat=True))
    values = {}
    if (wanted := (topics | set(add_topics)) - set(drop_topics)) != topics:
        values["topics"] = sorted(wanted)
    if (wanted := (countries | set(add_countries)) - set(drop_countries)) != countries:
        values["countries"] = sorted(wanted)
    if values:
        edit_resource(resource, by=by, **values)
    return bool(values)


def end(job, status):
    job.status, job.ended_at = status, timezone.now()
    job.save(update_fields=["status", "ended_at"])
