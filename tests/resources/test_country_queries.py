from datetime import date

import pytest

from resources import actions
from resources.models import Indicator, IndicatorValue, Kind, Status, TreatyRatification
from resources.queries import countries as library
from resources.queries import rows
from tests import make

pytestmark = pytest.mark.django_db


def programme(title, iso3="MWI", **detail):
    return make.resource(Kind.PROGRAMME, title=title, countries=[iso3], detail=detail)


def law(title, iso3="MWI", **detail):
    return make.resource(Kind.LAW, title=title, countries=[iso3], detail=detail)


def test_the_numbers_of_a_country_count_what_is_published():
    make.resource(title="A paper", countries=["MWI", "ZMB"])
    programme("A programme")
    law("A law")
    make.resource(title="A draft", countries=["MWI"], status=Status.DRAFT)
    make.resource(title="Gone", countries=["MWI"], status=Status.WITHDRAWN)
    IndicatorValue.objects.create(
        indicator=Indicator.objects.create(
            code="sp_coverage_share", name_en="Coverage", unit="%", source="ILO"
        ),
        country=make.country("MWI"),
        year=2015,
        value=21.3,
    )
    for code, state in [("CRC", "party"), ("CEDAW", "party"), ("ICMW", "signatory")]:
        TreatyRatification.objects.create(
            country=make.country("MWI"), treaty_code=code, treaty=code, state=state
        )

    numbers = library.country_numbers()

    assert numbers == {
        "MWI": library.Numbers(3, 1, 1, (2015, 21.3), 2),
        "ZMB": library.Numbers(1, 0, 0, None, None),
    }


def test_language_versions_of_one_work_count_once():
    english = make.resource(title="A paper", countries=["MWI"])
    make.resource(title="Un document", countries=["MWI"], language_code="fr", work=english.work)

    assert library.country_numbers()["MWI"].resources == 1
    assert library.counts_of("MWI") == {Kind.PUBLICATION: 1}


def test_standing_programmes_come_before_ended_ones_and_emergency_measures():
    programme("An emergency measure", is_emergency_measure=True)
    programme("Ended", started_year=2001, ended_year=2010)
    programme("Running without a figure", started_year=2003)
    programme("Running with a figure", coverage=21, coverage_unit="% of population")
    programme("Elsewhere", "ZMB")

    found = library.programmes_of("MWI")

    assert [one.title for one in found] == [
        "Running with a figure",
        "Running without a figure",
        "Ended",
        "An emergency measure",
    ]


def test_a_programme_names_its_legal_basis_only_while_that_is_published():
    act = law("Social Support Act")
    programme("A programme", legal_basis=act)

    (before,) = library.programmes_of("MWI")
    actions.withdraw_resource(act, reason="Wrong document")
    (after,) = library.programmes_of("MWI")

    assert (before.has_law, before.law_url) == (True, act.get_absolute_url())
    assert after.has_law is False


def test_laws_stand_in_the_order_of_time_and_the_latest_are_kept():
    law("Unknown year")
    for year in range(1988, 2001):
        law(f"Act of {year}", adopted_year=year, instrument="act", force="in_force")

    found = library.laws_of("MWI")

    assert [one.title for one in found] == [*(f"Act of {year}" for year in range(1990, 2001)), "Unknown year"]


@pytest.mark.parametrize(
    ("instrument", "force", "expected"),
    [
        ("act", "in_force", True),
        ("constitution", "in_force", True),
        ("policy", "in_force", False),
        ("strategy", "in_force", False),
        ("act", "amended", False),
        ("act", "repealed", False),
        ("act", "unknown", False),
    ],
)
def test_only_a_law_known_to_be_in_force_is_told_as_such(instrument, force, expected):
    law("A law", instrument=instrument, force=force)

    (found,) = library.laws_of("MWI")

    assert found.is_act_in_force is expected


def test_the_latest_resources_stand_once_a_work_in_the_readers_language_where_there_is_one():
    for year in (2019, 2023, 2021, 2022, 2018, 2017):
        make.resource(title=f"Paper of {year}", countries=["MWI"], published_on=date(year, 1, 1))
    newest = make.resource(title="Paper of 2024", countries=["MWI"], published_on=date(2024, 1, 1))
    make.resource(
        title="Document de 2024",
        countries=["MWI"],
        published_on=date(2024, 2, 1),
        language_code="fr",
        work=newest.work,
    )
    programme("A programme")
    law("A law")

    english, french, arabic = (
        [row.title for row in rows(library.latest_of("MWI", language))] for language in ("en", "fr", "ar")
    )

    rest = [f"Paper of {year}" for year in (2023, 2022, 2021, 2019)]
    assert english == ["Paper of 2024", *rest]
    assert french == ["Document de 2024", *rest]
    assert arabic == ["Document de 2024", *rest]


def test_a_profile_is_shown_only_while_it_is_published():
    malawi = make.country("MWI")
    profile = make.resource(
        Kind.COUNTRY, title="Malawi", summary="About Malawi", countries=["MWI"], detail={"country": malawi}
    )

    shown = library.profile_of("MWI")
    actions.withdraw_resource(profile, reason="Under review")

    assert shown.summary == "About Malawi"
    assert library.profile_of("MWI") is None
