"""Curated pages as readers and staff see them."""

import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from resources import actions
from resources.models import Collection, Status
from tests import make

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def collection_of(*resources, published=True, comments=(), **values):
    collection = actions.create_collection(**{"title_en": "Key readings on COVID-19", **values})
    for n, resource in enumerate(resources):
        actions.put_item(collection, resource, comment=comments[n] if comments else "")
    return actions.publish_collection(collection) if published else collection


def titles(answer):
    return re.findall(r'class="resource__title">.*?<a [^>]*>(.*?)</a>', answer.content.decode(), re.S)


def desk(name, collection, *more):
    return reverse(name, args=[collection.pk, *more])


def test_a_reader_sees_the_published_resources_in_order_with_their_comments(client):
    collection = collection_of(
        make.resource(title="Second written, read first"),
        make.resource(title="Withdrawn", status=Status.WITHDRAWN),
        make.resource(title="Draft", status=Status.DRAFT),
        make.resource(title="Read last"),
        comments=["Start <here>.", "", "", "Then this."],
    )

    answer = client.get(collection.get_absolute_url())

    assert titles(answer) == ["Second written, read first", "Read last"]
    assert re.findall(r'readings__comment">(.*?)</p>', answer.content.decode()) == [
        "Start &lt;here&gt;.",
        "Then this.",
    ]


def test_a_draft_exists_for_staff_alone(client, carla, dawit):
    address = collection_of(make.resource(), published=False).get_absolute_url()
    statuses = [client.get(address).status_code]
    for member in (dawit, carla):
        client.force_login(member)
        statuses.append(client.get(address).status_code)

    assert statuses == [404, 404, 200]


def test_the_reader_gets_their_language_and_english_says_that_it_is_english(client):
    make.language("fr")
    collection = collection_of(make.resource(), title_fr="À lire", intro_en="Only in *English*.")

    page = client.get(f"/fr{collection.get_absolute_url()}").content.decode()

    assert "<h1>À lire</h1>" in page
    assert '<div class="prose" lang="en" dir="ltr"><p>Only in <em>English</em>.</p>' in page


def test_the_list_the_home_page_and_the_sitemap_lead_to_published_pages_only(client):
    resource = make.resource()
    shown = collection_of(resource, title_en="Shown")
    collection_of(resource, title_en="Hidden", published=False)

    pages = [client.get(address).content.decode() for address in ("/collections/", "/")]
    sitemap = client.get("/sitemap-collections.xml").content.decode()

    found = [re.findall(r'class="collections__title"><a href="([^"]+)"', page) for page in pages]
    assert found == [[shown.get_absolute_url()]] * 2
    assert re.findall(r"<loc>http://localhost:8000(/collections/.*?)</loc>", sitemap) == [
        shown.get_absolute_url()
    ]


def test_home_has_no_section_where_nothing_is_published(client):
    collection_of(make.resource(), published=False)

    assert "h-curated" not in client.get("/").content.decode()


def test_a_page_that_is_taken_back_is_gone_from_every_door(client):
    collection = collection_of(make.resource())

    actions.unpublish_collection(collection)

    assert [
        client.get(address).status_code
        for address in (collection.get_absolute_url(), f"{collection.get_absolute_url()}feed/")
    ] == [404, 404]
    assert collection.get_absolute_url() not in client.get("/sitemap-collections.xml").content.decode()


def test_the_feed_tells_what_was_added_last_first(client):
    collection = collection_of(
        make.resource(title="Cash & care"), make.resource(title="Newer"), comments=["Read <this>.", ""]
    )

    feed = ElementTree.fromstring(client.get(f"{collection.get_absolute_url()}feed/").content)

    assert [entry.find(f"{ATOM}title").text for entry in feed.iter(f"{ATOM}entry")] == [
        "Newer",
        "Cash & care",
    ]
    assert [entry.findtext(f"{ATOM}summary") for entry in feed.iter(f"{ATOM}entry")] == ["", "Read <this>."]


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize(("address", "queries"), [("", 3), ("feed/", 3)])
def test_a_page_costs_the_same_number_of_queries(client, count, address, queries, django_assert_num_queries):
    collection = collection_of(*[make.resource() for _n in range(count)])
    client.get(collection.get_absolute_url())

    with django_assert_num_queries(queries):
        client.get(f"{collection.get_absolute_url()}{address}")


@pytest.mark.parametrize("count", [1, 20])
def test_the_editor_costs_the_same_number_of_queries(client, carla, count, django_assert_num_queries):
    collection = collection_of(*[make.resource() for _n in range(count)])
    client.force_login(carla)
    client.get(desk("collection_edit", collection))

    with django_assert_num_queries(6):
        client.get(desk("collection_edit", collection))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("cast", ["stranger", "dawit", "amina", "carla"])
def test_the_desk_is_open_to_staff_alone(client, request, cast, method):
    collection = collection_of(make.resource())
    item = collection.items.get().pk
    addresses = {
        reverse("collection_desk"): (200, 405),
        reverse("collection_new"): (200, 422),
        desk("collection_edit", collection): (200, 422),
        desk("collection_publication", collection): (405, 302),
        desk("collection_items", collection): (405, 404),
        desk("collection_item_comment", collection, item): (405, 302),
        desk("collection_item_place", collection, item): (405, 302),
        desk("collection_item_removal", collection, item): (405, 302),
    }
    member = request.getfixturevalue(cast)
    if cast != "stranger":
        client.force_login(member)

    statuses = {address: getattr(client, method)(address).status_code for address in addresses}

    if cast == "carla":
        assert statuses == {address: both[method == "post"] for address, both in addresses.items()}
    elif cast == "stranger":
        assert statuses == dict.fromkeys(addresses, 302)
    else:
        assert statuses == dict.fromkeys(addresses, 403)


def test_staff_make_fill_order_and_publish_a_page(client, carla, index):
    first, second = make.resource(title="Lean season cash"), make.resource(title="Lean season food")
    index.sync()
    client.force_login(carla)

    client.post(reverse("collection_new"), {"title_en": "Lean season", "comment_language": "en"})
    collection = Collection.objects.get()
    found = client.get(desk("collection_edit", collection), {"q": "lean season"}).content.decode()
    for resource in (first, second):
        client.post(desk("collection_items", collection), {"resource": resource.pk})
    item = collection.items.get(resource=second)
    client.post(desk("collection_item_comment", collection, item.pk), {"comment": "Read me first."})
    client.post(desk("collection_item_place", collection, item.pk), {"step": "up"})
    client.post(desk("collection_publication", collection), {"publish": "yes"})
    client.logout()

    assert sorted(re.findall(r'name="resource" value="(\d+)"', found)) == sorted(
        map(str, (first.pk, second.pk))
    )
    page = client.get("/collections/lean-season/")
    assert titles(page) == ["Lean season food", "Lean season cash"]
    assert "Read me first." in page.content.decode()


def test_a_resource_is_found_by_the_address_of_its_page(client, carla, index):
    resource = make.resource(title="Found by address")
    make.resource(title="Another")
    index.sync()
    client.force_login(carla)
    collection = collection_of(published=False)

    address = f"https://example.org/fr{resource.get_absolute_url()}?x=1"
    page = client.get(desk("collection_edit", collection), {"q": address}).content.decode()

    assert re.findall(r'name="resource" value="(\d+)"', page) == [str(resource.pk)]


def test_a_comment_that_is_too_long_stays_typed_and_changes_nothing(client, carla):
    collection = collection_of(make.resource(), comments=["Short."])
    item = collection.items.get()
    client.force_login(carla)

    answer = client.post(desk("collection_item_comment", collection, item.pk), {"comment": "x" * 1001})

    assert answer.status_code == 422
    assert "x" * 1001 in answer.content.decode()
    assert collection.items.get().comment == "Short."


def test_a_page_without_a_title_says_so_and_keeps_what_was_typed(client, carla):
    client.force_login(carla)

    answer = client.post(
        reverse("collection_new"), {"title_en": " ", "intro_en": "Kept words", "comment_language": "en"}
    )

    assert 'href="#id_title_en"' in answer.content.decode()
    assert "Kept words" in answer.content.decode()
    assert Collection.objects.count() == 0


def test_a_taken_address_is_refused_in_the_form(client, carla):
    collection_of(published=False, slug="covid-19")
    client.force_login(carla)

    answer = client.post(
        reverse("collection_new"), {"title_en": "Other", "slug": "covid-19", "comment_language": "en"}
    )

    assert 'href="#id_slug"' in answer.content.decode()
    assert Collection.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "0", "-1", "x", "9" * 30, "٣", None])
def test_an_odd_place_or_key_changes_nothing(client, carla, typed):
    collection = collection_of(make.resource(title="A"), make.resource(title="B"))
    item = collection.items.get(position=2)
    client.force_login(carla)
    place = {"to": typed} if typed is not None else {}

    moved = client.post(desk("collection_item_place", collection, item.pk), place)
    added = client.post(desk("collection_items", collection), {"resource": typed or ""})

    assert (moved.status_code, added.status_code) == (302, 404)
    assert list(collection.items.values_list("resource__title", flat=True)) == ["A", "B"]


def test_the_first_entry_goes_no_further_up(client, carla):
    collection = collection_of(make.resource(title="A"), make.resource(title="B"))
    client.force_login(carla)

    client.post(
        desk("collection_item_place", collection, collection.items.get(position=1).pk), {"step": "up"}
    )

    assert list(collection.items.values_list("resource__title", flat=True)) == ["A", "B"]


def test_an_entry_of_another_page_is_not_found_here(client, carla):
    mine, other = collection_of(make.resource()), collection_of(make.resource(), slug="other")
    client.force_login(carla)

    answer = client.post(desk("collection_item_removal", mine, other.items.get().pk))

    assert answer.status_code == 404
    assert other.items.count() == 1


def test_control_characters_do_not_break_the_feed(client):
    collection = collection_of(
        make.resource(title="Bell\x07"), comments=["Read\x0b this."], title_en="Key\x07"
    )

    feed = ElementTree.fromstring(client.get(f"{collection.get_absolute_url()}feed/").content)

    assert feed.findtext(f"{ATOM}entry/{ATOM}summary") == "Read this."
