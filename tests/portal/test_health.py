"""The two addresses for whoever watches the site."""

import json
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from activity.models import Activity
from portal.views import health

# The checks ask in threads of their own, which see only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)


def ready(client, **extra):
    answer = client.get("/readyz", **extra)
    return answer.status_code, json.loads(answer.content)


@pytest.fixture
def all_well(monkeypatch):
    """An index that answers, so that one other thing at a time can be broken."""
    monkeypatch.setattr(health.upkeep, "health", lambda: (True, "3 documents"))


def test_the_process_answers_without_a_query_a_cookie_or_a_cache(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]
    assert answer.cookies == {}
    assert not answer.has_header("Vary")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_a_probe_may_use_any_host_name_and_plain_http(client, settings, all_well, address):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["portal.example.org"]

    answer = client.get(address, headers={"host": "10.20.30.40:8000", "accept-language": "fr"})

    assert answer.status_code == 200
    assert not answer.has_header("Content-Language")


def test_everything_well_is_200_with_nothing_waiting(client, all_well):
    status, body = ready(client)

    assert status == 200
    assert body == {
        "ready": True,
        "database": {"ok": True},
        "broker": {"ok": True},
        "index": {"ok": True},
        "oldest_undelivered_seconds": None,
    }


def test_the_age_of_the_oldest_waiting_activity_is_told(client, all_well):
    now = timezone.now()
    Activity.objects.create(verb="test.seen", at=now - timedelta(minutes=5))
    Activity.objects.create(verb="test.seen", at=now - timedelta(minutes=1))
    Activity.objects.create(verb="test.seen", at=now - timedelta(days=1), delivered_at=now)

    status, body = ready(client)

    assert status == 200
    assert 300 <= body["oldest_undelivered_seconds"] < 320


def test_an_index_that_cannot_be_searched_is_503_and_says_what_is_wrong(client, monkeypatch):
    monkeypatch.setattr(health.upkeep, "health", lambda: (False, "There is no search index yet."))

    status, body = ready(client)

    assert status == 503
    assert (body["ready"], body["database"]["ok"]) == (False, True)
    assert body["index"] == {"ok": False, "error": "There is no search index yet."}


def test_a_broker_that_is_away_is_503(client, settings, all_well, monkeypatch, tmp_path):
    if settings.REDIS_URL:
        monkeypatch.setattr(health.app.conf, "broker_write_url", "redis://user:geheim@127.0.0.1:1/0")
    else:
        settings.BROKER_DIR = tmp_path / "gone"

    status, body = ready(client)

    assert (status, body["broker"]["ok"]) == (503, False)
    assert "geheim" not in json.dumps(body)


def test_an_error_with_a_password_in_it_is_named_but_not_shown(client, all_well, monkeypatch):
    def fail():
        raise ConnectionError("postgresql://portal:geheim@db:5432/portal does not answer")

    monkeypatch.setattr(health, "database", fail)

    status, body = ready(client)

    assert status == 503
    assert body["database"] == {"ok": False, "error": "ConnectionError"}


def test_a_check_that_hangs_is_given_up_in_time_and_the_others_are_still_told(client, all_well, monkeypatch):
    monkeypatch.setattr(health, "SECONDS_FOR_CHECKS", 0.5)
    monkeypatch.setattr(health, "broker", lambda: time.sleep(2))
    began = time.monotonic()

    status, body = ready(client)

    assert time.monotonic() - began < 1.8
    assert status == 503
    assert body["broker"] == {"ok": False, "error": "no answer within 0.5 seconds"}
    assert body["database"] == {"ok": True}
