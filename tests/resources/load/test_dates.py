"""Dates with the precision they have."""

from datetime import date

import pytest
from django.utils import timezone

from resources.load.dates import in_the_past, parse_date


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2020-04-01", (date(2020, 4, 1), "day")),
        ("December 21, 2015", (date(2015, 12, 21), "day")),
        ("10/25/2016", (date(2016, 10, 25), "day")),
        ("2021-11", (date(2021, 11, 1), "month")),
        ("2021-13", (date(2021, 1, 1), "year")),
        ("1998", (date(1998, 1, 1), "year")),
        ("2020-02-30", (None, "day")),
        ("soon", (None, "day")),
        ("", (None, "day")),
    ],
)
def test_a_date_is_read_in_each_way_of_writing_it(text, read):
    assert parse_date(text) == read


def test_a_date_in_the_future_is_kept_only_as_far_as_it_is_past(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 11, 23))

    assert in_the_past(date(2026, 11, 23), "day") == (date(2026, 11, 23), "day")
    assert in_the_past(date(2026, 12, 31), "day") == (date(2026, 1, 1), "year")
    assert in_the_past(date(2027, 1, 1), "day") == (None, "day")
    assert in_the_past(None, "day") == (None, "day")
