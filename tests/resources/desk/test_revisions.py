"""Every change of a resource is kept, and each state can be had again."""

import pytest

from resources import actions
from resources.models import Kind, Resource, Revision, Status
from resources.snapshots import digest, snapshot
from tests import make

pytestmark = pytest.mark.django_db


def test_each_change_is_kept_as_the_next_revision(carla):
    resource = make.resource(status=Status.DRAFT, title="First words")

    actions.edit_resource(resource, by=carla, title="Second words")
    actions.publish_resource(resource, by=carla)
    actions.withdraw_resource(resource, by=carla, reason="Superseded")

    kept = Revision.objects.filter(resource=resource).order_by("number")
    assert [(r.number, r.by, r.data["title"], r.data["status"]) for r in kept] == [
        (1, None, "First words", "draft"),
        (2, carla, "Second words", "draft"),
        (3, carla, "Second words", "published"),
        (4, carla, "Second words", "withdrawn"),
    ]


def test_what_was_loaded_in_bulk_is_kept_as_it_stood_before_its_first_edit(carla):
    resource = make.resource(title="As loaded")
    Revision.objects.all().delete()

    actions.edit_resource(resource, by=carla, title="As edited")

    titles = [r.data["title"] for r in Revision.objects.filter(resource=resource).order_by("number")]
    assert titles == ["As loaded", "As edited"]


@pytest.mark.parametrize("kind", Kind.values)
def test_going_back_to_a_revision_gives_back_every_field_and_part(kind, carla):
    resource = make.resource(
        kind,
        title="Before",
        topics=[make.topic("Cash transfers"), make.topic("Pensions")],
        countries=["MWI", "ZMB"],
        organisations=[make.organisation("UNICEF", slug="unicef")],
        contributors=[{"family_name": "Chirwa", "given_name": "Esnart"}],
        identifiers=[("doi", "10.1000/x")],
        other_languages=[make.language("fr")],
    )
    before = snapshot(resource)
    actions.edit_resource(
        resource,
        title="After",
        published_on=None,
        year=None,
        topics=[],
        countries=[],
        organisations=[],
        contributors=[],
        identifiers=[],
        other_languages=[],
    )

    actions.restore_revision(resource.revisions.filter(data__title="Before").last(), by=carla)

    assert snapshot(resource) == before
    assert resource.revisions.first().note == "Restored from version 1"


def test_going_back_leaves_out_what_is_gone_by_now(carla):
    topic = make.topic("Fuel subsidies")
    resource = make.resource(topics=[topic, make.topic("Pensions", slug="pensions")])
    actions.edit_resource(resource, topics=[])
    topic.delete()

    actions.restore_revision(resource.revisions.last(), by=carla)

    assert snapshot(resource)["topics"] == ["pensions"]


def test_an_edit_begun_on_an_older_state_is_refused_and_changes_nothing(carla):
    resource = make.resource(title="Begun on")
    stamp = digest(snapshot(resource))
    actions.edit_resource(resource, title="Changed meanwhile")

    with pytest.raises(actions.EditConflict) as refused:
        actions.edit_resource(resource, by=carla, stamp=stamp, title="Mine")

    assert refused.value.current["title"] == "Changed meanwhile"
    assert Resource.objects.get(pk=resource.pk).title == "Changed meanwhile"


def test_a_step_of_the_status_is_no_conflict(carla):
    resource = make.resource(status=Status.DRAFT, title="Begun on")
    stamp = digest(snapshot(resource))
    actions.publish_resource(resource)

    actions.edit_resource(resource, by=carla, stamp=stamp, title="Mine")

    assert Resource.objects.get(pk=resource.pk).title == "Mine"
