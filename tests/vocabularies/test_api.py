"""The vocabularies over the API."""

import pytest

from tests import make
from tests.api import assert_fits, call

pytestmark = pytest.mark.django_db


def test_countries_languages_and_topics_are_given_whole(client):
    make.country("MWI"), make.language("ar")
    make.topic("Cash transfers", parent=make.topic("Social assistance"))

    countries, languages, topics = (
        call(client, "get", name).data["results"] for name in ("api_countries", "api_languages", "api_topics")
    )

    assert [(one["iso3"], one["names"]["en"], one["income_group"]) for one in countries] == [
        ("MWI", "Malawi", "LIC")
    ]
    assert [(one["code"], one["is_rtl"]) for one in languages] == [("ar", True)]
    assert [(one["slug"], one["parent"]) for one in topics] == [
        ("social-assistance", None),
        ("cash-transfers", "social-assistance"),
    ]
    (
        assert_fits(countries[0], "Country"),
        assert_fits(languages[0], "Language"),
        assert_fits(topics[0], "Topic"),
    )


def test_organisations_come_in_pages_and_by_part_of_their_name(client):
    for name, acronym in [("World Bank", "WB"), ("UNICEF", ""), ("World Food Programme", "WFP")]:
        make.organisation(name, acronym=acronym)

    first = call(client, "get", "api_organisations", per_page=2)
    second = client.get(first.data["next"]).json()
    by_name = call(client, "get", "api_organisations", q="WORLD")
    by_acronym = call(client, "get", "api_organisations", q="wfp")

    def names(data):
        return [one["name"] for one in data["results"]]

    assert (names(first.data), names(second), second["next"]) == (
        ["UNICEF", "World Bank"],
        ["World Food Programme"],
        None,
    )
    assert (names(by_name.data), names(by_acronym.data)) == (
        ["World Bank", "World Food Programme"],
        ["World Food Programme"],
    )
    assert_fits(first.data["results"][0], "Organisation")


def test_a_vocabulary_takes_no_parameters(client):
    assert call(client, "get", "api_countries", colour="green").status_code == 400
