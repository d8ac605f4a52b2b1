"""Dates read as a person would write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from kit import dates

DAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("precision", "words"), [("day", "26 November 2026"), ("month", "November 2026"), ("year", "2026")]
)
def test_only_the_known_part_of_a_date_is_told(precision, words):
    assert dates.to_precision(DAY, precision) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "26 novembre 2026"), ("es", "26 de noviembre de 2026"), ("pt", "26 de Novembro de 2026")],
)
def test_dates_follow_the_language(language, words):
    with override(language):
        assert dates.in_words(DAY) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2022, 3, 16), None, "16 March 2022"),
        (date(2022, 3, 16), date(2022, 3, 16), "16 March 2022"),
        (date(2022, 3, 16), date(2022, 3, 17), "16 to 17 March 2022"),
        (date(2022, 3, 30), date(2022, 4, 2), "30 March 2022 to 2 April 2022"),
        (date(2021, 3, 16), date(2022, 3, 16), "16 March 2021 to 16 March 2022"),
    ],
)
def test_a_span_says_the_month_once_where_it_can(first, last, words):
    assert dates.span(first, last) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Africa/Blantyre", "UTC+2"),
        ("Asia/Kathmandu", "UTC+5:45"),
        ("America/St_Johns", "UTC-3:30"),
        ("Africa/Accra", "UTC"),
    ],
)
def test_offsets_name_the_distance_to_utc(zone, words):
    moment = datetime(2026, 11, 26, 13, tzinfo=UTC).astimezone(ZoneInfo(zone))

    assert dates.offset(moment) == words


@pytest.mark.parametrize("name", ["", "Nowhere/Land", "../../etc/passwd", "\x00", "Africa"])
def test_an_unknown_zone_is_utc(name):
    assert dates.zone(name) is UTC


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(48, "48 s"), (60, "1 min"), (1530, "26 min"), (3600, "1 h"), (5040, "1 h 24 min"), (3599, "1 h")],
)
def test_durations_are_told_in_hours_and_minutes(seconds, words):
    assert dates.duration(seconds) == words


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "tomorrow"), (12, "in 12 days")])
def test_a_deadline_says_how_far_it_is(days, words):
    assert dates.days_away(days) == words
