import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from resources.models import Kind, Status
from tests import make

pytestmark = pytest.mark.django_db


def figures(body):
    return dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", body))


def short_titles(body):
    return re.findall(r'<li><a href="/library/[^"]+">([^<]+)</a><p>', body)


def test_home_counts_what_is_published(client):
    for _ in range(3):
        make.resource()
    make.resource(Kind.LAW)
    make.resource(Kind.LAW, status=Status.DRAFT)

    body = client.get("/").content.decode()

    assert figures(body) == {"resources": "4", "publications": "3", "legal and policy frameworks": "1"}


def test_home_shows_the_three_newest_of_each_kind(client):
    for year in (2020, 2021, 2022, 2023):
        make.resource(title=f"Paper of {year}", published_on=date(year, 1, 1))
    make.resource(Kind.LAW, title="A law")

    body = client.get("/").content.decode()

    assert short_titles(body) == ["Paper of 2023", "Paper of 2022", "Paper of 2021", "A law"]


def test_home_shows_only_jobs_one_can_still_apply_for(client):
    today = timezone.localdate()
    make.resource(Kind.JOB, title="Closed", detail={"closes_on": today - timedelta(days=1)})
    make.resource(Kind.JOB, title="Last day", detail={"closes_on": today})

    body = client.get("/").content.decode()

    assert short_titles(body) == ["Last day"]


def test_home_announces_events_that_are_not_over(client):
    today = timezone.localdate()
    make.resource(
        Kind.EVENT,
        title="Over",
        detail={"starts_on": today - timedelta(days=3), "ends_on": today - timedelta(days=1)},
    )
    make.resource(
        Kind.EVENT, title="Running", detail={"starts_on": today - timedelta(days=3), "ends_on": today}
    )
    make.resource(Kind.EVENT, title="Ahead", detail={"starts_on": today + timedelta(days=3)})

    body = client.get("/").content.decode()

    assert re.findall(r'class="event__title"><a [^>]*>([^<]+)</a>', body) == ["Running", "Ahead"]


def test_an_empty_portal_says_so(client):
    body = client.get("/").content.decode()

    assert "The library is empty" in body
    assert figures(body) == {}


def test_home_shows_sections_only_of_what_exists(client):
    make.resource()

    body = client.get("/").content.decode()

    assert [
        word for word in ("Communities", "Courses", "Webinars", "newsletter") if word.lower() in body.lower()
    ] == []


def test_the_regions_count_their_countries_programmes_and_laws(client):
    make.country("MWI")
    make.resource(Kind.PROGRAMME, countries=["ZMB"])
    make.resource(Kind.LAW, countries=["ZMB"])

    body = client.get("/").content.decode()

    row = re.search(r'<a href="/countries/\?region=SSF"[^>]*>Sub-Saharan Africa</a></th>(.*?)</tr>', body)[1]
    assert re.findall(r">(\d+)<", row) == ["2", "1", "1"]


def test_every_link_of_the_home_page_leads_somewhere(client, index):
    make.resource(Kind.LAW, title="A law", countries=["MWI"])
    make.topic("Cash transfers")
    index.sync()
    body = client.get("/").content.decode()

    addresses = {href.replace("&amp;", "&") for href in re.findall(r'<a [^>]*href="(/[^"#]*)', body)}

    answers = {address: client.get(address).status_code for address in addresses}
    assert {address: status for address, status in answers.items() if status != 200} == {}


@pytest.mark.parametrize("count", [1, 20])
def test_home_costs_the_same_number_of_queries_for_any_number_of_resources(
    client, count, django_assert_num_queries
):
    for n in range(count):
        make.resource(title=f"Paper {n}")
    client.get("/")

    with django_assert_num_queries(2):
        client.get("/")
