"""Bulk tagging: what it does to resources, and its pages."""

import re

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activity.models import Activity
from resources import actions, tasks
from resources.models import Resource, ResourceTopic, Status, TaggingJob, TaggingRow
from resources.verbs import ResourceVerb
from tests import make

pytestmark = pytest.mark.django_db


def topics_of(resource):
    return sorted(resource.topic_links.values_list("topic__slug", flat=True))


def countries_of(resource):
    return sorted(resource.countries.values_list("pk", flat=True))


def states_of(job):
    return list(job.rows.order_by("pk").values_list("state", flat=True))


def edits():
    return Activity.objects.filter(verb=ResourceVerb.EDITED).count()


def test_topics_and_countries_are_added_and_taken_away_in_one_go(carla):
    cash, pensions, floors = make.topic("Cash transfers"), make.topic("Pensions"), make.topic("Floors")
    resources = [make.resource(topics=[pensions], countries=["MWI"]), make.resource(topics=[cash, floors])]
    job = actions.start_tagging(
        resources,
        by=carla,
        add_topics=[cash],
        drop_topics=[pensions],
        add_countries=[make.country("ZMB")],
        drop_countries=["MWI"],
    )

    tasks.tag_many(job.pk)

    assert [topics_of(r) for r in resources] == [["cash-transfers"], ["cash-transfers", "floors"]]
    assert [countries_of(r) for r in resources] == [["ZMB"], ["ZMB"]]
    assert Activity.objects.filter(verb=ResourceVerb.EDITED, actor=carla).count() == 2


def test_what_is_tagged_already_is_left_alone_and_counted_so(carla):
    cash = make.topic("Cash transfers")
    tagged, bare = make.resource(topics=[cash]), make.resource()
    job = actions.start_tagging([tagged, bare], by=carla, add_topics=[cash])

    tasks.tag_many(job.pk)

    assert states_of(job) == ["unchanged", "changed"]
    assert edits() == 1


def test_a_topic_that_stays_keeps_where_it_came_from():
    cash, pensions = make.topic("Cash transfers"), make.topic("Pensions")
    resource = make.resource(topics=[cash])
    ResourceTopic.objects.update(is_derived=True)

    actions.tag_resource(resource, add_topics=[pensions.pk])

    assert list(resource.topic_links.order_by("topic__slug").values_list("topic__slug", "is_derived")) == [
        ("cash-transfers", True),
        ("pensions", False),
    ]


def test_the_card_in_lists_follows():
    resource = make.resource()

    actions.tag_resource(resource, add_countries=[make.country("MWI").pk])

    assert Resource.objects.get().card["countries"] == ["MWI"]


def test_a_job_runs_to_its_end_and_a_second_run_changes_nothing():
    cash = make.topic()
    resources = [make.resource() for _n in range(tasks.TAG_BATCH + 3)]
    job = actions.start_tagging(resources, add_topics=[cash])

    tasks.tag_many(job.pk)
    edited = edits()
    tasks.tag_many(job.pk)

    assert TaggingJob.objects.get().status == TaggingJob.Status.DONE
    assert states_of(job) == ["changed"] * len(resources)
    assert edited == edits() == len(resources)


def test_a_stopped_job_keeps_what_is_done_and_leaves_the_rest():
    cash = make.topic()
    resources = [make.resource() for _n in range(3)]
    job = actions.start_tagging(resources, add_topics=[cash])
    actions.tag_next(job)

    actions.stop_tagging(job)
    actions.stop_tagging(job)
    tasks.tag_many(job.pk)

    assert states_of(job) == ["changed", "waiting", "waiting"]
    assert TaggingJob.objects.get().status == TaggingJob.Status.STOPPED
    assert [topics_of(r) for r in resources] == [["cash-transfers"], [], []]


def test_an_edit_that_dies_leaves_its_resource_waiting(monkeypatch):
    resource = make.resource()
    job = actions.start_tagging([resource], add_topics=[make.topic()])
    with monkeypatch.context() as broken:
        broken.setattr("resources.actions.resource.refresh_cards_of_work", fail)
        with pytest.raises(OperationalError):
            tasks.tag_many(job.pk)
    before = (states_of(job), topics_of(resource))

    tasks.tag_many(job.pk)

    assert before == (["waiting"], [])
    assert (states_of(job), topics_of(resource)) == (["changed"], ["cash-transfers"])


def fail(*_args):
    raise OperationalError("the connection was lost")


def test_the_clock_takes_up_a_job_whose_worker_died():
    resource = make.resource()
    job = actions.start_tagging([resource], add_topics=[make.topic()])
    fresh = tasks.go_on_tagging()
    TaggingJob.objects.update(moved_at="2026-01-01T00:00Z")

    taken_up = tasks.go_on_tagging()

    assert (fresh, taken_up) == (0, 1)
    assert states_of(job) == ["changed"]


def test_starting_a_job_starts_the_work(django_capture_on_commit_callbacks):
    resource = make.resource()

    with django_capture_on_commit_callbacks(execute=True):
        actions.start_tagging([resource], add_topics=[make.topic()])

    assert topics_of(resource) == ["cash-transfers"]


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("cast", ["stranger", "dawit", "amina", "carla"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_tagging_is_open_to_staff_alone(client, request, cast, method):
    job = actions.start_tagging([make.resource()], add_topics=[make.topic()])
    addresses = {
        reverse("tagging"): (200, 422),
        reverse("tagging_job", args=[job.pk]): (200, 405),
        reverse("tagging_end", args=[job.pk]): (405, 302),
    }
    if cast != "stranger":
        client.force_login(request.getfixturevalue(cast))

    statuses = [getattr(client, method)(address).status_code for address in addresses]

    own = [both[method == "post"] for both in addresses.values()]
    expected = {
        "carla": own,
        "stranger": [302] * 3,
        "dawit": [403] * 3,
        "amina": [403] * 3,
    }
    assert statuses == expected[cast]


def test_staff_find_check_and_tag(client, carla, index):
    make.topic("Cash transfers")
    make.country("MWI")
    meant, other = make.resource(title="Lean season cash"), make.resource(title="Pension law")
    make.resource(title="Lean season draft", status=Status.DRAFT)
    index.sync()
    client.force_login(carla)

    page = client.get(reverse("tagging"), {"q": "lean season", "all": "1"}).content.decode()
    answer = client.post(
        f"{reverse('tagging')}?q=lean+season",
        {"resource": [meant.pk], "add_topics": ["cash-transfers"], "add_countries": "Malawi"},
    )
    job = TaggingJob.objects.get()
    tasks.tag_many(job.pk)
    said = client.get(answer["Location"]).content.decode()

    assert re.findall(r'name="resource" value="(\d+)" checked', page) == [str(meant.pk)]
    assert answer["Location"] == reverse("tagging_job", args=[job.pk])
    assert (topics_of(meant), countries_of(meant)) == (["cash-transfers"], ["MWI"])
    assert (topics_of(other), countries_of(other)) == ([], [])
    assert "1 of 1 resources" in said
    assert 'http-equiv="refresh"' not in said


def test_a_running_job_says_how_far_it_is_and_leads_to_itself(client, carla):
    job = actions.start_tagging([make.resource()], add_topics=[make.topic()])
    client.force_login(carla)

    page = client.get(reverse("tagging_job", args=[job.pk])).content.decode()

    assert (
        f'<a class="btn btn--2" href="{reverse("tagging_job", args=[job.pk])}">See how far it is</a>' in page
    )
    assert '<progress id="progress" value="0" max="1"></progress>' in page


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({}, "Say which topics or countries"),
        ({"add_countries": "Atlantis"}, "No country of this name is known: Atlantis"),
        ({"add_countries": "Malawi", "drop_countries": "MWI"}, "cannot be added and taken away"),
        ({"add_topics": ["no-such-topic"]}, "no-such-topic"),
        ({"add_countries": "x" * 1001}, "1000"),
        ({"add_countries": "Malawi", "resource": []}, "Choose at least one resource"),
        ({"add_countries": "Malawi", "resource": ["9" * 30]}, "not published any more"),
        ({"add_countries": "Malawi", "resource": ["x"]}, "not published any more"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_starts(client, carla, index, typed, complaint):
    make.country("MWI")
    resource = make.resource(title="Lean season cash")
    index.sync()
    client.force_login(carla)

    answer = client.post(f"{reverse('tagging')}?q=lean", {"resource": [resource.pk], **typed})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert complaint in page.partition('class="errors"')[2].partition("</ul>")[0]
    assert TaggingJob.objects.count() == 0
    if "resource" not in typed:
        assert re.findall(r'name="resource" value="(\d+)" checked', page) == [str(resource.pk)]


def test_a_draft_cannot_be_tagged_through_the_form(client, carla):
    make.country("MWI")
    draft = make.resource(status=Status.DRAFT)
    client.force_login(carla)

    answer = client.post(reverse("tagging"), {"resource": [draft.pk], "add_countries": "MWI"})

    assert answer.status_code == 422
    assert TaggingRow.objects.count() == 0


def test_the_stop_button_stops(client, carla):
    job = actions.start_tagging([make.resource()], add_topics=[make.topic()])
    client.force_login(carla)

    client.post(reverse("tagging_end", args=[job.pk]))

    assert TaggingJob.objects.get().status == TaggingJob.Status.STOPPED


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return len(seen)


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_and_the_job_cost_the_same_number_of_queries(client, carla, index, count):
    cash = make.topic()
    resources = [make.resource(title=f"Lean {n}", topics=[cash], countries=["MWI"]) for n in range(count)]
    index.sync()
    job = actions.start_tagging(resources, add_topics=[cash])
    client.force_login(carla)

    found = [
        queries_of(client, address)
        for address in (f"{reverse('tagging')}?q=lean", reverse("tagging_job", args=[job.pk]))
    ]

    assert found == [7, 9]
