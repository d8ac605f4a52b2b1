"""When a member is written to: in their own time zone, outside their quiet hours."""

from datetime import UTC, datetime, timedelta

from kit.dates import zone
from notifications.models import Frequency


def due(preference, frequency, now):
    """When a mail of this frequency about something that happens `now` is to leave."""
    if frequency == Frequency.NOW:
        return after_quiet_hours(preference, now)
    return next_digest(
        preference, now, weekday=preference.digest_weekday if frequency == Frequency.WEEKLY else None
    )


def next_digest(preference, now, *, weekday=None, day_of_month=None):
    """The next moment after `now` at which the member's digests arrive, on any day or only on one."""
    own_zone = zone(preference.time_zone)
    day = now.astimezone(own_zone).date()
    for ahead in range(63):
        candidate = day + timedelta(days=ahead)
        if weekday is not None and candidate.weekday() != weekday:
            continue
        if day_of_month is not None and candidate.day != day_of_month:
            continue
        moment = moment_of(candidate, preference.digest_at, own_zone)
        if moment > now:
            return moment
    raise ValueError("no such day")


def after_quiet_hours(preference, now):
    """Now, or the end of the quiet hours that now falls into."""
    if preference.quiet_from is None:
        return now
    own_zone = zone(preference.time_zone)
    local = now.astimezone(own_zone)
    if not is_quiet(preference, local.time()):
        return now
    end = moment_of(local.date(), preference.quiet_until, own_zone)
    return end if end > now else moment_of(local.date() + timedelta(days=1), preference.quiet_until, own_zone)


def is_quiet(preference, clock):
    """Whether a time of day lies in the quiet hours; they may reach over midnight."""
    first, last = preference.quiet_from, preference.quiet_until
    if first is None:
        return False
    return first <= clock < last if first < last else clock >= first or clock < last


def moment_of(day, clock, own_zone):
    """A time of day as a moment. One that the change to summer time leaves out comes right after the change."""
    return datetime.combine(day, clock, tzinfo=own_zone).astimezone(UTC)
