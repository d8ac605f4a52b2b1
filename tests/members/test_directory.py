"""The directory finds whom it may, for whom it may."""

import re
from importlib import import_module

import pytest
from django.core import mail

from members.models import Audience, Profile, Purpose
from search.find import find, suggest
from search.results import SearchUnavailable
from tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("index")]


def names(client, query=""):
    return [person.name for person in client.get(f"/members/{query}").context["people"]]


@pytest.fixture
def members(index):
    transfers = make.topic("Cash transfers", slug="cash-transfers")
    amina = make.member("Amina", country=make.country("MWI"))
    make.profile(
        amina,
        bio="Registers of households",
        topics=[transfers],
        languages=["en", "sw"],
        affiliations=[{"position": "Registrar"}],
        shown_to=Audience.PUBLIC,
        topics_shown_to=Audience.PUBLIC,
        country_shown_to=Audience.PUBLIC,
    )
    bao = make.member("Bao", country=make.country("JOR"))
    make.profile(bao, topics=[transfers], languages=["ar"], affiliations=[{"sector": "ngo"}])
    make.profile(make.member("Hidden"), consents=[])
    index.sync()
    return {"amina": amina, "bao": bao}


def test_visitors_find_the_public_and_members_find_more(client, members):
    visitor = names(client)
    client.force_login(members["bao"])
    member = names(client)

    assert (visitor, member) == (["Amina"], ["Amina", "Bao"])


def test_words_and_facets_narrow_the_list(client, members):
    client.force_login(members["bao"])

    found = [
        names(client, query)
        for query in (
            "?q=registers",
            "?q=bao",
            "?kind=ngo",
            "?country=MWI",
            "?topic=cash-transfers",
            "?topic=cash-transfers&language=ar",
            "?kind=media",
        )
    ]

    assert found == [["Amina"], ["Bao"], ["Bao"], ["Amina"], ["Amina", "Bao"], ["Bao"], []]


def test_what_is_for_members_does_not_find_anybody_for_visitors(client, members):
    by_bio, by_language, by_sector = (
        names(client, q) for q in ("?q=registers", "?language=sw", "?kind=government")
    )

    page = client.get("/members/").content.decode()
    assert (by_bio, by_language, by_sector) == ([], [], [])
    assert 'value="cash-transfers"' in page
    assert ('value="sw"' in page, 'value="government"' in page, "Bao" in page) == (False, False, False)


def test_a_profile_that_is_hidden_is_gone_even_before_the_index_knows(client, members, index):
    Profile.objects.filter(pk=members["amina"].pk).update(shown_to=Audience.NOBODY)

    assert names(client) == []


def test_people_are_found_in_the_directory_and_nowhere_else(client, members):
    assert find("Amina").total == 0
    assert find("").total == 0
    assert suggest("Ami") == []
    assert "Amina" not in client.get("/search/?q=registers").content.decode()


def test_a_withdrawn_consent_takes_the_profile_out_of_the_index(client, members, index):
    client.force_login(members["amina"])
    client.post("/account/consents/", {})

    index.refresh()

    asked = {"models": ("members.profile", "members.publicprofile")}
    assert [
        find("Amina", audience=(word,), **asked).total for word in ("directory-members", "directory-public")
    ] == [0, 0]


def test_without_the_index_everybody_one_may_see_is_listed(client, members, monkeypatch):
    def away(*_args, **_kwargs):
        raise SearchUnavailable

    monkeypatch.setattr(import_module("members.views.directory"), "find", away)

    page = client.get("/members/?q=anything")

    assert page.status_code == 200
    assert [person.name for person in page.context["people"]] == ["Amina"]
    assert "out of order" in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "?kind=pirates&country=XX&topic=%00&language=zz",
        "?page=0",
        "?page=x",
        "?q=" + "a" * 5000,
        "?q=%00%ff",
        "?page=99999999999",
    ],
)
def test_a_strange_address_is_answered_and_named(client, members, query):
    assert client.get(f"/members/{query}").status_code in (200, 404)


def test_a_page_too_far_says_so(client, members):
    answer = client.get("/members/?page=7")

    assert (answer.status_code, "There are not so many pages" in answer.content.decode()) == (404, True)


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_costs_the_same_for_one_and_for_twenty(
    client, index, dawit, django_assert_num_queries, number
):
    topic = make.topic("Pensions", slug="pensions")
    for n in range(number):
        make.profile(
            make.member(f"Member{n}", country=make.country("MWI")),
            topics=[topic],
            experience=["ZMB"],
            languages=["en"],
            affiliations=[{"position": "Head"}],
        )
    index.sync()
    client.force_login(dawit)
    client.get("/members/")

    with django_assert_num_queries(9):
        page = client.get("/members/")

    assert len(page.context["people"]) == number


def test_no_consent_no_entry_whatever_the_audience(members):
    person = make.member("Quiet")
    make.profile(person, consents=[Purpose.CONTACT], shown_to=Audience.PUBLIC)

    assert list(Profile.objects.listed().filter(pk=person.pk)) == []


def test_a_newcomer_is_found_once_the_address_is_verified_and_not_before(client, filled_in, index, dawit):
    asked = {"audience": ("directory-members",), "models": ("members.profile",)}
    client.post("/sign-up/", filled_in)
    index.refresh()
    before = find("Thandiwe", **asked).total

    client.post(
        "/sign-up/verify/", {"code": re.search(r"^([A-Z0-9-]{7,9})$", mail.outbox[0].body, re.M).group(1)}
    )

    index.refresh()
    assert (before, find("Thandiwe", **asked).total) == (0, 1)
