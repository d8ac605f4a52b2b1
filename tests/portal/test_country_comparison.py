"""Countries side by side."""

import pytest
from django.urls import reverse

from resources.models import Indicator, IndicatorValue, Kind, TreatyRatification
from tests import make
from vocabularies import queries as vocabularies

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world():
    for iso3 in ("MWI", "ZMB", "BRA", "CHL", "JOR"):
        make.country(iso3)
    coverage = Indicator.objects.create(
        code="sp_coverage_share", name_en="Coverage", unit="% of population", source="ILO"
    )
    Indicator.objects.create(code="gini", name_en="Gini", unit="index", source="World Bank")
    IndicatorValue.objects.create(indicator=coverage, country_id="MWI", year=2015, value=42)
    IndicatorValue.objects.create(indicator=coverage, country_id="MWI", year=2010, value=20)
    TreatyRatification.objects.create(
        country_id="ZMB", treaty_code="CRC", treaty="Rights of the Child", state="party", year=1991
    )
    make.resource(Kind.LAW, title="Pension Act", countries=["ZMB"])
    vocabularies.forget()


def compared(client, *countries, **more):
    return client.get(reverse("country_comparison"), {"country": list(countries), **more})


def cells(answer, question):
    lines = {
        words: [(cell.value, cell.note) for _name, cell in found]
        for words, _unit, found in answer.context["lines"]
    }
    return lines.get(question)


def test_the_latest_figure_stands_with_its_year_and_a_gap_stays_a_gap(client):
    answer = compared(client, "mwi", "ZMB")

    assert cells(answer, "Coverage") == [("42", "2015"), ("", "")]
    assert cells(answer, "Gini") is None
    assert cells(answer, "Laws and policies") == [("0", ""), ("1", "")]
    assert cells(answer, "Convention on the Rights of the Child") == [("", ""), ("Party", "1991")]
    assert "No figure in our sources" in answer.content.decode()


def test_a_country_is_added_by_its_name(client):
    answer = compared(client, "mwi", q="zambia")

    assert [code for code, *_rest in answer.context["columns"]] == ["MWI", "ZMB"]


def test_an_unknown_name_is_repeated_and_kept(client):
    body = compared(client, "mwi", q="Atlantis <b>").content.decode()

    assert 'value="Atlantis &lt;b&gt;"' in body
    assert "No country of this name is known here" in body


def test_at_most_four_are_compared(client):
    answer = compared(client, "mwi", "zmb", "bra", "chl", "jor", "mwi")

    assert [code for code, *_rest in answer.context["columns"]] == ["MWI", "ZMB", "BRA", "CHL"]
    assert answer.context["is_cut"]


def test_nothing_chosen_shows_the_form_alone(client):
    answer = compared(client)

    assert (answer.status_code, answer.context["lines"]) == (200, [])
