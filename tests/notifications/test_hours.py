"""When a mail leaves, in the member's own time."""

from datetime import UTC, datetime, time

import pytest

from notifications import hours
from notifications.models import Preference

LILONGWE = Preference(time_zone="Africa/Blantyre", digest_at=time(7), digest_weekday=0)
NIGHT = {"quiet_from": time(21), "quiet_until": time(6, 30)}


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("frequency", "now", "due"),
    [
        ("daily", "2026-11-24 04:59", "2026-11-24 05:00"),
        ("daily", "2026-11-24 05:00", "2026-11-25 05:00"),
        ("weekly", "2026-11-24 04:00", "2026-11-30 05:00"),
        ("weekly", "2026-11-23 04:00", "2026-11-23 05:00"),
        ("now", "2026-11-24 23:15", "2026-11-24 23:15"),
    ],
)
def test_a_digest_arrives_at_the_members_hour(frequency, now, due):
    assert hours.due(LILONGWE, frequency, at(now)) == at(due)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-24 18:59", "2026-11-24 18:59"),
        ("2026-11-24 19:00", "2026-11-25 04:30"),
        ("2026-11-25 01:00", "2026-11-25 04:30"),
        ("2026-11-25 04:30", "2026-11-25 04:30"),
    ],
)
def test_in_quiet_hours_over_midnight_a_mail_waits_for_their_end(now, due):
    preference = Preference(time_zone="Africa/Blantyre", **NIGHT)

    assert hours.due(preference, "now", at(now)) == at(due)


def test_quiet_hours_within_a_day_end_the_same_day():
    preference = Preference(time_zone="UTC", quiet_from=time(9), quiet_until=time(17))

    assert hours.due(preference, "now", at("2026-11-24 12:00")) == at("2026-11-24 17:00")
    assert hours.due(preference, "now", at("2026-11-24 18:00")) == at("2026-11-24 18:00")


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-28 12:00", "2026-03-29 05:00"),  # summer time begins in the night
        ("2026-10-24 12:00", "2026-10-25 06:00"),  # and ends
    ],
)
def test_the_hour_stays_the_same_when_the_clocks_change(now, due):
    preference = Preference(time_zone="Europe/Paris", digest_at=time(7))

    assert hours.due(preference, "daily", at(now)) == at(due)


def test_an_hour_that_the_change_of_clocks_leaves_out_is_not_lost():
    preference = Preference(time_zone="Europe/Paris", digest_at=time(2, 30))

    assert hours.due(preference, "daily", at("2026-03-28 12:00")) == at("2026-03-29 01:30")


@pytest.mark.parametrize(
    ("zone", "due"), [("Asia/Kathmandu", "2026-11-24 01:15"), ("Pacific/Kiritimati", "2026-11-23 17:00")]
)
def test_odd_zones_have_their_morning(zone, due):
    assert hours.due(Preference(time_zone=zone), "daily", at("2026-11-23 16:00")) == at(due)


def test_the_first_of_a_month_comes_after_at_most_two_months():
    found = hours.next_digest(Preference(time_zone="UTC"), at("2026-01-01 07:00"), day_of_month=1)

    assert found == at("2026-02-01 07:00")
