import time

import pytest

from kit import generation


@pytest.fixture(autouse=True)
def own_mark(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def test_the_mark_stays_until_something_changes():
    before, _age = generation.current()
    same, _age = generation.current()

    generation.changed()

    assert before == same
    assert generation.current()[0] != before


def test_two_changes_in_the_same_moment_are_two_marks():
    marks = set()
    for _n in range(100):
        generation.changed()
        marks.add(generation.current()[0])

    assert len(marks) == 100


def test_the_age_is_the_time_since_the_last_change():
    assert generation.current()[1] == float("inf")

    generation.changed()

    assert 0 <= generation.current()[1] < 60


def test_a_redis_that_is_away_is_no_error(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": settings.REDIS_URL}
    }
    before, _age = generation.current()

    generation.changed()

    assert generation.current()[0] != before


def test_a_folder_that_is_away_is_no_error(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "missing"

    generation.changed()

    assert generation.current()[0] == (0, generation.shared())


def test_another_host_sees_the_change_within_a_second(settings, tmp_path):
    if not settings.REDIS_URL:
        pytest.skip("only where hosts share a Redis")
    before, _age = generation.current()
    generation.changed()
    settings.VAR_DIR = tmp_path / "another-host"
    time.sleep(generation.LOOK_SECONDS)

    assert generation.current()[0][1] != before[1]
