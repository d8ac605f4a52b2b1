"""Curated pages: what can be done to them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from activity.models import Activity
from kit import generation
from resources import actions
from resources.models import Collection, Status
from tests import make

pytestmark = pytest.mark.django_db


def titles(collection):
    return [(item.position, item.resource.title) for item in collection.items.select_related("resource")]


def collection_of(*names):
    collection = actions.create_collection(title_en="Key readings")
    for name in names:
        actions.put_item(collection, make.resource(title=name))
    return collection


def test_resources_stand_in_the_order_they_were_put():
    collection = collection_of("One", "Two", "Three")

    assert titles(collection) == [(1, "One"), (2, "Two"), (3, "Three")]


def test_putting_a_resource_twice_changes_its_comment_and_not_its_place():
    collection = collection_of("One", "Two")
    first = collection.items.first().resource

    actions.put_item(collection, first, comment="Start here.")
    actions.put_item(collection, first)

    assert titles(collection) == [(1, "One"), (2, "Two")]
    assert collection.items.first().comment == "Start here."


@pytest.mark.parametrize(
    ("place", "to", "order"),
    [
        (3, 1, ["Three", "One", "Two"]),
        (1, 2, ["Two", "One", "Three"]),
        (1, 99, ["Two", "Three", "One"]),
        (2, 0, ["Two", "One", "Three"]),
        (2, 2, ["One", "Two", "Three"]),
    ],
)
def test_an_entry_moves_and_the_others_close_up(place, to, order):
    collection = collection_of("One", "Two", "Three")

    actions.move_item(collection, collection.items.get(position=place), to=to)

    assert titles(collection) == list(enumerate(order, 1))


def test_what_is_taken_off_leaves_no_gap_and_twice_changes_nothing():
    collection = collection_of("One", "Two", "Three")
    two = collection.items.get(position=2).resource
    actions.remove_item(collection, two)
    told = Activity.objects.count()

    actions.remove_item(collection, two)

    assert titles(collection) == [(1, "One"), (2, "Three")]
    assert Activity.objects.count() == told


def test_an_empty_page_is_not_published():
    collection = actions.create_collection(title_en="Key readings")
    actions.put_item(collection, make.resource(status=Status.DRAFT))

    with pytest.raises(ValidationError, match="at least one published resource"):
        actions.publish_collection(collection)

    assert Collection.objects.get().status == Collection.Status.DRAFT


def test_publishing_and_taking_back_are_told_once_each(carla):
    collection = collection_of("One")

    for _twice in range(2):
        actions.publish_collection(collection, by=carla)
    for _twice in range(2):
        actions.unpublish_collection(collection, by=carla)

    told = Activity.objects.filter(actor=carla).order_by("pk").values_list("verb", flat=True)
    assert list(told) == ["resources.collection_published", "resources.collection_unpublished"]


def test_kept_pages_are_made_anew_when_a_curated_page_changes(django_capture_on_commit_callbacks):
    collection = collection_of("One")
    before = generation.current()[0]

    with django_capture_on_commit_callbacks(execute=True):
        actions.publish_collection(collection)

    assert generation.current()[0] != before


def test_an_address_is_made_from_the_title_and_taken_once():
    first = actions.create_collection(title_en="Réponses à la COVID-19")
    second = actions.create_collection(title_en="Réponses à la COVID-19")

    with pytest.raises(ValidationError, match="Another curated page"):
        actions.create_collection(title_en="Third", slug=first.slug)

    assert [first.slug, second.slug] == ["reponses-a-la-covid-19", "reponses-a-la-covid-19-2"]


@pytest.mark.parametrize(
    "values", [{"status": "published"}, {"status": "gone"}, {"title_en": ""}, {"slug": ""}]
)
def test_the_database_refuses_what_no_page_may_be(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Collection.objects.create(**{"slug": "x", "title_en": "X", **values})


def test_a_place_is_taken_once():
    collection = collection_of("One")

    with pytest.raises(IntegrityError), transaction.atomic():
        collection.items.create(resource=make.resource(), position=1)
