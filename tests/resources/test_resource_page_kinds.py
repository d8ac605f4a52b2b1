"""What the page of one kind shows that others do not."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from resources.models import Kind, ResourceFile, Status
from tests import make
from tests.resources.pages import facts_of, page_of

pytestmark = pytest.mark.django_db


def test_a_programme_shows_its_figures_with_year_and_what_is_missing(client):
    law = make.resource(Kind.LAW, title="Support Act")
    resource = make.resource(
        Kind.PROGRAMME,
        detail={
            "coverage": 306000,
            "coverage_unit": "households",
            "coverage_year": 2024,
            "coverage_source": "Ministry report",
            "started_year": 2006,
            "legal_basis": law,
            "agency": "Ministry of Gender",
            "is_emergency_measure": True,
        },
    )

    html = page_of(client, resource)
    facts = facts_of(html)

    assert (facts["Status"], facts["Coverage"], facts["Legal basis"]) == (
        "Since 2006",
        "306,000 households (2024)",
        "Support Act",
    )
    assert (facts["Cost"], facts["Benefit"], facts["Targeting"]) == ("Not reported",) * 3
    assert html.count('<span class="tag tag--warn">Emergency measure</span>') == 1
    assert html.count("Ministry report") == 1


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (2006, None, "Since 2006"),
        (2006, 2010, "2006 to 2010"),
        (None, 2010, "Ended in 2010"),
        (2006, 2999, "Since 2006, planned until 2999"),
        (None, None, "Not reported"),
    ],
)
def test_a_programme_says_whether_it_runs(client, start, end, words):
    resource = make.resource(Kind.PROGRAMME, detail={"started_year": start, "ended_year": end})

    assert facts_of(page_of(client, resource))["Status"] == words


def test_the_sources_of_a_programme_are_links_only_where_they_are_addresses(client):
    resource = make.resource(
        Kind.PROGRAMME,
        detail={"sources": ["https://www.kmu.gov.ua/news/a", "javascript:alert(1)", "ILO 2021", 7, ""]},
    )

    html = page_of(client, resource)
    sources = html.partition('id="h-sources"')[2].partition("</section>")[0]

    assert re.findall(r"<li>(.*?)</li>", sources) == [
        '<a href="https://www.kmu.gov.ua/news/a" rel="external noopener nofollow">kmu.gov.ua/news/a</a>',
        "javascript:alert(1)",
        "ILO 2021",
    ]


@pytest.mark.parametrize(
    ("force", "tag"),
    [
        ("in_force", ['<span class="tag tag--good">In force</span>']),
        ("amended", ['<span class="tag tag--warn">Amended</span>']),
        ("repealed", ['<span class="tag tag--bad">Repealed</span>']),
        ("unknown", []),
    ],
)
def test_a_law_says_whether_it_is_in_force(client, force, tag):
    resource = make.resource(Kind.LAW, detail={"force": force})

    assert re.findall(r'<span class="tag tag--\w+">\w+ ?\w*</span>', page_of(client, resource)) == tag


def test_a_law_tells_the_chain_of_its_changes_oldest_first(client):
    first = make.resource(
        Kind.LAW, title="Act of 1946", detail={"adopted_year": 1946}, published_on=date(1946, 1, 1)
    )
    second = make.resource(
        Kind.LAW,
        title="Act of 2000",
        detail={"adopted_year": 2000, "repeals": first},
        published_on=date(2000, 1, 1),
    )
    make.resource(
        Kind.LAW,
        title="Act of 2011",
        detail={"adopted_year": 2011, "amends": second},
        published_on=date(2011, 1, 1),
    )
    make.resource(Kind.LAW, title="Draft act", detail={"amends": second}, status=Status.DRAFT)

    chain = page_of(client, second).partition('id="h-chain"')[2].partition("</section>")[0]
    steps = re.findall(r"<li.*?</li>", chain)

    assert [re.sub(r"<[^>]+>", "|", step).strip("|") for step in steps] == [
        "1946|||Act of 1946|||Repealed by this law",
        "2000||This law",
        "2011|||Act of 2011|||Amends this law",
    ]


def test_a_law_shows_its_coverage_with_the_year_and_its_references(client):
    resource = make.resource(
        Kind.LAW,
        detail={
            "coverage_share": "17.50",
            "adopted_year": 1915,
            "references": "Tixier 1935",
            "title_is_description": True,
        },
    )

    html = page_of(client, resource)

    assert facts_of(html)["Coverage, % of the labour force"] == "17.5 (1915)"
    assert html.count("Tixier 1935") == 1
    assert html.count("The source gives no title for this law.") == 1


def test_an_event_is_told_in_its_own_zone_and_in_utc(client):
    starts = datetime(2030, 11, 26, 13, tzinfo=UTC)
    resource = make.resource(
        Kind.EVENT,
        detail={
            "starts_at": starts,
            "ends_at": starts + timedelta(minutes=90),
            "starts_on": starts.date(),
            "time_zone": "Africa/Blantyre",
        },
    )

    html = page_of(client, resource)
    time = html.partition('aria-label="Time"')[2].partition("</section>")[0]

    assert re.findall(r'<time[^>]* datetime="([^"]+)"', time) == ["2030-11-26T13:00:00+00:00"]
    assert " ".join(re.sub(r"<[^>]+>", "", time).lstrip(">").split()) == (
        "26 November 2030, 15:00 to 16:30 (Blantyre, UTC+2) · 13:00 UTC"
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [((-2, -1), ["Past event"]), ((-1, 1), ["Now"]), ((0, 0), ["Now"]), ((3, 4), ["Upcoming"]), (None, [])],
)
def test_an_event_says_whether_it_is_over(client, days, words):
    today = timezone.localdate()
    span = {"starts_on": today + timedelta(days[0]), "ends_on": today + timedelta(days[1])} if days else {}
    resource = make.resource(Kind.EVENT, detail=span)

    assert re.findall(r'<span class="tag[^"]*">([^<]+)</span>', page_of(client, resource)) == words


@pytest.mark.parametrize(
    ("left", "words", "is_closed"),
    [(-1, "Applications closed on", 1), (0, "(today)", 0), (1, "(tomorrow)", 0), (12, "(in 12 days)", 0)],
)
def test_a_job_says_how_long_one_may_apply(client, left, words, is_closed):
    resource = make.resource(Kind.JOB, detail={"closes_on": timezone.localdate() + timedelta(days=left)})

    html = page_of(client, resource)

    assert (html.count(words), html.count('<span class="tag tag--bad">Closed</span>')) == (1, is_closed)


def test_a_recording_loads_nothing_before_a_press_and_shows_its_transcript(client):
    resource = make.resource(
        Kind.MULTIMEDIA,
        detail={
            "type": "podcast",
            "duration_seconds": 5040,
            "enclosure_url": "https://media.example.org/13.mp3",
            "enclosure_type": "audio/mpeg",
            "enclosure_size": 19922944,
            "transcript": "**Host**: Welcome.",
        },
    )

    html = page_of(client, resource)

    assert re.findall(r"<(?:audio|video|iframe|img|embed|object)\b", html) == []
    assert html.count("1 h 24 min · nothing loads until you press play") == 1
    assert html.count("MP3, 19.0\xa0MB <bdi>(media.example.org)</bdi>") == 1
    assert html.count("<p><strong>Host</strong>: Welcome.</p>") == 1


def test_a_recording_kept_here_plays_in_the_page_on_demand(client):
    resource = make.resource(Kind.MULTIMEDIA, detail={"type": "audio"})
    file = ResourceFile(resource=resource, media_type="audio/mpeg", size=3, sha256="a" * 64)
    file.file.save("talk.mp3", ContentFile(b"ID3"))

    html = page_of(client, resource)
    answer = client.get(f"{resource.get_absolute_url()}files/{file.pk}/")

    assert html.count(f'<audio controls preload="none" src="files/{file.pk}/"></audio>') == 1
    assert answer.headers["Content-Disposition"].startswith("inline")


def test_an_event_in_utc_says_so_once(client):
    starts = datetime(2030, 11, 26, 13, tzinfo=UTC)
    resource = make.resource(
        Kind.EVENT, detail={"starts_at": starts, "starts_on": starts.date(), "time_zone": "UTC"}
    )

    time = page_of(client, resource).partition('aria-label="Time"')[2].partition("</section>")[0]

    assert " ".join(re.sub(r"<[^>]+>", "", time).lstrip(">").split()) == "26 November 2030, 13:00 UTC"


def test_the_owner_of_a_database_is_named_once_and_leads_to_what_else_is_theirs(client):
    bank = make.organisation("World Bank", slug="world-bank")
    resource = make.resource(Kind.DATABASE, organisations=[(bank, "owner")], detail={"owner": "World Bank"})

    html = page_of(client, resource)

    assert re.findall(r"<dt>Owner</dt><dd>(.*?)</dd>", html) == [
        '<a href="/library/?organisation=world-bank">World Bank</a>'
    ]


def test_a_database_names_owner_coverage_and_access(client):
    resource = make.resource(
        Kind.DATABASE, detail={"owner": "World Bank", "coverage": "125 countries", "access": "registration"}
    )

    facts = facts_of(page_of(client, resource))

    assert (facts["Owner"], facts["Coverage"], facts["Access"]) == (
        "World Bank",
        "125 countries",
        "Free with registration",
    )
