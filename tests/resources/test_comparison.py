"""Programmes side by side."""

import pytest
from django.urls import reverse

from resources.models import Kind, Status
from tests import make

pytestmark = pytest.mark.django_db


def programme(title, **detail):
    return make.resource(Kind.PROGRAMME, title=title, countries=["MWI"], detail=detail)


def compared(client, *slugs, **more):
    return client.get(reverse("comparison"), {"programme": list(slugs), **more})


def cells(answer, question):
    lines = {str(words): [cell for _title, cell in found] for words, found in answer.context["lines"]}
    return [(str(cell.value), cell.note) for cell in lines[question]]


def test_each_figure_carries_its_year_and_source_and_gaps_stay_blank(client):
    one = programme(
        "Cash for all",
        coverage=12,
        coverage_unit="% of population",
        coverage_year=2019,
        coverage_source="ASPIRE",
        agency="Ministry",
    )
    two = programme("Works for some", started_year=2011)

    answer = compared(client, one.slug, two.slug)

    assert cells(answer, "Coverage") == [("12% of the population", "2019 · ASPIRE"), ("", "")]
    assert cells(answer, "Status") == [("", ""), ("Since 2011", "")]
    assert answer.content.decode().count("Not reported") > 2


def test_at_most_four_are_compared_in_the_order_given(client):
    made = [programme(f"Programme {n}") for n in range(5)]

    answer = compared(client, *[p.slug for p in reversed(made)])

    assert answer.context["slugs"] == [p.slug for p in reversed(made)][:4]
    assert "At most 4 programmes fit" in answer.content.decode()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_what_is_not_published_is_not_compared(client, status):
    hidden = make.resource(Kind.PROGRAMME, title="Secret programme", status=status)

    answer = compared(client, hidden.slug)

    assert answer.status_code == 200
    assert answer.context["slugs"] == []
    assert "Secret programme" not in answer.content.decode()


def test_a_legal_basis_that_is_not_published_is_not_named(client):
    law = make.resource(Kind.LAW, title="Draft bill", status=Status.DRAFT)
    one = programme("Cash for all", legal_basis=law)

    assert cells(compared(client, one.slug), "Legal basis") == [("", "")]


def test_one_more_is_found_by_its_name(client, index):
    one, two = programme("Cash for all"), programme("Harvest works")
    index.sync()

    answer = compared(client, one.slug, q="harvest")

    assert [(str(row.title), url) for row, url in answer.context["offers"]] == [
        (
            "<mark>Harvest</mark> works"
            if "<mark>" in answer.context["offers"][0][0].title
            else "Harvest works",
            f"/library/compare/?programme={one.slug}&programme={two.slug}",
        )
    ]


def test_strange_parameters_are_answered(client):
    for value in ["", "x" * 5000, "<script>", "\x00", "'; --"]:
        answer = client.get(reverse("comparison"), {"programme": [value] * 30, "q": value})
        assert answer.status_code == 200
        assert "<script>" not in answer.content.decode().replace('<script type="module"', "")


def test_four_cost_as_many_queries_as_one(client, django_assert_num_queries):
    made = [programme(f"Programme {n}", agency="X") for n in range(4)]
    compared(client, made[0].slug)

    with django_assert_num_queries(1):
        compared(client, made[0].slug)
    with django_assert_num_queries(1):
        compared(client, *[p.slug for p in made])
