"""The search over the API gives what the library's page gives."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from resources.models import Kind, Resource, Status
from search.results import SearchUnavailable as Unavailable
from tests import make
from tests.api import call, pointers

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(index):
    make.resource(title="Cash transfers in Malawi", countries=["MWI"], topics=[make.topic("Cash transfers")])
    make.resource(
        Kind.NEWS,
        title="Cash for floods",
        countries=["ZMB"],
        language_code="fr",
        published_on=None,
        year=2019,
    )
    make.resource(title="Pensions", countries=["MWI", "ZMB"], status=Status.DRAFT)
    index.sync()
    return index


def titles(answer):
    return [hit["resource"]["title"] for hit in answer.data["results"]]


def test_words_and_filters_find_what_they_find_on_the_page(client, library):
    cash = call(client, "get", "api_search", q="cash", facets="country,kind,year")
    narrowed = call(client, "get", "api_search", q="cash", country="MWI")

    assert (cash.data["total"], sorted(titles(cash))) == (2, ["Cash for floods", "Cash transfers in Malawi"])
    assert {facet: [(v["value"], v["label"], v["count"]) for v in values] for facet, values in cash.data["facets"].items()} == {
        "country": [("MWI", "Malawi", 1), ("ZMB", "Zambia", 1)],
        "kind": [("news", "News", 1), ("publication", "Publication", 1)],
        "year": [("2019", "2019", 1), ("2024", "2024", 1)],
    }  # fmt: skip
    assert titles(narrowed) == ["Cash transfers in Malawi"]
    assert narrowed.data["results"][0]["highlight"]["title"] == "<mark>Cash</mark> transfers in Malawi"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("?q=", 2),
        ("?kind=news", 1),
        ("?kind=news&kind=publication", 2),
        ("?language=fr", 1),
        ("?topic=cash-transfers", 1),
        ("?region=SSF", 2),
        ("?income=LIC", 1),
        ("?year=2019", 1),
        ("?year=2019&year=2024", 2),
        ("?year=2020-2025", 1),
        ("?year=-2019", 1),
        ("?q=cash&sort=oldest&country=ZMB", 1),
    ],
)
def test_every_search_page_names_the_call_that_gives_the_same(client, library, query, found):
    page = client.get(reverse("library") + query)
    call_url = unescape(re.search(r'id="api-call">([^<]+)<', page.content.decode())[1])

    answer = client.get(f"{urlsplit(call_url).path}?{urlsplit(call_url).query}")

    assert call_url.startswith("http://localhost:8000/api/v1/search/")
    assert (answer.status_code, answer.json()["total"], page.context["results"].total) == (200, found, found)


def test_the_search_of_the_whole_portal_names_its_call_too(client, library):
    page = client.get(reverse("search"), {"q": "cash & floods"}).content.decode()

    assert 'id="api-call">http://localhost:8000/api/v1/search/?q=cash+%26+floods<' in page


def test_the_pages_of_a_search_hold_each_hit_once(client, library):
    first = call(client, "get", "api_search", per_page=1, sort="title")
    second = client.get(first.data["next"]).json()

    assert (titles(first), [hit["resource"]["title"] for hit in second["results"]]) == (
        ["Cash for floods"],
        ["Cash transfers in Malawi"],
    )
    assert second["next"] is None


@pytest.mark.parametrize(
    ("parameters", "wrong"),
    [
        ({"country": "ATL"}, ["country"]),
        ({"year": "20"}, ["year"]),
        ({"year": "1066"}, ["year"]),
        ({"year": ["2019", "2020-2024"]}, ["year"]),
        ({"sort": "random"}, ["sort"]),
        ({"facets": "kind,colour"}, ["facets"]),
        ({"q": "x" * 401}, ["q"]),
        ({"page": "2"}, ["page"]),
        ({"kind": ["news"] * 21}, ["kind"]),
    ],
)
def test_what_cannot_be_searched_for_is_named(client, library, parameters, wrong):
    answer = call(client, "get", "api_search", **parameters)

    assert (answer.status_code, pointers(answer)) == (400, wrong)


def test_a_stale_index_discloses_nothing(client, library):
    make.unseen(
        Resource.objects.get(title="Cash for floods"),
        Status.WITHDRAWN,
        withdrawn_at="2024-01-01T00:00Z",
        withdrawal_reason="Behind the index's back",
    )

    assert titles(call(client, "get", "api_search", q="cash")) == ["Cash transfers in Malawi"]


def test_without_its_index_the_search_says_so(client, library, monkeypatch):
    monkeypatch.setattr(library, "find", lambda *_args, **_how: (_ for _ in ()).throw(Unavailable()))

    answer = call(client, "get", "api_search", q="cash")

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")


def test_searches_with_many_filters_are_bounded_without_a_token(client, library, settings, dawit):
    settings.FACET_BUDGET = 1
    many = {"kind": ["news", "publication", "job", "event"]}

    codes = [call(client, "get", "api_search", **many).status_code for _ in range(2)]
    member = call(client, "get", "api_search", member=dawit, **many).status_code

    assert (codes, member) == ([200, 429], 200)
