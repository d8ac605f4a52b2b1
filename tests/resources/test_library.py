"""The library's page, its feed and its suggestions."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from resources.models import Kind, Status
from search.find import engine
from search.results import SearchUnavailable
from tests import make

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def titles(answer):
    found = re.findall(r'class="resource__title"><a [^>]*>(.*?)</a>', answer.content.decode())
    return [re.sub(r"<[^>]+>", "", title) for title in found]


def links(answer, pattern):
    return [found.replace("&amp;", "&") for found in re.findall(pattern, answer.content.decode())]


def counts(answer, name):
    """{value: count} of a facet as the page shows it."""
    pattern = rf'name="{name}" value="([^"]+)"[^>]*><span>[^<]*</span><span class="n">([\d,]+)</span>'
    return dict(re.findall(pattern, answer.content.decode()))


def test_the_library_shows_what_is_published_newest_first(client, index):
    make.resource(title="Old", published_on=date(2001, 1, 1))
    make.resource(title="New", published_on=date(2025, 1, 1))
    make.resource(title="Hidden", status=Status.DRAFT)
    index.sync()

    answer = client.get("/library/")

    assert titles(answer) == ["New", "Old"]


def test_words_find_and_are_marked(client, index):
    make.resource(title="Lean season triggers", summary="When the harvest fails, pay early.")
    make.resource(title="Pensions for domestic workers")
    index.sync()

    answer = client.get("/library/", {"q": "harvest"})

    assert titles(answer) == ["Lean season triggers"]
    assert "<mark>harvest</mark>" in answer.content.decode()


def test_values_of_one_filter_add_up_and_filters_narrow_each_other(client, index):
    make.resource(Kind.LAW, title="Malawi law", countries=["MWI"])
    make.resource(Kind.NEWS, title="Malawi news", countries=["MWI"])
    make.resource(Kind.LAW, title="Zambia law", countries=["ZMB"])
    make.resource(Kind.LAW, title="Chile law", countries=["CHL"])
    index.sync()

    answer = client.get("/library/?country=MWI&country=ZMB&kind=law&sort=title")

    assert titles(answer) == ["Malawi law", "Zambia law"]
    assert counts(answer, "country") == {"MWI": "1", "ZMB": "1", "CHL": "1"}
    assert counts(answer, "kind") == {"law": "2", "news": "1"}


def test_each_active_filter_is_a_chip_that_takes_only_itself_away(client, index):
    make.resource(Kind.LAW, title="Malawi law", countries=["MWI"])
    index.sync()

    answer = client.get("/library/?q=law&kind=law&country=MWI&year=2020-2026")

    assert links(answer, r'<a class="chip" rel="nofollow" href="([^"]+)"') == [
        "/library/?q=law&country=MWI&year=2020-2026",
        "/library/?q=law&kind=law&year=2020-2026",
        "/library/?q=law&kind=law&country=MWI",
    ]
    assert links(answer, r'<a class="quiet" rel="nofollow" href="([^"]+)">Clear all') == ["/library/?q=law"]


def test_the_form_keeps_what_is_chosen(client, index):
    make.resource(Kind.LAW, title="Malawi law", countries=["MWI"])
    index.sync()

    body = client.get("/library/?q=law&kind=law&year_from=2020&sort=title").content.decode()

    assert re.findall(r'name="q" type="search" value="([^"]*)"', body) == ["law"]
    assert re.findall(r'value="(\w+)" checked', body) == ["law"]
    assert re.findall(r'name="year_from"[^>]* value="([^"]*)"', body) == ["2020"]
    assert re.findall(r'<option value="(\w+)" selected>[^<]+</option>', body)[0] == "title"


def test_a_long_filter_shows_the_first_values_and_all_on_demand(client, index):
    for _ in range(12):
        make.resource(organisations=[make.organisation()])
    index.sync()

    short = client.get("/library/")
    whole = client.get("/library/?more=organisation")

    assert (len(counts(short, "organisation")), len(counts(whole, "organisation"))) == (8, 12)
    assert links(short, r'rel="nofollow" href="([^"]+)">Show more') == ["/library/?more=organisation#filters"]


def test_a_chosen_value_is_shown_even_where_it_finds_nothing(client, index):
    make.resource(Kind.LAW, title="Malawi law", countries=["MWI"])
    make.country("JOR")
    index.sync()

    answer = client.get("/library/?country=JOR")

    assert titles(answer) == []
    assert counts(answer, "country") == {"JOR": "0", "MWI": "1"}


def test_pages_part_the_list_and_the_last_says_where_it_ends(client, index):
    for n in range(45):
        make.resource(title=f"Resource {n:02}")
    index.sync()

    first, last, beyond = (client.get(f"/library/?sort=title&page={page}") for page in (1, 3, 4))

    assert (len(titles(first)), len(titles(last))) == (20, 5)
    assert (beyond.status_code, titles(beyond)) == (404, [])
    assert links(beyond, r'<a class="btn btn--2" href="([^"]+)">Go to the last page, 3') == [
        "/library/?sort=title&page=3"
    ]


def test_a_page_number_beyond_all_measure_leads_to_the_last_page(client, index):
    make.resource()
    index.sync()

    answer = client.get("/library/?page=1000000000")

    assert answer.status_code == 404
    assert links(answer, r'href="([^"]+)">Go to the last page') == ["/library/"]


@pytest.mark.parametrize("count", [1, 20])
def test_a_list_costs_one_query_for_any_number_of_rows(client, index, count, django_assert_num_queries):
    for _ in range(count):
        make.resource(
            countries=["MWI"], organisations=[make.organisation()], topics=[make.topic(f"Topic {_}")]
        )
    index.sync()
    client.get("/library/?q=resource")

    with django_assert_num_queries(1):
        answer = client.get("/library/?q=resource")

    assert len(titles(answer)) == count


def test_nothing_found_offers_ways_on(client, index):
    make.country("MWI")
    make.topic("Cash transfers")
    make.resource(title="Pensions")
    index.sync()

    by_country = client.get("/library/?q=Malawi").content.decode()
    by_topic = client.get("/library/?q=quux+cash+transfers&kind=law").content.decode()

    assert '<a href="/countries/mwi/">Malawi</a>' in by_country
    assert '<a class="chip chip--go" href="/topics/cash-transfers/">Cash transfers</a>' in by_topic
    assert 'href="/library/?q=quux+cash+transfers" rel="nofollow">Search without filters' in by_topic


def test_a_misspelt_word_is_answered_with_the_right_one(client, index):
    make.resource(title="Unconditional transfers")
    index.sync()

    answer = client.get("/library/?q=uncondtional")

    assert links(answer, r'href="([^"]+)" rel="nofollow">unconditional</a>')[0] == "/library/?q=unconditional"


def test_without_the_index_the_database_is_browsed_and_the_words_are_kept(client, index, monkeypatch):
    make.resource(Kind.LAW, title="A law", published_on=date(2020, 1, 1))
    make.resource(Kind.NEWS, title="News", published_on=date(2021, 1, 1))

    def broken(*args, **kwargs):
        raise SearchUnavailable

    monkeypatch.setattr(type(engine()), "find", broken)

    everything = client.get("/library/?q=harvest")
    laws = client.get("/library/?kind=law")

    assert (titles(everything), titles(laws)) == (["News", "A law"], ["A law"])
    assert "The search is out of order for the moment." in everything.content.decode()
    assert 'value="harvest"' in everything.content.decode()


def test_only_the_plain_list_asks_to_be_indexed(client, index):
    plain, filtered = (
        client.get(address).content.decode() for address in ("/library/", "/library/?kind=law")
    )

    assert ("noindex" in plain, "noindex" in filtered) == (False, True)
    assert re.findall(r'<link rel="canonical" href="([^"]+)"', plain + filtered) == [
        "http://localhost:8000/library/"
    ]


def test_no_visitor_gets_a_cookie_and_no_answer_varies_by_one(client, index):
    answer = client.get("/library/?q=cash")

    assert (list(answer.cookies), "Cookie" in answer.headers.get("Vary", "")) == ([], False)


def test_many_filters_have_a_budget_for_visitors_without_an_account(client, index, settings):
    settings.FACET_BUDGET = 30
    busy = "/library/?kind=law&kind=news&country=MWI&country=ZMB&language=en"
    make.country("MWI")
    make.country("ZMB")
    make.language("en")

    answers = [client.get(busy) for _ in range(200)]

    refused = [answer for answer in answers if answer.status_code == 429]
    assert {answer.status_code for answer in answers} == {200, 429}
    assert len(refused) >= 140
    assert all(1 <= int(answer.headers["Retry-After"]) <= 60 for answer in refused)
    assert client.get("/library/?kind=law&country=MWI").status_code == 200


def test_the_budget_counts_each_address_and_leaves_members_alone(client, index, settings, amina):
    settings.FACET_BUDGET = 1
    make.country("ZMB")
    busy = "/library/feed/?kind=law&kind=news&country=MWI&country=ZMB"
    client.get(busy)
    refused, elsewhere = client.get(busy), client.get(busy, REMOTE_ADDR="192.0.2.7")
    client.force_login(amina)

    as_member = client.get(busy)

    assert (refused.status_code, elsewhere.status_code, as_member.status_code) == (429, 200, 200)


def test_any_search_is_a_feed_newest_first(client, index):
    make.resource(Kind.LAW, title="Older & wiser", countries=["MWI"], published_on=date(2019, 5, 2))
    make.resource(Kind.LAW, title="Newer", countries=["MWI"], published_on=date(2024, 5, 2))
    make.resource(Kind.NEWS, title="No law", countries=["MWI"])
    index.sync()

    answer = client.get("/library/feed/?kind=law&country=MWI&sort=title")

    feed = ElementTree.fromstring(answer.content)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == [
        "Newer",
        "Older & wiser",
    ]
    assert [entry.findtext(f"{ATOM}updated")[:10] for entry in feed.iter(f"{ATOM}entry")] == [
        "2024-05-02",
        "2019-05-02",
    ]
    assert feed.findtext(f"{ATOM}title") == "Library · Legal and policy frameworks, Malawi – Common Ground"


def test_the_page_names_its_feed(client, index):
    answer = client.get("/library/?q=cash&kind=law&sort=title")

    assert links(answer, r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"') == [
        "/library/feed/?q=cash&kind=law"
    ]


def test_suggestions_are_offered_as_json(client, index):
    make.resource(title="Unconditional transfers in Malawi")
    index.sync()

    answer = client.get("/library/suggestions/", {"q": "uncond"})

    assert answer.json()["suggestions"] == [
        {
            "text": "Unconditional transfers in Malawi",
            "kind": "publication",
            "label": "Publication",
            "url": "/library/publication/unconditional-transfers-in-malawi/",
        }
    ]
    assert client.get("/library/suggestions/").json() == {"suggestions": []}


def test_suggestions_stay_in_the_language_of_the_page(client, index):
    make.resource(title="Unconditional transfers in Malawi")
    index.sync()

    answer = client.get("/fr/library/suggestions/", {"q": "uncond"})

    assert [one["url"] for one in answer.json()["suggestions"]] == [
        "/fr/library/publication/unconditional-transfers-in-malawi/"
    ]


def test_the_library_speaks_the_language_of_its_address(client, index):
    make.resource(title="الحماية", language_code="ar", countries=["MWI"])
    index.sync()

    body = client.get("/ar/library/").content.decode()

    assert '<html lang="ar" dir="rtl">' in body
    assert '<a href="/library/" lang="en" hreflang="en">English</a>' in body


def test_words_typed_after_browsing_are_ordered_by_best_match(client, index):
    make.resource(title="Cash")
    index.sync()

    browsing, searching = (
        client.get(address).content.decode() for address in ("/library/", "/library/?q=cash&sort=")
    )

    pattern = r'<option value="(\w*)"( selected)?>([^<]+)</option>'
    assert re.findall(pattern, browsing)[:2] == [
        ("", " selected", "Newest first"),
        ("oldest", "", "Oldest first"),
    ]
    assert re.findall(pattern, searching)[:2] == [
        ("", " selected", "Best match"),
        ("newest", "", "Newest first"),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "kind=law",
        "country=MWI",
        "region=SSF",
        "income=LIC",
        "topic=cash-transfers",
        "topic=social-assistance",
        "language=fr",
        "organisation=ilo",
        "year=2019-2020",
        "year=2019,2020",
        "kind=law&country=MWI&topic=cash-transfers",
    ],
)
def test_every_filter_holds_while_the_index_is_away(client, index, monkeypatch, query):
    area = make.topic("Social assistance")
    make.resource(
        Kind.LAW,
        title="Wanted",
        language_code="fr",
        countries=["MWI"],
        topics=[make.topic("Cash transfers", parent=area)],
        organisations=[make.organisation("ILO", slug="ilo")],
        published_on=date(2020, 1, 1),
    )
    make.resource(
        Kind.NEWS,
        title="Other",
        countries=["CHL"],
        topics=[make.topic("Pensions")],
        organisations=[make.organisation()],
        published_on=date(2024, 1, 1),
    )

    def broken(*args, **kwargs):
        raise SearchUnavailable

    monkeypatch.setattr(type(engine()), "find", broken)

    answer = client.get(f"/library/?{query}")

    assert titles(answer) == ["Wanted"]
    assert '<b class="num">1 result</b>' in answer.content.decode()
    assert counts(answer, "kind")["law"] == "1"
