"""Curated pages are found: by the search over everything, while one types, from the library and from topics."""

import json
import re

import pytest

from resources import actions
from tests import make
from tests.resources.collections.test_pages import collection_of

pytestmark = pytest.mark.django_db


def found(client, text, prefix=""):
    """(group, title) of what the search over everything shows of curated pages."""
    page = client.get(f"{prefix}/search/", {"q": text}).content.decode()
    group = re.search(r'<section [^>]*aria-labelledby="kind-collection">(.*?)</section>', page, re.S)
    return re.findall(r'resource__title"><a href="([^"]+)"[^>]*>(.*?)</a>', group[1]) if group else []


@pytest.fixture
def covid(index):
    make.language("fr")
    collection = collection_of(
        make.resource(title="A paper"),
        title_en="Responses to the pandemic",
        title_fr="Réponses à la pandémie",
        intro_en="What **governments** did.",
        comments=["Start with the furlough schemes."],
    )
    index.sync()
    return collection


@pytest.mark.parametrize("words", ["pandemic", "governments", "furlough"])
def test_the_search_finds_a_page_by_its_title_its_introduction_and_its_comments(client, covid, words):
    titles = [(url, re.sub(r"</?mark>", "", title)) for url, title in found(client, words)]

    assert titles == [("/collections/responses-to-the-pandemic/", "Responses to the pandemic")]


def test_a_reader_finds_it_in_their_language(client, covid):
    assert found(client, "pandémie", "/fr") == [
        ("/fr/collections/responses-to-the-pandemic/", "Réponses à la <mark>pandémie</mark>")
    ]


def test_a_page_and_a_resource_of_one_key_do_not_stand_in_for_each_other(client, index):
    resource = make.resource(title="Harvest paper")
    collection = collection_of(resource, title_en="Harvest readings")
    type(collection).objects.filter(pk=collection.pk).update(slug="harvest")
    index.sync()

    page = client.get("/search/", {"q": "harvest"}).content.decode()
    groups = re.findall(r'aria-labelledby="kind-(\w+)".*?resource__title"><a href="([^"]+)"', page, re.S)

    assert dict(groups) == {"collection": "/collections/harvest/", "publication": resource.get_absolute_url()}


def test_the_library_counts_resources_alone(client, covid):
    page = client.get("/library/", {"q": "pandemic"}).content.decode()

    assert "No results for" in page


def test_it_is_offered_while_one_types_and_no_more_once_it_is_taken_back(client, covid):
    def offered():
        return json.loads(client.get("/library/suggestions/", {"q": "Responses to"}).content)["suggestions"]

    before = offered()
    type(covid).objects.update(status="draft")

    assert before == [
        {
            "text": "Responses to the pandemic",
            "kind": "collection",
            "label": "Key readings",
            "url": "/collections/responses-to-the-pandemic/",
        }
    ]
    assert offered() == []


@pytest.mark.django_db(transaction=True)
def test_the_index_follows_what_staff_do(client, covid, index):
    actions.edit_collection(covid, title_en="Responses to the heatwave", title_fr="")
    index.refresh()
    after_edit = [found(client, words) != [] for words in ("heatwave", "pandemic")]
    actions.unpublish_collection(covid)
    index.refresh()

    assert (after_edit, found(client, "heatwave")) == ([True, False], [])


def test_a_stale_index_shows_nothing_that_was_withdrawn(client, covid):
    type(covid).objects.update(status="draft")

    assert found(client, "pandemic") == []


def key_readings(client, address):
    page = client.get(address).content.decode()
    return list(dict.fromkeys(re.findall(r'href="(/collections/[^"]+/)"', page)))


def test_the_library_leads_to_curated_pages_where_nothing_is_searched_for(client, covid):
    assert key_readings(client, "/library/") == [covid.get_absolute_url()]
    assert key_readings(client, "/library/?kind=law") == []


def test_a_topic_leads_to_the_pages_that_hold_two_of_its_resources(client, index):
    cash, pensions = make.topic("Cash transfers"), make.topic("Pensions")
    on_cash = [make.resource(topics=[cash]) for _n in range(2)]
    both = collection_of(*on_cash, make.resource(topics=[pensions]), slug="both")
    collection_of(on_cash[0], slug="one-only")
    collection_of(*on_cash, slug="draft", published=False)
    index.sync()

    assert key_readings(client, "/topics/cash-transfers/") == [both.get_absolute_url()]
    assert key_readings(client, "/topics/pensions/") == []
