"""What stands on every page, and the pages for what cannot be answered."""

import re

import pytest
from django.template.loader import render_to_string

from members.models import Member
from portal.views.errors import server_error
from tests import make

pytestmark = pytest.mark.django_db


def test_the_language_switch_leads_to_the_same_page(client):
    body = client.get("/fr/search/?q=cash&kind=").content.decode()

    switch = re.findall(r'<a href="([^"]+)" lang="(\w+)" hreflang="\w+"( aria-current="true")?>', body)
    assert [(href.replace("&amp;", "&"), code, bool(current)) for href, code, current in switch] == [
        ("/search/?q=cash&kind=", "en", False),
        ("/fr/search/?q=cash&kind=", "fr", True),
        ("/es/search/?q=cash&kind=", "es", False),
        ("/pt/search/?q=cash&kind=", "pt", False),
        ("/ar/search/?q=cash&kind=", "ar", False),
    ]


def test_a_page_names_its_other_languages_to_machines(client):
    body = client.get("/ar/").content.decode()

    assert re.findall(r'rel="alternate" hreflang="(\w+)" href="http://localhost:8000([^"]+)"', body) == [
        ("en", "/"),
        ("fr", "/fr/"),
        ("es", "/es/"),
        ("pt", "/pt/"),
        ("ar", "/ar/"),
    ]
    assert re.findall(r'rel="canonical" href="http://localhost:8000([^"]+)"', body) == ["/ar/"]


def test_the_section_one_is_in_is_marked(client):
    inside = client.get("/library/?q=x").content.decode()
    outside = client.get("/search/").content.decode()

    assert re.findall(r'<a href="(/\w+/)" aria-current="page">', inside) == ["/library/"]
    assert re.findall(r'class="primary".*?</nav>', outside, re.S)[0].count("aria-current") == 0


def test_a_visitor_is_offered_to_sign_in_and_a_member_to_sign_out(client, amina, carla):
    visitor = client.get("/search/").content.decode()
    client.force_login(amina)
    member = client.get("/search/").content.decode()
    client.force_login(carla)
    staff = client.get("/search/").content.decode()

    assert ["/sign-in/" in body for body in (visitor, member, staff)] == [True, False, False]
    assert ["/sign-out/" in body for body in (visitor, member, staff)] == [False, True, True]
    assert ["Amina" in body for body in (visitor, member, staff)] == [False, True, False]
    assert ["/admin/" in body for body in (visitor, member, staff)] == [False, False, True]


def test_a_visitors_page_takes_no_query_no_session_and_no_cookie(client, django_assert_num_queries):
    client.get("/search/")

    with django_assert_num_queries(0):
        answer = client.get("/search/")

    assert (list(answer.cookies), "Cookie" in answer.headers.get("Vary", "")) == ([], False)


def test_signing_in_works_and_a_mistake_keeps_the_address(client, dawit):
    dawit.set_password("correct horse")
    dawit.save()
    Member.objects.vouch_for_address(dawit)

    wrong = client.post("/sign-in/", {"login": dawit.email, "password": "wrong"})
    right = client.post("/sign-in/", {"login": dawit.email, "password": "correct horse", "next": "/library/"})

    assert (wrong.status_code, f'value="{dawit.email}"' in wrong.content.decode()) == (200, True)
    assert 'class="errors" role="alert"' in wrong.content.decode()
    assert right.headers["Location"] == "/library/"


def test_a_page_that_does_not_exist_offers_a_search_for_its_words(client):
    answer = client.get("/publications/universal-social_protection.html")

    assert answer.status_code == 404
    assert 'value="publications universal social protection"' in answer.content.decode()
    assert re.findall(r'hreflang="fr">', answer.content.decode()) == ['hreflang="fr">']


@pytest.mark.parametrize(
    "template", ["errors/400.html", "errors/403.html", "errors/404.html", "errors/410.html"]
)
def test_an_error_page_has_one_heading_and_a_way_on(rf, template):
    request = rf.get("/nowhere/")
    request.resolver_match = None

    body = render_to_string(template, request=request)

    assert (body.count("<h1"), "noindex" in body) == (1, True)
    assert re.findall(r'<main.*?href="(/[^"]*)"', body, re.S) != []


def test_the_page_for_a_broken_server_needs_neither_database_nor_context(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = server_error(rf.get("/"))

    assert (answer.status_code, "Something broke on our side" in answer.content.decode()) == (500, True)


def test_robots_may_read_items_and_plain_lists_but_no_combination_of_filters(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines[0] == "User-agent: *"
    assert {
        f"Disallow: /*{mark}{name}="
        for name in ("country", "kind", "year", "sort", "q")
        for mark in ("?", "*&")
    } <= set(lines)
    assert [line for line in lines if line in ("Disallow: /", "Disallow: /library/")] == []


def test_the_style_page_is_for_staff(client, carla):
    refused = client.get("/style/")
    client.force_login(carla)
    shown = client.get("/style/")

    assert (refused.status_code, shown.status_code) == (404, 200)


@pytest.mark.parametrize(
    "address", ["/", "/library/", "/search/?q=cash", "/style/", "/sign-in/", "/nowhere/"]
)
def test_no_page_is_heavy_and_every_identifier_stands_once(client, carla, address, index):
    for n in range(25):
        make.resource(title=f"Cash {n}", summary="word " * 200, countries=["MWI", "ZMB"])
    index.sync()
    if address == "/style/":
        client.force_login(carla)

    body = client.get(address).content.decode()

    identifiers = re.findall(r' id="([^"]+)"', body)
    assert len(body.encode()) < 100_000
    assert sorted(identifiers) == sorted(set(identifiers))


def test_a_huge_query_does_not_make_a_huge_page(client, index):
    answer = client.get("/library/", {"q": "ا" * 10_000})

    assert answer.status_code == 200
    assert "Your search text was longer than 400 characters" in answer.content.decode()
    assert len(answer.content) < 30_000
