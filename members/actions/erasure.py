"""Closing an account: two weeks to think again, then nothing that names the person is left."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.ledger import record
from kit.personal import Fate, links
from members.actions.profile import touch_profile
from members.models import Erasure, Member
from members.verbs import MemberVerb

UNDO = timedelta(days=14)
WARNING = timedelta(days=30)


@transaction.atomic
def ask_for_erasure(member, *, cause=Erasure.Cause.WISH):
    """The account will be erased in two weeks; from now on nobody finds it. Asking twice changes nothing.

    ValidationError for the last account that can look after the site.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)
    if waiting := member.erasures.pending().first():
        return waiting
    if (
        member.is_superuser
        and not Member.objects.filter(is_superuser=True, is_active=True).exclude(pk=member.pk).exists()
    ):
        raise ValidationError(
            _("This is the only account with all rights. Give them to somebody else first.")
        )
    wait = UNDO if cause == Erasure.Cause.WISH else UNDO + WARNING
    now = timezone.now()
    erasure = Erasure.objects.create(member=member, cause=cause, asked_at=now, due_at=now + wait)
    record(MemberVerb.ERASURE_ASKED, actor=member, subject=erasure)
    touch_profile(member)
    return erasure


@transaction.atomic
def undo_erasure(member, *, cause=None):
    """The account stays. Without an erasure that waits nothing changes."""
    waiting = member.erasures.pending()
    waiting = waiting.filter(cause=cause) if cause else waiting
    if waiting.update(undone_at=timezone.now()):
        touch_profile(member)


@transaction.atomic
def erase(erasure):
    """Erase what is due: rows go, are cleared, or stay with a pseudonym, as each room declared. Twice is once."""
    erasure = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if erasure.done_at or erasure.undone_at:
        return erasure
    member = Member.objects.select_for_update().get(pk=erasure.member_id)
    drop_files(member)
    end_sessions(member)
    touch_profile(member)
    counts = {key: apply(link, member) for key, link in links().items()}
    pseudonym = f"Former member {erasure.pk}"
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Member), object_id=str(member.pk)
    ).update(object_repr=pseudonym, change_message="")
    member.name, member.email, member.country = pseudonym, f"former-{erasure.pk}@erased.invalid", None
    member.is_active = member.is_staff = member.is_superuser = False
    member.last_login = None
    member.set_unusable_password()
    member.save()
    erasure.done_at, erasure.counts = timezone.now(), {key: count for key, count in counts.items() if count}
    erasure.save(update_fields=["done_at", "counts"])
    record(MemberVerb.ERASED, subject=erasure)
    return erasure


def apply(link, member):
    """What one declared column asks for; returns how many rows it was."""
    rows = link.rows(member)
    if link.fate is Fate.ERASED:
        return rows.delete()[0]
    if link.fate is Fate.CLEARED:
        return rows.update(**{link.column: None, **link.emptied})
    return rows.count()


def drop_files(member):
    """Files of rows that will be erased; they are deleted once the erasure has committed."""
    for link in links().values():
        if link.fate is not Fate.ERASED:
            continue
        rows = link.rows(member)
        for column in rows.model._meta.get_fields():
            if isinstance(column, models.FileField):
                for row in rows.exclude(**{column.name: ""}):
                    file = getattr(row, column.name)
                    transaction.on_commit(lambda file=file: file.storage.delete(file.name))


def end_sessions(member):
    for session in UserSession.objects.filter(user=member):
        session.end()
