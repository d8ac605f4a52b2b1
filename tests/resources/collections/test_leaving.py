"""A curated page that goes: withdrawn once it was public, removed before."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from activity.models import Activity
from resources import actions
from resources.models import Collection, Resource
from resources.verbs import ResourceVerb
from tests import make
from tests.resources.collections.test_pages import collection_of, desk

pytestmark = pytest.mark.django_db


def told(verb):
    return Activity.objects.filter(verb=verb).count()


def test_a_withdrawn_page_says_why_at_its_address_and_is_gone_from_every_other_door(client, index):
    collection = collection_of(make.resource(), title_en="Key readings on cash")
    address = collection.get_absolute_url()

    actions.withdraw_collection(collection, reason="Out of <date>.")
    actions.withdraw_collection(collection, reason="Again.")
    index.sync()

    page = client.get(address)
    assert (page.status_code, "Out of &lt;date&gt;." in page.content.decode()) == (410, True)
    assert client.get(f"{address}feed/").status_code == 404
    doors = ["/collections/", "/", "/library/", "/search/?q=readings", "/sitemap-collections.xml"]
    assert [door for door in doors if address in client.get(door).content.decode()] == []
    assert told(ResourceVerb.COLLECTION_WITHDRAWN) == 1


def test_a_withdrawn_page_can_be_published_again(client):
    collection = collection_of(make.resource())
    actions.withdraw_collection(collection, reason="By mistake")

    actions.publish_collection(collection)

    collection.refresh_from_db()
    assert (collection.status, collection.withdrawn_at, collection.withdrawal_reason) == (
        "published",
        None,
        "",
    )
    assert client.get(collection.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("reason", ["", " \n"])
def test_withdrawing_needs_a_reason(client, carla, reason):
    collection = collection_of(make.resource())
    client.force_login(carla)

    answer = client.post(desk("collection_withdrawal", collection), {"reason": reason})

    assert (answer.status_code, 'href="#id_reason"' in answer.content.decode()) == (422, True)
    with pytest.raises(ValidationError):
        actions.withdraw_collection(collection, reason=reason)
    assert Collection.objects.published().count() == 1


def test_the_database_keeps_no_withdrawn_page_without_a_reason():
    collection = collection_of(make.resource())

    with pytest.raises(IntegrityError), transaction.atomic():
        Collection.objects.filter(pk=collection.pk).update(status="withdrawn")


def test_what_was_never_public_is_removed_and_its_resources_stay(client, carla):
    collection = collection_of(make.resource(), published=False)
    client.force_login(carla)

    shown = client.get(desk("collection_removal", collection))
    answer = client.post(desk("collection_removal", collection))
    actions.remove_collection(collection)

    assert (shown.status_code, answer["Location"]) == (200, reverse("collection_desk"))
    assert (Collection.objects.count(), Resource.objects.count()) == (0, 1)
    assert told(ResourceVerb.COLLECTION_REMOVED) == 1


def test_what_was_public_is_not_removed(client, carla):
    collection = collection_of(make.resource())
    actions.unpublish_collection(collection)
    client.force_login(carla)

    answer = client.post(desk("collection_removal", collection))

    assert (answer.status_code, Collection.objects.count()) == (404, 1)
    with pytest.raises(ValidationError):
        actions.remove_collection(collection)


def test_the_editor_offers_the_one_way_out_that_there_is(client, carla):
    client.force_login(carla)
    draft, public = collection_of(published=False, slug="a"), collection_of(make.resource(), slug="b")
    gone = actions.withdraw_collection(collection_of(make.resource(), slug="c"), reason="Old")

    def ways(collection):
        page = client.get(desk("collection_edit", collection)).content.decode()
        names = ("collection_removal", "collection_withdrawal")
        return [name for name in names if f'href="{desk(name, collection)}"' in page]

    assert [ways(one) for one in (draft, public, gone)] == [
        ["collection_removal"],
        ["collection_withdrawal"],
        [],
    ]
