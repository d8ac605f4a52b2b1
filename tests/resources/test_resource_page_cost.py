"""What the page of a resource costs."""

import haystack
import pytest
from django.conf import settings

from portal.settings import SEARCH_ENGINES
from resources.models import Kind, ResourceFile
from tests import make
from tests.resources.pages import page_of

pytestmark = pytest.mark.django_db

ORDINARY_KINDS = [kind for kind in Kind.values if kind != Kind.COUNTRY]


def everything(kind):
    topics = [make.topic(f"Topic {n}") for n in range(3)]
    resource = make.resource(
        kind,
        countries=["MWI", "ZMB"],
        topics=topics,
        contributors=[{"family_name": f"Author {n}"} for n in range(5)],
        organisations=[make.organisation() for _n in range(3)],
        identifiers=[("doi", "10.1234/x"), ("isbn", "1")],
        other_languages=[make.language("fr")],
    )
    for n in range(3):
        ResourceFile.objects.create(
            resource=resource,
            file=f"{n}.pdf",
            media_type="application/pdf",
            size=9,
            sha256=str(n),
            thumbnail=f"{n}.webp",
            thumbnail_width=320,
            thumbnail_height=453,
        )
    make.resource(kind, language_code="pt", work=resource.work)
    for _n in range(5):
        make.resource(kind, topics=topics, countries=["MWI"])
    return resource


@pytest.mark.parametrize("kind", ORDINARY_KINDS)
def test_a_page_costs_two_queries_with_much_and_with_little_on_it(
    client, index, kind, django_assert_num_queries
):
    pages = [make.resource(kind), everything(kind)]
    index.sync()
    for resource in pages:
        page_of(client, resource)

    for resource in pages:
        with django_assert_num_queries(2):
            page_of(client, resource)


@pytest.fixture
def no_index(tmp_path, monkeypatch):
    """A search engine whose folder is empty, whatever an earlier test left in the usual one."""
    connection = {"ENGINE": SEARCH_ENGINES["tantivy"], "PATH": str(tmp_path / "none")}
    with monkeypatch.context() as patch:
        patch.setitem(settings.HAYSTACK_CONNECTIONS, "default", connection)
        patch.setitem(haystack.connections.connections_info, "default", connection)
        haystack.connections.reload("default")
        yield
    haystack.connections.reload("default")


@pytest.mark.usefixtures("no_index")
def test_without_the_index_a_page_costs_two_queries_more(client, django_assert_num_queries):
    resource = everything(Kind.PUBLICATION)
    page_of(client, resource)

    with django_assert_num_queries(4):
        page_of(client, resource)


def test_a_page_stays_small(client):
    assert len(page_of(client, everything(Kind.PUBLICATION))) < 40_000
