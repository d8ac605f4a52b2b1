"""Dates as sources write them, with the precision they have."""

import re
from datetime import date, datetime

from django.utils import timezone

UNDATED = date(1800, 1, 1)  # where lists put what has no date: after everything that has one
_FORMATS = ("%Y-%m-%d", "%B %d, %Y", "%d %B %Y", "%m/%d/%Y", "%Y-%m-%dT%H:%M:%S")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def month_date(year, month=None):
    """(first day, precision) of a month or of a year."""
    return (date(year, month, 1), "month") if month else (date(year, 1, 1), "year")


def in_the_past(day, precision):
    """The date as precisely as it is past: a later day of this year is only the year; a later year is nothing."""
    today = timezone.localdate()
    if day is None or day <= today:
        return day, precision
    return month_date(today.year) if day.year == today.year else (None, "day")


def parse_date(text):
    """(date, precision) of an ISO date, "December 21, 2015", a month or a year; (None, "day") where there is none."""
    text = (text or "").strip()
    for form in _FORMATS:
        try:
            return datetime.strptime(text[:25], form).date(), "day"
        except ValueError:
            continue
    if re.fullmatch(r"\d{4}-\d{1,2}", text):
        year, month = map(int, text.split("-"))
        return month_date(year, month if 1 <= month <= 12 else None)
    return month_date(int(text)) if _YEAR.fullmatch(text) else (None, "day")
