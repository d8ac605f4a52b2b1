"""Dates, spans and durations in words, in the reader's language."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _


def in_words(day):
    """26 November 2026."""
    # Django's own English format is American (Nov. 26, 2026).
    english = (get_language() or "en").startswith("en")
    return date_format(day, "j F Y" if english else "DATE_FORMAT")


def to_precision(day, precision="day"):
    """As much of a date as is known: 26 November 2026, November 2026, or 2026."""
    if precision == "year":
        return str(day.year)
    return date_format(day, "YEAR_MONTH_FORMAT") if precision == "month" else in_words(day)


def span(first, last=None):
    """16 to 17 March 2022; one date where both are the same."""
    if last is None or last == first:
        return in_words(first)
    same_month = (first.year, first.month) == (last.year, last.month)
    return _("%(first)s to %(last)s") % {
        "first": first.day if same_month else in_words(first),
        "last": in_words(last),
    }


def moment_in_words(moment, own_zone):
    """A moment as somebody in that zone says it: today, 08:20; 22 November 2026, 17:05."""
    local, today = moment.astimezone(own_zone), datetime.now(own_zone).date()
    days = {today: _("today"), today - timedelta(days=1): _("yesterday")}
    return _("%(day)s, %(clock)s") % {
        "day": days.get(local.date()) or in_words(local.date()),
        "clock": f"{local:%H:%M}",
    }


def offset(moment):
    """UTC+2, UTC-3:30 or UTC for a moment in its zone."""
    minutes = int(moment.utcoffset().total_seconds() // 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}{f':{rest:02}' if rest else ''}"


def zone(name):
    """The time zone of that name; UTC where there is none."""
    try:
        return ZoneInfo(name) if name else UTC
    except (KeyError, ValueError, OSError):
        return UTC


def midnight(day):
    """The moment a day begins, in UTC; None for no day."""
    return day and datetime(day.year, day.month, day.day, tzinfo=UTC)


def duration(seconds):
    """1 h 24 min; 48 s below a minute."""
    hours, minutes = divmod(round(seconds / 60), 60)
    if hours and minutes:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    if hours:
        return _("%(hours)d h") % {"hours": hours}
    if seconds >= 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    return _("%(seconds)d s") % {"seconds": seconds}


def days_away(days):
    """today, tomorrow, in 12 days."""
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}
