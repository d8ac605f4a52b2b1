"""A real worker beside a real portal, on the profile of this run."""

import statistics

import pytest

# One process runs both, on the one portal that they share.
pytestmark = pytest.mark.xdist_group("worker")


def test_what_is_saved_is_found_within_two_seconds_and_nothing_unpublished_ever(own_portal):
    result = own_portal.play("publishing")

    assert None not in [result["warm"], *result["found"], *result["gone"]]
    assert statistics.median(result["found"]) < 2
    assert statistics.median(result["gone"]) < 2
    assert (result["drafts"], result["unpublished"]) == (2, 0)


def test_an_activity_arrives_although_the_worker_was_killed_over_it(own_portal):
    result = own_portal.play("killed_worker")

    assert (result["recorded"], result["taken"] is not None) == (2, True)
    assert result["lost"] > 0
    assert result["arrived"] is not None
    assert result["doubled"] == 0


def test_a_file_is_read_although_its_task_was_lost_and_its_reader_was_killed(own_portal):
    result = own_portal.play("killed_reading")

    assert result == {
        "lost": True,
        "begun": True,
        "killed": "running",
        "patient": "running",
        "read": True,
        "found": True,
        "attempts": 2,
        "pages": 1500,
        "activities": 1,
    }
