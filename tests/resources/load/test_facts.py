"""Figures and ratifications."""

import json

import pytest

from resources.load import facts
from resources.load.report import Report
from resources.models import Indicator, IndicatorValue, TreatyRatification

NAMES = ("name_en", "name_fr", "name_es", "name_pt", "name_ar")


def value(iso3="MWI", indicator="gini", year="2016", value="44.7"):
    return {"iso3": iso3, "indicator": indicator, "year": year, "value": value, "unit": "", "source": ""}


def treaty(iso3="MWI", status="state party", year="1993"):
    return {
        "iso3": iso3,
        "country_as_given": "",
        "treaty_code": "ICESCR",
        "treaty": "Covenant",
        "status": status,
        "year": year,
    }


@pytest.fixture
def load(folder, vocabulary, tmp_path):
    """A function that loads rows of indicators, or of ratifications, and gives the report."""
    (tmp_path / facts.SERIES_FILE).parent.mkdir(parents=True)
    (tmp_path / facts.SERIES_FILE).write_text("{}")

    def load(action, file, *rows):
        report = Report()
        action(folder(file, *rows), vocabulary, report, lambda count: None)
        return report

    return load


def test_every_indicator_is_named_in_five_languages_with_unit_source_and_group(load):
    load(facts.load_indicators, facts.FILE, value())

    for indicator in Indicator.objects.all():
        texts = [getattr(indicator, name) for name in (*NAMES, "unit", "source", "source_url", "group")]
        assert all(texts), indicator.code
    assert list(Indicator.objects.values_list("group", flat=True).distinct().order_by("group")) == [
        "coverage", "inequality", "poverty", "spending",
    ]  # fmt: skip
    assert list(Indicator.objects.values_list("pk", flat=True)[:2]) == [
        "sp_coverage_share",
        "cash_transfer_coverage",
    ]


def test_gaps_in_the_source_are_no_values(load):
    report = load(
        facts.load_indicators,
        facts.FILE,
        value(),
        value(indicator="oecd_family", iso3="CHL", value=".."),
        value(indicator="social_expenditure_gdp", iso3="CHL", value="0"),
        value(indicator="poverty_190", iso3="CHL", value="0"),
        value(iso3="XKX"),
    )

    assert sorted(IndicatorValue.objects.values_list("country", "indicator", "value")) == [
        ("CHL", "poverty_190", 0.0),
        ("MWI", "gini", 44.7),
    ]
    assert sorted((why, number) for (_name, _outcome, why), number in report.reasons.items()) == [
        ("country not known", 1),
        ("no value in the source", 1),
        ("zero stands for a missing figure", 1),
    ]


def test_a_corrected_value_replaces_the_old_one(load):
    load(facts.load_indicators, facts.FILE, value(), value(year="2010", value="45.5"))

    report = load(facts.load_indicators, facts.FILE, value(value="38.5"), value(year="2010", value="45.5"))

    assert list(IndicatorValue.objects.order_by("year").values_list("value", flat=True)) == [45.5, 38.5]
    assert report.counts["indicator values"] == {"updated": 1, "unchanged": 1}


def test_the_coverage_series_begins_with_the_programme_and_is_told_in_percent(folder, vocabulary, tmp_path):
    (tmp_path / facts.SERIES_FILE).parent.mkdir(parents=True)
    series = {"Belize": {"name": "Boost", "start": "2011", "2010": 0.0, "2011": 0.015904699992709423}}
    (tmp_path / facts.SERIES_FILE).write_text(json.dumps(series))

    rows = list(facts.series_rows(folder(facts.FILE, value()), vocabulary))

    assert rows == [{"iso3": "BLZ", "indicator": "cash_transfer_coverage", "year": "2011", "value": "1.59"}]


def test_the_state_of_a_treaty_is_kept_and_corrected(load):
    load(
        facts.load_ratifications,
        facts.TREATIES_FILE,
        treaty(status="signatory state", year=""),
        treaty("CHL", "no action", ""),
    )

    report = load(
        facts.load_ratifications, facts.TREATIES_FILE, treaty(), treaty("CHL", "no action", ""), treaty("XKX")
    )

    assert list(TreatyRatification.objects.order_by("country").values_list("country", "state", "year")) == [
        ("CHL", "none", None),
        ("MWI", "party", 1993),
    ]
    assert report.counts["treaty ratifications"] == {"created": 0, "updated": 1, "unchanged": 1, "skipped": 1}
