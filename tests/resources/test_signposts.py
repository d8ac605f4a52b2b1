"""What machines are told at a resource's address: typed links, and a citation in place of the page."""

import json
import re

import pytest
from django.urls import reverse

from resources.models import Kind, Status
from tests import make
from tests.resources.pages import json_ld_of

pytestmark = pytest.mark.django_db


FORMS = {"ris": "application/x-research-info-systems; charset=utf-8"}


@pytest.fixture
def paper():
    return make.resource(
        title="Pensiones para todos",
        licence="CC BY 4.0",
        contributors=[{"family_name": "Chirwa", "given_name": "Esnart", "orcid": "0000-0002-1825-0097"}],
        identifiers=[("doi", "10.1000/pensions")],
        detail={"type": "report"},
    )


def test_the_page_carries_typed_links(client, paper):
    links = client.get(paper.get_absolute_url())["Link"].split(", ")

    here = f"http://localhost:8000{paper.get_absolute_url()}"
    assert links == [
        '<https://doi.org/10.1000/pensions>; rel="cite-as"',
        '<https://schema.org/AboutPage>; rel="type"',
        '<https://schema.org/Report>; rel="type"',
        '<https://orcid.org/0000-0002-1825-0097>; rel="author"',
        f'<{here}citation/bibtex/>; rel="describedby"; type="application/x-bibtex"',
        f'<{here}citation/ris/>; rel="describedby"; type="application/x-research-info-systems"',
        f'<{here}citation/csl/>; rel="describedby"; type="application/vnd.citationstyles.csl+json"',
        f'<{here}citation/csv/>; rel="describedby"; type="text/csv"',
        '<https://creativecommons.org/licenses/by/4.0/>; rel="license"',
        f'<{here}linkset/>; rel="linkset"; type="application/linkset+json"',
    ]


def test_the_linkset_holds_the_same_links(client, paper):
    answer = client.get(reverse("resource_linkset", args=["publication", paper.slug]))

    context = json.loads(answer.content)["linkset"][0]
    assert answer["Content-Type"] == "application/linkset+json"
    assert context["anchor"] == f"http://localhost:8000{paper.get_absolute_url()}"
    assert context["cite-as"] == [{"href": "https://doi.org/10.1000/pensions"}]
    assert len(context["describedby"]) == 4


def test_an_address_in_another_script_is_encoded_in_the_header(client):
    arabic = make.resource(title="الحماية الاجتماعية", language_code="ar")

    header = client.get(arabic.get_absolute_url())["Link"]

    assert header.isascii()
    assert "%D8%A7%D9%84%D8%AD%D9%85%D8%A7%D9%8A%D8%A9" in header


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/x-bibtex", "application/x-bibtex; charset=utf-8"),
        ("application/x-research-info-systems", "application/x-research-info-systems; charset=utf-8"),
        (
            "application/vnd.citationstyles.csl+json, */*;q=0.1",
            "application/vnd.citationstyles.csl+json; charset=utf-8",
        ),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("", "text/html; charset=utf-8"),
        ("image/png", "text/html; charset=utf-8"),
        (";;;,,,/", "text/html; charset=utf-8"),
        ("text/html;q=0.2, application/x-bibtex;q=0.9", "application/x-bibtex; charset=utf-8"),
        ("application/x-bibtex;q=0.2, text/html;q=0.9", "text/html; charset=utf-8"),
        ("application/x-bibtex, text/html", "application/x-bibtex; charset=utf-8"),
        ("text/html, application/x-bibtex", "text/html; charset=utf-8"),
        ("application/x-bibtex;q=0, application/x-research-info-systems;q=0.1", FORMS["ris"]),
        ("application/*;q=0.5, text/csv;q=0.9", "text/csv; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
    ],
)
def test_a_program_gets_the_form_it_prefers(client, paper, accept, content_type):
    answer = client.get(paper.get_absolute_url(), headers={"Accept": accept})

    assert (answer.status_code, answer["Content-Type"]) == (200, content_type)
    assert "Accept" in answer["Vary"]


def test_a_program_gets_the_linked_data_that_stands_in_the_page(client, paper):
    answer = client.get(paper.get_absolute_url(), headers={"Accept": "application/ld+json"})

    assert json.loads(answer.content) == json_ld_of(client.get(paper.get_absolute_url()).content.decode())


def test_a_header_that_would_be_too_long_leaves_the_many_to_the_linkset(client):
    orcids = [f"0000-0000-0000-{n:04}" for n in range(60)]
    paper = make.resource(
        title="الحماية الاجتماعية للجميع في كل مكان وزمان " * 3,
        language_code="ar",
        contributors=[{"family_name": f"A{n}", "given_name": "B", "orcid": o} for n, o in enumerate(orcids)],
    )

    header = client.get(paper.get_absolute_url())["Link"]
    linkset = client.get(reverse("resource_linkset", args=["publication", paper.slug])).json()["linkset"][0]

    assert re.findall(r'rel="([\w-]+)"', header) == ["cite-as", "type", "type", "linkset"]
    assert len(header) < 2800
    assert [link["href"] for link in linkset["author"]] == [f"https://orcid.org/{o}" for o in orcids]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_what_is_not_published_has_no_signposts(client, carla, status):
    hidden = make.resource(status=status)
    client.force_login(carla)

    assert "Link" not in client.get(hidden.get_absolute_url())
    assert client.get(reverse("resource_linkset", args=["publication", hidden.slug])).status_code == 404


@pytest.mark.parametrize("kind", [kind for kind in Kind.values if kind != Kind.COUNTRY])
def test_every_kind_has_a_linkset(client, kind):
    resource = make.resource(kind)

    assert client.get(reverse("resource_linkset", args=[kind, resource.slug])).status_code == 200
