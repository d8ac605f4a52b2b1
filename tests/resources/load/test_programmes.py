"""Rows of the programme lists."""

from datetime import date
from decimal import Decimal

import pytest

from resources.load import measures, programmes
from resources.load.folder import Folder
from resources.load.records import Record, Skipped
from tests.resources.load.conftest import programme

SERIES = programmes.SERIES_FILE


@pytest.fixture
def read(folder, vocabulary, tmp_path):
    def read(*rows):
        (tmp_path / SERIES).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / SERIES).write_text("{}")
        return programmes.read(folder(programmes.FILE, *rows), vocabulary)

    return read


def coverage(record):
    return tuple(record.detail.get(name) for name in ("coverage", "coverage_unit", "coverage_year"))


def test_a_share_of_the_population_is_told_in_percent_with_its_year_and_source(read):
    row = programme(
        source="pcap_ctp",
        coverage="0.031033074895886532",
        coverage_unit="share of population",
        coverage_year="2019",
    )

    (record,) = read(row)

    assert coverage(record) == (Decimal("3.10"), "% of population", 2019)
    assert (
        record.detail["coverage_source"]
        == "Using Policy Capacities During the Pandemic, data set (CC BY 4.0)"
    )
    assert record.licence == "CC BY 4.0"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (programme(coverage="6250.0", coverage_unit="individuals"), (Decimal("6250.00"), "people", None)),
        (programme(coverage="65000000", coverage_unit="both"), (Decimal(65000000), "people or households", None)),
        (programme(source="spj_covid", coverage="7200", coverage_unit="1. Household"), (Decimal(7200), "households", None)),
        (programme(source="lac_precovid", coverage="2.59", coverage_unit="% of population", coverage_year="2018"),
         (Decimal("2.59"), "% of population", 2018)),
        (programme(coverage="", coverage_unit="households"), (None, None, None)),
        (programme(coverage="many", coverage_unit="households"), (None, None, None)),
    ],
)  # fmt: skip
def test_coverage_keeps_the_unit_of_its_source(read, row, expected):
    (record,) = read(row)

    assert coverage(record) == expected


@pytest.mark.parametrize(
    ("values", "note"),
    [
        (
            {"sub_category": "ncsp", "coverage": "0.002", "coverage_unit": "% of population"},
            "coverage 0.002 % of population left out: the list mixes shares and percent",
        ),
        (
            {"sub_category": "cash", "coverage": "556592", "coverage_unit": "% of population"},
            "coverage 556592 % of population left out: not possible",
        ),
    ],
)
def test_a_figure_that_cannot_be_what_its_unit_says_is_left_out_and_said(read, values, note):
    (record,) = read(programme(source="lac_precovid", **values))

    assert (coverage(record), record.notes) == ((None, None, None), [note])


@pytest.mark.parametrize(
    ("iso3", "given", "country"),
    [
        ("", "Saint Christopher and Nevis", "KNA"),
        ("Iran, Islamic Rep.", "Iran, Islamic Rep.", "IRN"),
        ("", "Montserrat (UK)", "MSR"),
        ("", "Bermudas", "BMU"),
    ],
)
def test_countries_are_found_by_their_other_names(read, iso3, given, country):
    (record,) = read(programme(iso3=iso3, country_as_given=given))

    assert record.countries == [country]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (programme(name="TOTAL"), "a total, not a programme"),
        (programme(name=""), "no title"),
    ],
)
def test_rows_that_are_no_programme_are_skipped_with_the_reason(read, row, why):
    (skipped,) = read(row)

    assert (type(skipped), skipped.why) == (Skipped, why)


def test_a_programme_of_a_country_that_is_not_in_iso_3166_is_kept_without_one(read):
    (record,) = read(programme(iso3="XKX", country_as_given="Kosovo"))

    assert (record.title, record.countries, record.notes) == (
        "Bono Vida",
        [],
        ["no country of ISO 3166: Kosovo"],
    )


def test_a_name_that_says_little_gets_benefit_and_country(read):
    (record,) = read(
        programme(
            name="fund",
            source="spj_covid",
            kind="covid measure",
            sub_category="1.7.10. Mortgages and other loans",
            iso3="KOR",
        )
    )

    assert record.title == "Fund: mortgages and other loans, Republic of Korea (COVID-19 response)"
    assert record.detail["sub_type"] == "Mortgages and other loans"
    assert record.topics == ["1.7.10"]
    assert record.detail["is_emergency_measure"] is True


def test_years_come_from_dates_and_an_end_before_the_start_is_left_out(read):
    project, wrong = read(
        programme("1", source="wb_projects", start="December 21, 2015", end="December 31, 2025"),
        programme("2", "Other", start="2021-05-01", end="2020-12-31"),
    )

    assert (project.detail["started_year"], project.detail["ended_year"]) == (2015, 2025)
    assert project.published_on == date(2015, 12, 21)
    assert (wrong.detail["started_year"], wrong.detail["ended_year"]) == (2021, None)
    assert wrong.notes == ["end 2020-12-31 before start 2021-05-01: left out"]


def test_sources_are_every_address_of_the_cell(read):
    (record,) = read(programme(urls="https://a.example/1 and http://b.example/2\nnot an address"))

    assert record.detail["sources"] == ["https://a.example/1", "http://b.example/2"]


def test_programmes_only_the_coverage_series_names_are_added(vocabulary):
    found = programmes.read(Folder(), vocabulary)
    added = {r.title: r for r in found if isinstance(r, Record) and r.source == "lac_ctp"}

    assert sorted(added) == [
        "Asignación Universal por Hijo", "Bono Social", "Bono de Desarrollo Humano", "Juntos", "Path",
        "Progresando con Solidaridad", "Tekopora",
    ]  # fmt: skip
    assert coverage(added["Tekopora"]) == (Decimal("12.26"), "% of population", 2019)
    assert added["Tekopora"].detail["started_year"] == 2005


def test_a_measure_brings_its_figures_with_units_and_says_what_was_planned():
    row = dict.fromkeys(
        ("payment_frequency", "payment_mechanism", "payment_instruments", "announced_date", "expenditure_currency",
         "expenditure_planned_local", "beneficiaries_actual", "beneficiaries_actual_unit"), ""
    ) | {
        "beneficiaries_planned": "335000", "beneficiaries_planned_unit": "2. Individuals",
        "expenditure_planned_usd": "28700000", "start_date": "2020-04-22", "targeting_method": "2.Categorical, 4.Means/income",
        "target_group": "1.Children (under 15), 26.Other", "benefit_type": "1. Cash", "benefit_amount_local": "1998.5",
        "benefit_currency": "UAH", "benefit_time_unit": "5. Monthly",
    }  # fmt: skip

    assert measures.details_of(row) == {
        "target_group": "Children (under 15)",
        "targeting": "Categorical, means/income",
        "benefit": "Cash",
        "payment_frequency": "Monthly",
        "coverage": Decimal("335000.00"),
        "coverage_unit": "people",
        "coverage_source": "Social Protection and Jobs Responses to COVID-19, working copy of May 2021 (planned)",
        "cost": Decimal("28700000.00"),
        "cost_unit": "USD",
        "cost_year": 2020,
        "cost_source": "Social Protection and Jobs Responses to COVID-19, working copy of May 2021 (planned)",
        "benefit_amount": Decimal("1998.50"),
        "benefit_currency": "UAH",
    }


def test_an_ambiguous_currency_is_not_guessed():
    assert [measures.currency_of(text) for text in ("EURO", "CFA", "RM", "UAH", "dollars")] == [
        "EUR",
        "",
        "MYR",
        "UAH",
        "",
    ]
