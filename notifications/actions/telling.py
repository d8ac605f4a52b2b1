"""Telling a member something, by whatever ways they chose."""

from datetime import timedelta
from secrets import token_hex
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kit.dates import zone
from notifications import hours
from notifications.models import Choice, Frequency, Mail, Notification
from notifications.queries import preference_of
from notifications.subjects import subject_of


@transaction.atomic
def notify(member, subject, *, about=None, once="", bundle="", **data):
    """Tell a member something on a subject, in their list, by mail, or both; None where they want neither.

    `about` is the saved object it is about, `data` JSON values for the subject's teller. What was said once under
    the same `once` is not said again. Notifications of one `bundle` that are to leave at once share a mail.
    """
    declared = subject_of(subject)
    if declared is None:
        raise ValueError(f"no room declared the subject {subject!r}")
    if not member.is_active or not declared.open_to(member):
        return None
    chosen = Choice.objects.filter(member=member, subject=declared.key).first()
    here = chosen.here if chosen else declared.here
    frequency = chosen.mail if chosen else declared.mail
    preference = preference_of(member)
    now = timezone.now()
    by_mail = frequency != Frequency.OFF and not preference.is_paused(now)
    if not here and not by_mail:
        return None
    values = {
        "subject": declared.key,
        "about": about.pk if about is not None else None,
        "data": data,
        "here": here,
    }
    if once:
        told, fresh = Notification.objects.get_or_create(member=member, once=once, defaults=values)
        if not fresh:
            return told
    else:
        told = Notification.objects.create(member=member, **values)
    if by_mail:
        told.mail = mail_for(member, preference, frequency, now, bundle or f"n{told.pk}")
        told.save(update_fields=["mail"])
    return told


def mail_for(member, preference, frequency, now, bundle):
    """The waiting mail that takes what is told now. One that is in a worker's hands takes no more."""
    while True:
        due_at = hours.due(preference, frequency, now)
        slot = slot_of(frequency, due_at, now, bundle, preference)
        mail, _fresh = Mail.objects.select_for_update().get_or_create(
            member=member, slot=slot, defaults={"due_at": due_at, "message_id": new_message_id()}
        )
        if mail.state == Mail.State.WAITING and mail.lease_until is None:
            return mail
        # The next digest then; what is to leave at once leaves in a mail of its own.
        now, bundle = max(now, due_at) + timedelta(microseconds=1), f"{bundle[:40]}+{token_hex(4)}"


def slot_of(frequency, due_at, now, bundle, preference):
    """What shares a mail: all of one digest, all that waits for the end of the same quiet hours, or a bundle."""
    if frequency != Frequency.NOW:
        day = due_at.astimezone(zone(preference.time_zone)).date()
        return f"{frequency}:{day}"
    return f"quiet:{due_at.isoformat()}" if due_at > now else f"now:{bundle}"


def new_message_id():
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{token_hex(16)}@{host}>"


def retract(subject, *, about):
    """Take back what was told about something: from lists, and from mails that have not left. Returns how many."""
    return Notification.objects.filter(subject=str(subject), about=about.pk).delete()[0]
