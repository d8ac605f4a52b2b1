import re

import pytest

from resources.models import Kind
from search.find import engine
from search.results import SearchUnavailable
from tests import make

pytestmark = pytest.mark.django_db


def groups(body):
    """(kind, count, titles, address of all) of each group."""
    found = []
    for part in body.split('<section class="section section--thin')[1:]:
        name, count = re.search(r'</svg>([^<]+) <span class="muted normal num">([^<]+)</span>', part).groups()
        titles = [
            re.sub("<[^>]+>", "", title) for title in re.findall(r'resource__title"><a [^>]*>(.*?)</a>', part)
        ]
        found.append(
            (
                name,
                count,
                titles,
                re.search(r'<a href="([^"]+)" rel="nofollow">All', part)[1].replace("&amp;", "&"),
            )
        )
    return found


def test_what_is_found_is_grouped_by_kind_with_counts(client, index):
    for n in range(6):
        make.resource(title=f"Harvest paper {n}")
    make.resource(Kind.LAW, title="Harvest law")
    make.resource(Kind.LAW, title="Pension law")
    index.sync()

    found = {name: rest for name, *rest in groups(client.get("/search/?q=harvest").content.decode())}

    assert found["Legal and policy frameworks"] == ["1", ["Harvest law"], "/library/?q=harvest&kind=law"]
    assert (found["Publications"][0], len(found["Publications"][1])) == ("6", 4)
    assert len(found) == 2


def test_a_chosen_kind_leads_to_the_library(client):
    answer = client.get("/search/?q=lean+season&kind=law")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/library/?q=lean+season&kind=law")


def test_an_unknown_kind_searches_everything(client, index):
    assert client.get("/search/?q=x&kind=sonnet").status_code == 200


def test_nothing_found_keeps_the_words_and_offers_ways_on(client, index):
    make.country("MWI")

    body = client.get("/search/", {"q": 'Malawi" <b>'}).content.decode()

    assert 'value="Malawi&quot; &lt;b&gt;"' in body
    assert '<a href="/countries/mwi/">Malawi</a>' in body


def test_no_words_find_nothing_and_say_what_can_be_searched(client, index):
    make.resource()
    index.sync()

    body = client.get("/search/").content.decode()

    assert groups(body) == []
    assert "Search titles, texts, authors" in body


def test_without_the_index_the_page_says_so(client, index, monkeypatch):
    def broken(*args, **kwargs):
        raise SearchUnavailable

    monkeypatch.setattr(type(engine()), "find", broken)

    answer = client.get("/search/?q=harvest")

    assert (answer.status_code, "The search is out of order for the moment." in answer.content.decode()) == (
        200,
        True,
    )


@pytest.mark.parametrize("count", [1, 20])
def test_a_search_costs_one_query_for_any_number_of_rows(client, index, count, django_assert_num_queries):
    for n in range(count):
        make.resource(title=f"Harvest {n}")
    index.sync()
    client.get("/search/?q=harvest")

    with django_assert_num_queries(1):
        client.get("/search/?q=harvest")
