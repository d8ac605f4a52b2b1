"""How a member wants to be told."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from notifications.models import Choice, Frequency, Preference
from notifications.queries import default_preference, language_now, preference_of
from notifications.subjects import subject_of

PAUSE = timedelta(days=14)


@transaction.atomic
def save_settings(member, *, choices, **values):
    """Keep a member's preference and, for each subject key in `choices`, (in the list, frequency by mail)."""
    preference = preference_of(member)
    for name, value in values.items():
        setattr(preference, name, value)
    preference.save()
    for key, (here, mail) in choices.items():
        Choice.objects.update_or_create(member=member, subject=key, defaults={"here": here, "mail": mail})
    return preference


@transaction.atomic
def pause_mail(member):
    """No mail for two weeks from now; the list goes on."""
    return save_settings(member, choices={}, paused_until=timezone.now() + PAUSE)


@transaction.atomic
def resume_mail(member):
    return save_settings(member, choices={}, paused_until=None)


def remember_language(member):
    """Write to the member in the language they read now, unless they have chosen one."""
    known = default_preference(member)
    Preference.objects.get_or_create(
        member=member, defaults={"language": language_now(), "time_zone": known.time_zone}
    )


@transaction.atomic
def end_mail(member, subjects):
    """Send a member no more mail on these subjects; their list goes on. Ending it twice changes nothing."""
    for key in subjects:
        subject = subject_of(key)
        Choice.objects.update_or_create(
            member=member,
            subject=key,
            defaults={"mail": Frequency.OFF},
            create_defaults={"mail": Frequency.OFF, "here": subject.here if subject else True},
        )
