"""Files of a resource: added, read, removed."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from activity.ledger import record
from kit.uploads import check_upload
from resources.actions.resource import locked, refresh_card
from resources.models import Resource, ResourceFile
from resources.verbs import ResourceVerb

READABLE = {"application/pdf"}
MOST_ATTEMPTS = 3
LEASE = timedelta(minutes=5)


@transaction.atomic
def add_file(resource, file, *, by=None, label="", language_id=None):
    """Keep an uploaded file with a resource; the same content twice is kept once. ValidationError for what may not be kept."""
    upload = check_upload(file)
    resource = locked(resource)
    present = resource.files.filter(sha256=upload.sha256).first()
    if present:
        return present
    last = resource.files.aggregate(last=Max("position"))["last"] or 0
    kept = ResourceFile(
        resource=resource,
        label=label,
        media_type=upload.media_type,
        size=upload.size,
        sha256=upload.sha256,
        language_id=language_id,
        position=last + 1,
        reading=ResourceFile.Reading.WAITING
        if upload.media_type in READABLE
        else ResourceFile.Reading.NOT_READ,
    )
    kept.file.save(upload.name, file, save=False)
    kept.save()
    refresh_card(resource)
    record(ResourceVerb.FILE_ADDED, actor=by, subject=resource, file=kept.pk)
    return kept


def claim_file(now=None):
    """The next file to read, leased to the caller for five minutes; None when there is none.

    A file whose reader died three times is recorded as broken, and not tried again.
    """
    now = now or timezone.now()
    waiting = Q(reading=ResourceFile.Reading.WAITING)
    forsaken = Q(reading=ResourceFile.Reading.RUNNING, reading_since__lt=now - LEASE)
    ResourceFile.objects.filter(forsaken, attempts__gte=MOST_ATTEMPTS).update(
        reading=ResourceFile.Reading.BROKEN, reading_reason="Reading it failed three times."
    )
    for file in ResourceFile.objects.filter(waiting | forsaken).order_by("added_at")[:10]:
        mine = ResourceFile.objects.filter(waiting | forsaken, pk=file.pk).update(
            reading=ResourceFile.Reading.RUNNING, reading_since=now, attempts=F("attempts") + 1
        )
        if mine:
            return file
    return None


@transaction.atomic
def keep_reading(file, extraction):
    """Write down what reading a file gave, and bring its text to its resource. A file removed meanwhile is left alone."""
    file = ResourceFile.objects.select_for_update().filter(pk=file.pk).first()
    if file is None:
        return None
    file.reading, file.reading_reason = extraction.state, extraction.reason
    file.pages, file.text = extraction.pages, extraction.text
    if extraction.thumbnail:
        file.thumbnail.save(f"{file.sha256[:16]}.webp", ContentFile(extraction.thumbnail), save=False)
    file.save(update_fields=["reading", "reading_reason", "pages", "text", "thumbnail"])
    gather_text(file.resource)
    record(ResourceVerb.FILE_READ, subject=file.resource, file=file.pk, state=extraction.state)
    return file


@transaction.atomic
def remove_file(file, *, by=None):
    """Take a file from its resource; its content leaves the disk once that is certain. Twice changes nothing."""
    file = ResourceFile.objects.select_related("resource").filter(pk=file.pk).first()
    if file is None:
        return
    resource, content, thumbnail, pk = file.resource, file.file, file.thumbnail, file.pk
    file.delete()
    gather_text(resource)
    record(ResourceVerb.FILE_REMOVED, actor=by, subject=resource, file=pk)

    def forget():
        for stored in (content, thumbnail):
            if stored:
                stored.storage.delete(stored.name)

    transaction.on_commit(forget)


def gather_text(resource):
    """The resource's searchable text of all its files, and its card."""
    texts = resource.files.exclude(text="").values_list("text", flat=True)
    Resource.objects.filter(pk=resource.pk).update(file_text="\n".join(texts), updated_at=timezone.now())
    refresh_card(resource)
