"""What machines read of a resource's page."""

import re

import pytest

from resources.models import Kind
from tests import make
from tests.resources.pages import json_ld_of, page_of

pytestmark = pytest.mark.django_db


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
