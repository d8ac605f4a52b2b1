"""What editors and contributors do around a submission: claims, messages, expiry, drafts thrown away or attached."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.ledger import record
from resources.actions.copies import next_version
from resources.actions.resource import locked, refresh_card, refresh_cards_of_work, set_parts
from resources.actions.revisions import keep_revision
from resources.models import (
    Kind,
    Resource,
    Status,
    Submission,
    SubmissionMessage,
    Work,
)
from resources.queries.expiry import over
from resources.snapshots import PARTS, arguments, snapshot
from resources.verbs import ResourceVerb


@transaction.atomic
def claim_submission(resource, *, by, take_over=False):
    """Take a submission on. Twice changes nothing; what somebody else has taken on is refused unless taken over."""
    submission = Submission.objects.select_for_update().filter(pk=resource.pk).first()
    if submission is None:
        raise ValidationError(_("This was never handed in, so there is nothing to take on."))
    if submission.claimed_by_id == by.pk:
        return submission
    if submission.claimed_by_id and not take_over:
        raise ValidationError(_("%(name)s has taken this on already.") % {"name": submission.claimed_by})
    submission.claimed_by, submission.claimed_at = by, timezone.now()
    submission.save(update_fields=["claimed_by", "claimed_at"])
    record(ResourceVerb.CLAIMED, actor=by, subject=resource)
    return submission


@transaction.atomic
def release_submission(resource, *, by):
    """Give a submission back to the queue. Giving back what one has not taken on changes nothing."""
    released = Submission.objects.filter(pk=resource.pk, claimed_by=by).update(
        claimed_by=None, claimed_at=None
    )
    if released:
        record(ResourceVerb.RELEASED, actor=by, subject=resource)


@transaction.atomic
def mark_reviewed(resource, *, by):
    """Note that an editor has looked at what somebody trusted published. Twice changes nothing."""
    looked = Submission.objects.filter(pk=resource.pk, review_due=True).update(
        review_due=False, claimed_by=None, claimed_at=None
    )
    if looked:
        record(ResourceVerb.REVIEWED, actor=by, subject=resource)


@transaction.atomic
def write_message(resource, text, *, by, is_internal=False):
    """Add to the thread of a submission. The same words twice in a row, as a form sent twice, are kept once."""
    locked(resource)
    last = resource.messages.order_by("-pk").first()
    if last and (last.author_id, last.text, last.is_internal) == (by.pk, text, is_internal):
        return last
    message = SubmissionMessage.objects.create(
        resource=resource, author=by, text=text, is_internal=is_internal
    )
    record(
        ResourceVerb.MESSAGE_WRITTEN,
        actor=by,
        subject=resource,
        message=message.pk,
        is_internal=is_internal,
    )
    return message


@transaction.atomic
def delete_draft(resource, *, by=None):
    """Throw a draft away, its files with it. Twice changes nothing."""
    resource = Resource.objects.select_for_update().filter(pk=resource.pk).first()
    if resource is None:
        return
    if resource.status != Status.DRAFT:
        raise ValidationError(_("Only a draft can be deleted. Take the submission back first."))
    record(ResourceVerb.DRAFT_DELETED, actor=by, subject=resource, title=resource.title)
    contents = [stored for file in resource.files.all() for stored in (file.file, file.thumbnail) if stored]
    work = resource.work
    resource.delete()
    drop_if_empty(work)
    transaction.on_commit(lambda: [stored.storage.delete(stored.name) for stored in contents])


def drop_if_empty(work):
    if not work.resources.exists():
        work.delete()


@transaction.atomic
def attach_draft(draft, original, *, as_version, by=None):
    """Make a draft a new version of another work, or its text in another language.

    What the draft does not say itself (people, organisations, topics, places) it takes from the original.
    """
    draft = locked(draft)
    if draft.kind != original.kind or draft.kind == Kind.COUNTRY:
        raise ValidationError(_("Only records of the same kind belong together; a country has one profile."))
    if draft.status != Status.DRAFT:
        raise ValidationError(_("Only a draft can be attached to another work."))
    Work.objects.select_for_update().get(pk=original.work_id)
    left, draft.work_id = draft.work, original.work_id
    if as_version:
        draft.language_id = original.language_id
        draft.version = next_version(draft)
    else:
        draft.version = original.version
        taken = Resource.objects.filter(
            work=original.work_id, language=draft.language_id, version=draft.version
        ).exclude(pk=draft.pk)
        if taken.exists():
            raise ValidationError(
                _("This work has a record in this language already, or somebody is preparing one.")
            )
    try:
        with transaction.atomic():
            draft.save(update_fields=["work", "version", "language", "updated_at"])
    except IntegrityError:
        raise ValidationError(_("Somebody attached the same at this moment. Look at it once more.")) from None
    if left.pk != draft.work_id:
        drop_if_empty(left)
    own, theirs = snapshot(draft), snapshot(original)
    missing = [name for name in PARTS if name != "identifiers" and not own[name] and theirs[name]]
    set_parts(draft, **{k: v for k, v in arguments(draft.kind, theirs, missing).items() if k in PARTS})
    refresh_card(draft)
    keep_revision(draft, by=by)
    record(ResourceVerb.ATTACHED, actor=by, subject=draft, original=original.pk)
    return draft


@transaction.atomic
def set_expiry(resource, *, today):
    """Mark as expired a published job that is closed or an event that is over; take the mark from what is open again.

    Returns whether anything changed.
    """
    resource = locked(resource)
    ended, open_again = over(today, only=resource.pk)
    if not ended and not open_again:
        return False
    resource.expired_at = timezone.now() if ended else None
    resource.save(update_fields=["expired_at", "updated_at"])
    refresh_cards_of_work(resource)
    record(ResourceVerb.EXPIRED if ended else ResourceVerb.REVIVED, subject=resource)
    return True
