"""Who may post: rights set and removed, appeals against a block."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.ledger import record
from resources.models import PostingRight, Right, RightAppeal
from resources.verbs import ResourceVerb


@transaction.atomic
def set_right(right, *, by=None, member=None, email_domain="", organisation=None, kind="", reason=""):
    """Say what a member, or everybody with an address of a domain, may do. The same twice changes nothing."""
    key = {
        "member": member,
        "email_domain": email_domain.lower(),
        "organisation": organisation,
        "kind": kind,
    }
    row = PostingRight.objects.select_for_update().filter(**key).first() or PostingRight(**key)
    if row.pk and (row.right, row.reason) == (right, reason.strip()):
        return row
    if right == Right.BLOCKED and not reason.strip():
        raise ValidationError(_("Say why: who is blocked reads the reason, and may appeal."))
    row.right, row.reason, row.set_by, row.set_at = right, reason.strip(), by, timezone.now()
    row.save()
    record(ResourceVerb.RIGHT_SET, actor=by, subject=row, right=right)
    return row


@transaction.atomic
def remove_right(row, *, by=None):
    """Forget a right, and the appeals against it: the more general one, or none, holds again. Twice changes nothing."""
    row = PostingRight.objects.select_for_update().filter(pk=row.pk).first()
    if row is None:
        return
    record(ResourceVerb.RIGHT_REMOVED, actor=by, subject=row, right=row.right)
    row.delete()


@transaction.atomic
def appeal_block(row, text, *, by):
    """Ask the editors to look again at a block; one appeal at a time."""
    try:
        with transaction.atomic():
            appeal = RightAppeal.objects.create(right=row, member=by, text=text.strip())
    except IntegrityError:
        raise ValidationError(_("Your appeal waits for the editors already.")) from None
    record(ResourceVerb.RIGHT_APPEALED, actor=by, subject=appeal)
    return appeal


@transaction.atomic
def answer_block_appeal(appeal, answer, *, by=None):
    """Tell a blocked member what came of the appeal. Twice changes nothing: the first answer stands."""
    appeal = RightAppeal.objects.select_for_update().get(pk=appeal.pk)
    if appeal.answered_at:
        return appeal
    if not answer.strip():
        raise ValidationError(_("Write the answer: the member reads it."))
    appeal.answer, appeal.answered_by, appeal.answered_at = answer.strip(), by, timezone.now()
    appeal.save(update_fields=["answer", "answered_by", "answered_at"])
    record(ResourceVerb.RIGHT_APPEAL_ANSWERED, actor=by, subject=appeal)
    return appeal
