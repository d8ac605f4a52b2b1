import pytest

from resources.models import Indicator, IndicatorValue, TreatyRatification
from resources.queries import facts
from tests import make

pytestmark = pytest.mark.django_db


def indicator(code="gini", **fields):
    fields = {
        "name_en": "Gini index",
        "unit": "index",
        "source": "World Bank",
        "group": "inequality",
        **fields,
    }
    return Indicator.objects.create(code=code, **fields)


def values(one, numbers):
    """`numbers`: {iso3: {year: value}}"""
    IndicatorValue.objects.bulk_create(
        IndicatorValue(indicator=one, country=make.country(iso3), year=year, value=value)
        for iso3, years in numbers.items()
        for year, value in years.items()
    )


def lower_middle(*codes):
    for code in codes:
        country = make.country(code)
        country.income_group = "LMC"
        country.save()


def test_a_group_is_averaged_over_the_latest_figure_of_each_country():
    lower_middle("MWI", "ZMB", "JOR")
    values(indicator(), {"MWI": {2010: 90, 2016: 30}, "ZMB": {2015: 60}, "JOR": {2013: 33}})

    (series,) = facts.all_series()

    assert series.averages == {"LMC": facts.Average(41, 3)}
    assert series.latest == {"MWI": (2016, 30), "ZMB": (2015, 60), "JOR": (2013, 33)}
    assert (series.first_year, series.last_year) == (2010, 2016)


def test_an_average_of_two_countries_is_not_shown():
    lower_middle("MWI", "ZMB")
    values(indicator(), {"MWI": {2016: 30}, "ZMB": {2015: 60}})

    (series,) = facts.all_series()

    assert (series.averages, series.by_year) == ({}, {})


def test_countries_without_an_income_group_are_in_no_average():
    lower_middle("MWI", "ZMB", "JOR")
    make.country("BRA", income_group="")
    values(indicator(), {"MWI": {2016: 30}, "ZMB": {2016: 60}, "JOR": {2016: 30}, "BRA": {2016: 99}})

    (series,) = facts.all_series()

    assert series.averages == {"LMC": facts.Average(40, 3)}


def test_a_figure_stands_for_five_years_in_the_yearly_average():
    lower_middle("MWI", "ZMB", "JOR")
    values(indicator(), {"MWI": {2010: 10}, "ZMB": {2011: 20}, "JOR": {2014: 60, 2015: 90}})

    (series,) = facts.all_series()

    # From 2015 on Malawi's figure of 2010 is too old, and two countries make no average.
    assert series.by_year == {"LMC": [(2014, 30)]}


def test_a_country_is_compared_within_its_own_years():
    lower_middle("MWI", "ZMB", "JOR")
    values(
        indicator(),
        {
            "MWI": {2012: 10, 2013: 10},
            "ZMB": {2011: 20, 2013: 20, 2015: 20},
            "JOR": {2011: 30, 2013: 30, 2015: 30},
        },
    )

    (figure,) = facts.figures_of(make.country("MWI"))

    assert figure.points == [(2012, 10), (2013, 10)]
    assert figure.comparison == [(2012, 20), (2013, 20)]


def test_an_indicator_without_a_figure_of_the_country_is_there_without_points():
    values(indicator(), {"ZMB": {2015: 60}})
    values(indicator("poverty_190", name_en="Poverty", group="poverty", position=1), {"MWI": {2016: 69.2}})

    figures = facts.figures_of(make.country("MWI"))

    assert [(f.indicator.code, f.points, f.latest) for f in figures] == [
        ("gini", [], None),
        ("poverty_190", [(2016, 69.2)], (2016, 69.2)),
    ]


def test_an_indicator_nobody_has_a_figure_of_is_not_listed():
    indicator()

    assert facts.all_series() == []


@pytest.mark.parametrize("extra", [0, 5])
def test_the_figures_of_a_country_cost_one_query_once_the_averages_are_known(
    extra, django_assert_num_queries
):
    values(indicator(), {"MWI": {2016: 30}})
    for n in range(extra):
        values(indicator(f"more_{n}"), {"MWI": {2016: 30, 2017: 31}})
    country = make.country("MWI")
    facts.all_series()

    with django_assert_num_queries(1):
        facts.figures_of(country)


def test_ratifications_tell_a_silent_source_from_no_action():
    malawi, zambia = make.country("MWI"), make.country("ZMB")
    for country, code, state, year in [
        (malawi, "CRC", "party", 1991),
        (malawi, "ICMW", "none", None),
        (malawi, "XYZ", "signatory", 2001),
        (zambia, "CRPD", "party", 2010),
    ]:
        TreatyRatification.objects.create(
            country=country, treaty_code=code, treaty=f"Treaty {code}", state=state, year=year
        )

    found = facts.ratifications_of(malawi)

    assert [(r.code, r.state, r.year) for r in found] == [
        ("CRC", "party", 1991),
        ("CRPD", "", None),
        ("ICMW", "none", None),
        ("XYZ", "signatory", 2001),
    ]
    assert found[-1].name == "Treaty XYZ"
