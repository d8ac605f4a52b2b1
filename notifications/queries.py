"""What pages and mails read about telling."""

from django.conf import settings
from django.utils import translation

from notifications import hours
from notifications.models import Choice, Mail, Notification, Preference
from notifications.subjects import subjects_for

__all__ = ["choices_of", "next_digest", "oldest_due_mail", "preference_of", "preferences_of", "unread_count"]

MOST_COUNTED = 99


def unread_count(member):
    """How many of the member's notifications are unread, counted up to a hundred."""
    return len(
        Notification.objects.filter(member=member, here=True).unread().values("pk")[: MOST_COUNTED + 1]
    )


def default_preference(member):
    """What holds for a member who chose nothing: the site's language, the time of their country's capital."""
    country = member.country
    return Preference(
        member=member,
        language=settings.LANGUAGE_CODE,
        time_zone=(country.capital_time_zone if country else "") or "UTC",
    )


def preference_of(member):
    """The member's preference; without a row the defaults, unsaved."""
    return Preference.objects.filter(member=member).first() or default_preference(member)


def preferences_of(members):
    """{member's key: preference} of many members, in one query; their countries should be at hand."""
    known = {row.pk: row for row in Preference.objects.filter(member__in=members)}
    return {member.pk: known.get(member.pk) or default_preference(member) for member in members}


def next_digest(preference, now, **days):
    """The next moment at which digests arrive: see `hours.next_digest`."""
    return hours.next_digest(preference, now, **days)


def choices_of(member):
    """(subject, Choice) of everything the member can be told about; what they never chose has its defaults."""
    chosen = {choice.subject: choice for choice in Choice.objects.filter(member=member)}
    return [
        (
            subject,
            chosen.get(subject.key)
            or Choice(member=member, subject=subject.key, here=subject.here, mail=subject.mail),
        )
        for subject in subjects_for(member)
    ]


def language_now():
    """The active language, if it is one of the site's."""
    code = translation.get_language() or settings.LANGUAGE_CODE
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def oldest_due_mail(now):
    """When the oldest mail that should have left by now was due; None where none is late."""
    return Mail.objects.due(now).order_by("due_at").values_list("due_at", flat=True).first()
