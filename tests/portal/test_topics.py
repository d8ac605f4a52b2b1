"""Topic pages: the tree with its counts, and one topic with what the library has on it."""

import re
from datetime import date

import pytest

from resources.models import Kind, Status
from tests import make
from vocabularies.models import TopicLabel

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """An area with two topics."""
    area = make.topic("Social assistance", slug="social-assistance", description_en="Help & support.")
    return {
        "area": area,
        "cash": make.topic(
            "Cash transfers", slug="cash-transfers", parent=area, name_fr="Transferts monétaires"
        ),
        "meals": make.topic("School meals", slug="school-meals", parent=area),
    }


@pytest.fixture(params=["with the index", "without the index"])
def ready(request, monkeypatch):
    """Bring what a test made into the index; or do nothing, for the pages work without it."""
    if request.param == "without the index":
        return lambda: None
    return request.getfixturevalue("index").sync


def page_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def counts_of(html):
    """The number beside each name."""
    return {
        name: int(number)
        for name, number in re.findall(r'">([^<]+)</a> <span class="[^"]*num[^"]*">(\d+)</span>', html)
    }


def links_in(html, start):
    """(address, words) of the links of the section whose heading has this id."""
    part = html.partition(f'id="{start}"')[2].partition("</section>")[0]
    return [
        (url, re.sub(r"<[^>]+>", "", words))
        for url, words in re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', part)
    ]


# ── The tree ─────────────────────────────────────────────────────────────────────────────────────────
def test_the_tree_counts_published_works_and_an_area_counts_those_of_its_topics_once(client, tree, ready):
    both = make.resource(topics=[tree["cash"], tree["meals"]])
    make.resource(topics=[tree["cash"]], work=both.work, language_code="fr")
    make.resource(topics=[tree["area"]])
    make.resource(topics=[tree["cash"]], status=Status.DRAFT)
    make.resource(topics=[tree["cash"]], status=Status.WITHDRAWN)
    ready()

    html = page_of(client, "/topics/")

    assert counts_of(html) == {"Social assistance": 2, "Cash transfers": 1, "School meals": 1}


def test_a_topic_without_a_work_shows_a_zero_that_stands_out(client, tree, ready):
    ready()

    html = page_of(client, "/topics/")

    assert (
        html.count('<a href="/topics/school-meals/">School meals</a> <span class="num is-none">0</span>') == 1
    )


def test_an_empty_vocabulary_says_so(client, ready):
    assert page_of(client, "/topics/").count("There are no topics yet") == 1


def test_the_tree_stands_in_the_readers_language(client, tree):
    html = page_of(client, "/fr/topics/")

    assert html.count('<a href="/fr/topics/cash-transfers/">Transferts monétaires</a>') == 1


# ── One topic ────────────────────────────────────────────────────────────────────────────────────────
def test_a_topic_shows_its_description_its_other_names_and_its_topics(client, tree, ready):
    TopicLabel.objects.create(topic=tree["area"], language="en", text="safety nets", kind="synonym")
    TopicLabel.objects.create(topic=tree["area"], language="en", text="SA", kind="acronym")
    TopicLabel.objects.create(topic=tree["area"], language="fr", text="aide sociale", kind="synonym")
    TopicLabel.objects.create(topic=tree["area"], language="en", text="soup kitchens", kind="narrower")
    ready()

    html = page_of(client, "/topics/social-assistance/")

    assert html.count('<p class="lead">Help &amp; support.</p>') == 1
    assert re.search(r"Also called: (.*?)</p>", html)[1] == "<bdi>SA</bdi>, <bdi>safety nets</bdi>"
    assert links_in(html, "h-topics") == [
        ("/topics/cash-transfers/", "Cash transfers"),
        ("/topics/school-meals/", "School meals"),
    ]


def test_a_description_comes_in_the_language_of_the_reader_or_says_that_it_does_not(client, tree, ready):
    make.topic("Pensions", slug="pensions", description_en="Old age.", description_fr="La vieillesse.")
    ready()

    missing = page_of(client, "/fr/topics/social-assistance/")
    given = page_of(client, "/fr/topics/pensions/")

    assert missing.count('<p class="lead" lang="en" dir="ltr">Help &amp; support.</p>') == 1
    assert given.count('<p class="lead">La vieillesse.</p>') == 1


def test_the_topics_of_an_area_show_their_number_of_works(client, tree, ready):
    make.resource(topics=[tree["cash"]])
    ready()

    part = (
        page_of(client, "/topics/social-assistance/").partition('id="h-topics"')[2].partition("</section>")[0]
    )

    assert re.findall(r'<p class="num">(\d+)</p>', part) == ["1", "0"]


def test_a_reader_of_french_sees_french_names_and_english_acronyms(client, tree, ready):
    TopicLabel.objects.create(topic=tree["cash"], language="en", text="CT", kind="acronym")
    TopicLabel.objects.create(topic=tree["cash"], language="en", text="payments", kind="synonym")
    TopicLabel.objects.create(topic=tree["cash"], language="fr", text="argent liquide", kind="synonym")
    ready()

    html = page_of(client, "/fr/topics/cash-transfers/")

    assert html.count("<h1>Transferts monétaires</h1>") == 1
    assert re.findall(r"<bdi>([^<]+)</bdi>", html) == ["CT", "argent liquide"]


def test_the_kinds_lead_into_the_library_with_their_number(client, tree, ready):
    for _n in range(2):
        make.resource(topics=[tree["cash"]])
    make.resource(Kind.LAW, topics=[tree["meals"]])
    make.resource(Kind.LAW, topics=[tree["meals"]], status=Status.DRAFT)
    ready()

    html = page_of(client, "/topics/social-assistance/")

    assert re.findall(r'chip--go" href="([^"]+)" rel="nofollow">([^<]+) <b class="num">(\d+)</b>', html) == [
        ("/library/?topic=social-assistance&amp;kind=publication", "Publications", "2"),
        ("/library/?topic=social-assistance&amp;kind=law", "Legal and policy frameworks", "1"),
    ]


def test_the_newest_resources_the_profiles_and_the_countries_are_named(client, tree, ready):
    make.resource(title="A paper", topics=[tree["cash"]], countries=["MWI"])
    make.resource(Kind.PROGRAMME, title="Cash for all", topics=[tree["cash"]], countries=["MWI", "ZMB"])
    make.resource(title="Elsewhere", topics=[tree["meals"]], countries=["BRA"])
    make.resource(title="Secret", topics=[tree["cash"]], countries=["JOR"], status=Status.DRAFT)
    ready()

    html = page_of(client, "/topics/cash-transfers/")

    assert sorted(re.findall(r'<h3 class="resource__title"><a [^>]*>([^<]+)</a>', html)) == [
        "A paper",
        "Cash for all",
    ]
    assert html.count("Cash for all") == 1
    assert links_in(html, "h-countries") == [
        ("/countries/mwi/", "Malawi"),
        ("/library/?topic=cash-transfers&amp;country=MWI", "2 – Malawi"),
        ("/countries/zmb/", "Zambia"),
        ("/library/?topic=cash-transfers&amp;country=ZMB", "1 – Zambia"),
    ]


def test_programmes_and_laws_older_than_the_newest_are_named_beside_them(client, tree, ready):
    make.resource(Kind.LAW, title="Old act", topics=[tree["cash"]], published_on=date(1990, 1, 1))
    for _n in range(10):
        make.resource(topics=[tree["cash"]])
    ready()

    html = page_of(client, "/topics/cash-transfers/")

    assert links_in(html, "h-profiles")[1:] == [("/library/law/old-act/", "Old act")]


def test_a_topic_has_a_feed(client, tree):
    html = page_of(client, "/topics/cash-transfers/")

    assert (
        html.count(
            'type="application/atom+xml" title="Cash transfers" href="/library/feed/?topic=cash-transfers"'
        )
        == 1
    )
    assert client.get("/library/feed/?topic=cash-transfers").status_code == 200


def test_an_empty_topic_offers_a_search(client, tree, ready):
    ready()

    html = page_of(client, "/topics/cash-transfers/")

    assert html.count("Nothing on this topic yet") == 1
    assert html.count('href="/library/?q=Cash%20transfers"') == 1


@pytest.mark.parametrize("slug", ["no-such-topic", "x" * 500, "Cash-transfers"])
def test_an_unknown_topic_is_not_found(client, tree, slug):
    assert client.get(f"/topics/{slug}/").status_code == 404


def test_names_and_descriptions_cannot_run(client):
    make.topic("<script>alert(1)</script>", slug="evil", description_en='"><script>alert(2)</script>')

    for url in ("/topics/", "/topics/evil/"):
        assert page_of(client, url).count("<script>") == 0


# ── What it costs ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("number", [1, 20])
def test_the_pages_cost_the_same_for_one_resource_and_for_twenty(
    client, tree, index, number, django_assert_num_queries
):
    for _n in range(number):
        make.resource(topics=[tree["cash"]], countries=["MWI", "ZMB"])
    index.sync()
    page_of(client, "/topics/")
    page_of(client, "/topics/cash-transfers/")

    with django_assert_num_queries(0):
        page_of(client, "/topics/")
    with django_assert_num_queries(2):
        page_of(client, "/topics/cash-transfers/")


def test_without_the_index_the_counts_cost_one_query(client, tree, django_assert_num_queries):
    make.resource(topics=[tree["cash"]])
    page_of(client, "/topics/cash-transfers/")

    with django_assert_num_queries(1):
        page_of(client, "/topics/")
