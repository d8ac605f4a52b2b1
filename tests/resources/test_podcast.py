"""The library's recordings as a podcast."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from resources import actions
from resources.models import Kind, ResourceFile, Status
from tests import make

pytestmark = pytest.mark.django_db

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
DC = "{http://purl.org/dc/elements/1.1/}"
HERE = settings.SITE_URL


def recording(title="A pension at last", *, type="podcast", url="https://media.example.org/a.mp3", **values):
    detail = {"type": type, "enclosure_url": url, **values.pop("detail", {})}
    return make.resource(Kind.MULTIMEDIA, title=title, detail=detail, **values)


def feed(client, prefix=""):
    answer = client.get(f"{prefix}/library/podcast.xml")
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content).find("channel")


def titles(channel):
    return [item.findtext("title") for item in channel.iter("item")]


def test_the_channel_says_what_podcast_directories_ask_for(client):
    channel = feed(client)

    assert channel.findtext("title") == f"{settings.SITE_NAME}: recordings"
    assert channel.findtext("link") == f"{HERE}/library/?kind=multimedia"
    assert channel.findtext("language") == "en"
    assert channel.findtext("description") != ""
    assert channel.findtext(f"{ITUNES}author") == settings.SITE_NAME
    assert channel.find(f"{ITUNES}category").get("text") == "Government"
    assert channel.findtext(f"{ITUNES}explicit") == "false"


def test_an_episode_has_its_file_its_length_and_a_lasting_name(client):
    episode = recording(
        summary="How people hear of it.",
        published_on=date(2026, 9, 28),
        detail={"duration_seconds": 214, "enclosure_type": "audio/mp4", "enclosure_size": 12345},
    )

    item = feed(client).find("item")

    assert item.find("enclosure").attrib == {
        "url": "https://media.example.org/a.mp3",
        "length": "12345",
        "type": "audio/mp4",
    }
    assert item.find("guid").attrib == {"isPermaLink": "true"}
    assert item.findtext("guid") == item.findtext("link") == HERE + episode.get_absolute_url()
    assert item.findtext("pubDate") == "Mon, 28 Sep 2026 00:00:00 +0000"
    assert item.findtext(f"{ITUNES}duration") == "214"
    assert item.findtext(f"{ITUNES}explicit") == "false"
    assert item.findtext(f"{DC}language") == "en"


def test_a_file_kept_here_goes_before_the_one_elsewhere(client):
    episode = recording()
    file = ResourceFile.objects.create(
        resource=episode,
        file=SimpleUploadedFile("a.mp3", b"ID3 sound"),
        media_type="audio/mpeg",
        size=9,
        sha256="0" * 64,
    )

    enclosure = feed(client).find("item/enclosure")

    assert enclosure.attrib == {
        "url": f"{HERE}{episode.get_absolute_url()}files/{file.pk}/",
        "length": "9",
        "type": "audio/mpeg",
    }
    assert client.get(enclosure.get("url").removeprefix(HERE)).status_code == 200


def test_only_published_recordings_to_listen_to_with_a_media_file_are_episodes(client):
    recording("Newer", published_on=date(2026, 2, 1))
    recording("Older", type="audio", published_on=date(2025, 2, 1))
    recording("A video", type="video")
    recording("A picture", type="infographic")
    recording("No file", url="")
    recording("Draft", status=Status.DRAFT)
    withdrawn = recording("Withdrawn")
    actions.withdraw_resource(withdrawn, reason="Asked for")
    make.resource(title="Paper")

    assert titles(feed(client)) == ["Newer", "Older"]


@pytest.mark.parametrize("title", ["Cash & <care>", "“Ça va ?” ]]>", "صوت", "Bell\x07 and tab\x0b"])
def test_titles_of_every_kind_come_through(client, title):
    recording(title, summary=title)

    item = feed(client).find("item")

    assert item.findtext("title") == re.sub(r"[\x00-\x1f]", "", title)
    assert item.findtext("description") == re.sub(r"[\x00-\x1f]", "", title)


@pytest.mark.parametrize(
    ("url", "media_type"),
    [
        ("https://media.example.org/a.ogg?x=1&y=2", "audio/ogg"),
        ("https://media.example.org/stream", "audio/mpeg"),
        ("https://media.example.org/a.html", "audio/mpeg"),
    ],
)
def test_an_unsaid_media_type_is_read_from_the_address(client, url, media_type):
    recording(url=url)

    enclosure = feed(client).find("item/enclosure")

    assert enclosure.attrib == {"url": url, "length": "0", "type": media_type}


def test_an_episode_has_one_name_in_the_feeds_of_all_languages(client):
    address = recording().get_absolute_url()

    french = feed(client, "/fr")

    assert french.findtext("language") == "fr"
    assert french.findtext("item/guid") == HERE + address
    assert french.findtext("item/link") == f"{HERE}/fr{address}"


@pytest.mark.parametrize("count", [1, 20])
def test_the_feed_costs_the_same_number_of_queries(client, count, django_assert_num_queries):
    for n in range(count):
        recording(f"Episode {n}")

    with django_assert_num_queries(2):
        client.get("/library/podcast.xml")


def test_pages_of_recordings_lead_to_the_podcast_and_others_do_not(client, index):
    episode, paper = recording(), make.resource()
    index.sync()
    link = 'type="application/rss+xml" title="Recordings as a podcast" href="/library/podcast.xml"'

    found = {
        address: link in client.get(address).content.decode()
        for address in (
            episode.get_absolute_url(),
            paper.get_absolute_url(),
            "/library/?kind=multimedia",
            "/library/?kind=law",
            "/library/",
        )
    }

    assert list(found.values()) == [True, False, True, False, False]
