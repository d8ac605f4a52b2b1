"""Citing one resource, and taking a search away as a file."""

import json
from datetime import date

import pytest
import rispy
from django.urls import reverse
from pybtex.database import parse_string

from resources.models import Kind, Status
from tests import make

pytestmark = pytest.mark.django_db

FORMS = {
    "bibtex": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl": "application/vnd.citationstyles.csl+json",
    "csv": "text/csv",
}


def test_the_page_cites_in_four_styles(client):
    paper = make.resource(
        title="Pensions for all", contributors=[{"family_name": "Chirwa", "given_name": "Esnart"}]
    )

    page = client.get(reverse("citation", args=["publication", paper.slug])).content.decode()

    assert [f'id="cite-{style}"' in page for style in ("apa", "chicago", "harvard", "vancouver")] == [
        True
    ] * 4
    assert "Chirwa, E. (2024" in page


@pytest.mark.parametrize("form", FORMS)
def test_one_resource_as_a_file(client, form):
    paper = make.resource(title="Pensions for all")

    answer = client.get(reverse("citation_file", args=["publication", paper.slug, form]))

    assert answer["Content-Type"] == f"{FORMS[form]}; charset=utf-8"
    assert answer["Content-Disposition"].startswith(f'attachment; filename="publication-{paper.pk}.')
    assert "Pensions for all" in answer.content.decode()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.WITHDRAWN])
def test_what_is_not_published_is_not_cited(client, status):
    hidden = make.resource(status=status)

    codes = [
        client.get(reverse("citation", args=["publication", hidden.slug])).status_code,
        client.get(reverse("citation_file", args=["publication", hidden.slug, "ris"])).status_code,
    ]

    assert codes == [404, 404]


@pytest.mark.parametrize("form", ["", "pdf", "../x", "BIBTEX"])
def test_an_unknown_format_is_not_found(client, form):
    paper = make.resource()

    assert client.get(f"/library/publication/{paper.slug}/citation/{form or 'none'}/").status_code == 404
    assert client.get(f"/library/export/{form or 'none'}/").status_code == 404


def test_a_search_is_exported_as_it_stands(client, index):
    make.resource(title="Cash in Malawi", countries=["MWI"])
    make.resource(title="Cash in Zambia", countries=["ZMB"])
    make.resource(title="Cash hidden", countries=["MWI"], status=Status.DRAFT)
    index.sync()

    read = rispy.loads(
        client.get(reverse("library_export", args=["ris"]), {"q": "cash", "country": "MWI"}).content.decode()
    )

    assert [entry["title"] for entry in read] == ["Cash in Malawi"]


def test_two_hundred_hits_are_read_back_equal_by_a_bibtex_library(client, index):
    titles = [f"Social protection study number {n} & 100% more" for n in range(200)]
    for n, title in enumerate(titles):
        make.resource(title=title, published_on=date(1980 + n % 40, 1, 1), published_precision="year")
    index.sync()

    text = client.get(reverse("library_export", args=["bibtex"])).content.decode()

    read = parse_string(text, "bibtex").entries
    assert sorted(entry.fields["title"].replace("\\", "") for entry in read.values()) == sorted(titles)


@pytest.mark.parametrize("count", [1, 20])
def test_an_export_costs_the_same_number_of_queries(client, index, django_assert_num_queries, count):
    for _n in range(count):
        make.resource(
            Kind.PUBLICATION,
            contributors=[{"family_name": "X", "given_name": "Y"}],
            organisations=[make.organisation()],
        )
    index.sync()
    client.get(reverse("library_export", args=["csl"]))

    with django_assert_num_queries(6):
        answer = client.get(reverse("library_export", args=["csl"]))

    assert len(json.loads(answer.content)) == count


def test_too_many_exports_have_to_wait(client, index, settings):
    settings.EXPORT_BUDGET = 2
    codes = [client.get(reverse("library_export", args=["csv"])).status_code for _n in range(3)]

    assert codes == [200, 200, 429]
