"""What machines read of a resource's page."""

import re
from html import unescape
from urllib.parse import parse_qs

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from resources.models import Kind, ResourceFile, ResourceOrganisation, Status
from tests import make
from tests.resources.pages import json_ld_of, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def test_scholarly_indexes_read_the_tags_of_a_publication(client):
    resource = make.resource(
        title="Lessons & more",
        contributors=[
            {"family_name": "Chirwa", "given_name": "Esnart"},
            {"family_name": "UNICEF", "is_body": True},
        ],
        identifiers=[("doi", "10.1234/x")],
        detail={
            "type": "journal_article",
            "container": "World Development",
            "volume": "12",
            "number": "3",
            "pages": "4–9",
        },
    )

    html = page_of(client, resource)

    assert re.findall(r'<meta name="citation_(\w+)" content="([^"]*)">', html) == [
        ("title", "Lessons &amp; more"),
        ("author", "Chirwa, Esnart"),
        ("author", "UNICEF"),
        ("publication_date", "2024/05/17"),
        ("language", "en"),
        ("volume", "12"),
        ("journal_title", "World Development"),
        ("issue", "3"),
        ("firstpage", "4"),
        ("lastpage", "9"),
        ("doi", "10.1234/x"),
        ("abstract_html_url", "http://localhost:8000/library/publication/lessons-more/"),
    ]


def test_the_pdf_stands_beneath_the_page_under_its_name(client):
    resource = make.resource(title="Lessons")
    file = ResourceFile.objects.create(
        resource=resource,
        file=SimpleUploadedFile("Final report.pdf", b"%PDF-1.4"),
        media_type="application/pdf",
        size=8,
        sha256="0" * 64,
    )

    address = re.search(r'<meta name="citation_pdf_url" content="([^"]*)">', page_of(client, resource))[1]

    stem = file.file.name.rpartition("/")[2]
    assert address == f"http://localhost:8000{resource.get_absolute_url()}files/{file.pk}/{stem}"
    path = address.removeprefix("http://localhost:8000")
    assert [client.get(one).status_code for one in (path, f"{path}x")] == [200, 404]


def test_bodies_stand_in_as_authors_where_no_people_are_named(client):
    body = make.organisation("World Bank")
    resource = make.resource(organisations=[(body, ResourceOrganisation.Role.AUTHOR)])

    html = page_of(client, resource)

    assert re.findall(r'<meta name="citation_author" content="([^"]*)">', html) == ["World Bank"]
    assert json_ld_of(html)["author"] == [{"@type": "Organization", "name": "World Bank"}]


def test_the_page_carries_dublin_core(client):
    resource = make.resource(
        title="Lessons & more",
        summary="What was learnt.",
        url="https://example.org/lessons",
        licence="CC BY 4.0",
        contributors=[
            {"family_name": "Chirwa", "given_name": "Esnart"},
            {"family_name": "Banda", "given_name": "Joy", "role": "editor"},
        ],
        organisations=[make.organisation("UNICEF")],
        topics=[make.topic()],
        countries=["MWI"],
        identifiers=[("doi", "10.1234/x"), ("isbn", "978-0")],
    )

    html = page_of(client, resource)

    assert '<link rel="schema.DC" href="http://purl.org/dc/elements/1.1/">' in html
    assert re.findall(r'<meta name="DC\.(\w+)" content="([^"]*)">', html) == [
        ("title", "Lessons &amp; more"),
        ("creator", "Chirwa, Esnart"),
        ("subject", "Cash transfers"),
        ("description", "What was learnt."),
        ("publisher", "UNICEF"),
        ("contributor", "Joy Banda"),
        ("date", "2024-05-17"),
        ("type", "Text"),
        ("identifier", f"http://localhost:8000{resource.get_absolute_url()}"),
        ("identifier", "info:doi/10.1234/x"),
        ("identifier", "urn:isbn:978-0"),
        ("source", "https://example.org/lessons"),
        ("language", "en"),
        ("coverage", "Malawi"),
        ("rights", "https://creativecommons.org/licenses/by/4.0/"),
    ]


def coins_of(client, resource):
    found = re.search(r'<span class="Z3988" title="([^"]*)"></span>', page_of(client, resource))
    return parse_qs(unescape(found[1])) if found else None


def test_reference_managers_find_an_article_in_the_page(client):
    article = make.resource(
        title='Lessons & "more"',
        contributors=[{"family_name": "Chirwa", "given_name": "Esnart"}],
        identifiers=[("doi", "10.1234/x"), ("issn", "1234-5678")],
        detail={
            "type": "journal_article",
            "container": "World Development",
            "volume": "12",
            "number": "3",
            "pages": "4–9",
        },
    )

    assert coins_of(client, article) == {
        "ctx_ver": ["Z39.88-2004"],
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:journal"],
        "rft.genre": ["article"],
        "rft.atitle": ['Lessons & "more"'],
        "rft.jtitle": ["World Development"],
        "rft.volume": ["12"],
        "rft.issue": ["3"],
        "rft.spage": ["4"],
        "rft.epage": ["9"],
        "rft.issn": ["1234-5678"],
        "rft.au": ["Chirwa, Esnart"],
        "rft.date": ["2024-05-17"],
        "rft.language": ["en"],
        "rft_id": ["info:doi/10.1234/x", f"http://localhost:8000{article.get_absolute_url()}"],
    }


@pytest.mark.parametrize(
    ("kind", "detail", "form", "kept"),
    [
        (Kind.PUBLICATION, {"type": "book"}, "book", {"rft.genre": ["book"], "rft.btitle": ["Lessons"]}),
        (
            Kind.PUBLICATION,
            {"type": "book_chapter", "container": "Whole"},
            "book",
            {"rft.genre": ["bookitem"], "rft.atitle": ["Lessons"], "rft.btitle": ["Whole"]},
        ),
        (
            Kind.PUBLICATION,
            {"type": "report", "container": "Papers"},
            "book",
            {"rft.genre": ["document"], "rft.title": ["Lessons"], "rft.series": ["Papers"]},
        ),
        (Kind.LAW, {}, "dc", {"rft.type": ["Text"], "rft.title": ["Lessons"]}),
        (Kind.MULTIMEDIA, {"type": "video"}, "dc", {"rft.type": ["MovingImage"], "rft.title": ["Lessons"]}),
    ],
)
def test_reference_managers_find_other_kinds_as_what_they_are(client, kind, detail, form, kept):
    found = coins_of(client, make.resource(kind, title="Lessons", detail=detail))

    assert found["rft_val_fmt"] == [f"info:ofi/fmt:kev:mtx:{form}"]
    assert {name: found[name] for name in kept} == kept


def test_what_is_not_cited_or_not_published_is_no_reference(client, carla):
    client.force_login(carla)

    assert [
        coins_of(client, one) for one in (make.resource(Kind.JOB), make.resource(status=Status.DRAFT))
    ] == [None, None]


@pytest.mark.parametrize(
    ("kind", "detail", "name"),
    [
        (Kind.PUBLICATION, {"type": "journal_article"}, "ScholarlyArticle"),
        (Kind.PUBLICATION, {"type": "report"}, "Report"),
        (Kind.PUBLICATION, {}, "CreativeWork"),
        (Kind.NEWS, {}, "NewsArticle"),
        (Kind.EVENT, {}, "Event"),
        (Kind.JOB, {}, "JobPosting"),
        (Kind.PROGRAMME, {}, "GovernmentService"),
        (Kind.LAW, {}, "Legislation"),
        (Kind.BLOG, {}, "BlogPosting"),
        (Kind.MULTIMEDIA, {"type": "video"}, "VideoObject"),
        (Kind.MULTIMEDIA, {"type": "infographic"}, "ImageObject"),
        (Kind.DATABASE, {}, "Dataset"),
    ],
)
def test_the_page_says_in_json_ld_what_it_is_about(client, kind, detail, name):
    resource = make.resource(kind, title="Lessons </script>", detail=detail)

    data = json_ld_of(page_of(client, resource))

    assert (data["@type"], data["name"]) == (name, "Lessons </script>")


def test_the_description_is_the_summary_and_is_left_out_where_there_is_none(client):
    with_summary, without = make.resource(summary='About "cash"\n& care.'), make.resource()

    descriptions = [
        re.findall(r'<meta name="description" content="([^"]*)">', page_of(client, resource))
        for resource in (with_summary, without)
    ]

    assert descriptions == [["About &quot;cash&quot; &amp; care."], []]
