"""What machines read to find their way: sitemap, robots, OpenSearch."""

from xml.etree import ElementTree

import pytest
from django.urls import reverse

from resources.models import Kind, Status
from tests import make

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "o": "http://a9.com/-/spec/opensearch/1.1/"}


def locations(client, address):
    tree = ElementTree.fromstring(client.get(address).content)
    return [element.text for element in tree.findall("*/s:loc", NAMES)]


def test_the_sitemap_leads_to_every_published_resource_and_to_no_other(client):
    paper = make.resource(title="Published paper")
    law = make.resource(Kind.LAW, title="Pension Act")
    make.resource(Kind.COUNTRY, title="Malawi")
    for status in (Status.DRAFT, Status.SUBMITTED, Status.WITHDRAWN):
        make.resource(status=status)

    index = locations(client, reverse("sitemap_index"))
    found = [
        address
        for section in index
        if "resources-" in section
        for address in locations(client, section.removeprefix("http://localhost:8000"))
    ]

    assert found == [f"http://localhost:8000{r.get_absolute_url()}" for r in (paper, law)]


def test_countries_and_topics_stand_in_the_sitemap_in_every_language(client):
    make.country("MWI")
    make.topic("Cash transfers")

    countries, topics = (
        locations(client, reverse("sitemap", args=[name])) for name in ("countries", "topics")
    )

    assert countries == [
        f"http://localhost:8000{prefix}/countries/mwi/" for prefix in ("", "/fr", "/es", "/pt", "/ar")
    ]
    assert len(topics) == 5


def test_an_unknown_section_is_not_found(client):
    assert client.get(reverse("sitemap", args=["resources-99"])).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_a_chapter_costs_the_same_number_of_queries(client, django_assert_num_queries, count):
    for _n in range(count):
        make.resource()
    chapter = next(s for s in locations(client, reverse("sitemap_index")) if "resources-" in s).removeprefix(
        "http://localhost:8000"
    )

    with django_assert_num_queries(2):
        client.get(chapter)


def test_robots_are_shown_the_sitemap(client):
    assert (
        "Sitemap: http://localhost:8000/sitemap.xml"
        in client.get("/robots.txt").content.decode().splitlines()
    )


def test_a_browser_can_add_the_search(client):
    tree = ElementTree.fromstring(client.get(reverse("opensearch")).content)

    assert [url.get("template") for url in tree.findall("o:Url", NAMES)] == [
        "http://localhost:8000/library/?q={searchTerms}",
        "http://localhost:8000/library/feed/?q={searchTerms}",
        "http://localhost:8000/opensearch.xml",
    ]
