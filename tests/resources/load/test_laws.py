"""Rows of the list of laws."""

from decimal import Decimal

import pytest

from resources.load import laws
from resources.load.records import Skipped
from tests.resources.load.conftest import law


@pytest.fixture
def read(folder, vocabulary):
    return lambda *rows: laws.read(folder(laws.FILE, *rows), vocabulary)


@pytest.mark.parametrize(
    ("row", "title", "is_description"),
    [
        (law(title="Unspecified", title_specified="0"), "Employment injury law, Angola, 1960", True),
        (law(title="Unspecified (USSR)"), "Employment injury law (USSR), Angola, 1960", True),
        (law(title="Unspecified rate updates"), "Employment injury law, rate updates, Angola, 1960", True),
        (law(title="Unspecifed"), "Employment injury law, Angola, 1960", True),
        (law(title="Social Security Act"), "Social Security Act", False),
    ],
)
def test_a_law_without_a_title_is_described_and_says_so(read, row, title, is_description):
    (record,) = read(row)

    assert (record.title, record.detail["title_is_description"]) == (title, is_description)


@pytest.mark.parametrize(
    ("title", "instrument", "number"),
    [
        ("Labor Relations Decree, 49-62", "decree", "49-62"),
        ("Workmen's Compensation Ordinance", "decree", ""),
        ("Labor Law, Act 72", "act", "72"),
        ("Social Security Code", "act", ""),
        ("Constitution of the Republic", "constitution", ""),
        ("Decreto Supremo núm. 24469", "decree", "24469"),
        ("Old-Age Pensions", "other", ""),
    ],
)
def test_the_words_of_the_title_name_instrument_and_number(read, title, instrument, number):
    (record,) = read(law(title=title))

    assert (record.detail["instrument"], record.detail["number"]) == (instrument, number)


def test_an_amendment_points_at_the_law_of_the_same_title_in_its_country(read):
    base, other, amendment, again = read(
        law("1", "Social Insurance", year="1950"),
        law("2", "Labor Code", year="1955"),
        law("3", "Social Insurance, amendment", year="1960"),
        law("4", "Social Insurance Amendment", year="1970"),
    )

    assert [r.amends for r in (base, other, amendment, again)] == ["", "", "1", "1"]
    assert [r.detail.get("force") for r in (base, other, amendment, again)] == ["amended", None, None, None]


def test_an_amendment_of_another_country_is_not_its_amendment(read):
    found = read(
        law("1", "Social Insurance", year="1950"),
        law("2", "Social Insurance Amendment", iso3="ZMB", year="1960"),
    )

    assert [r.amends for r in found] == ["", ""]


@pytest.mark.parametrize(
    ("given", "share"), [("32.5", Decimal("32.5")), ("0", Decimal(0)), ("-99", None), ("NA", None)]
)
def test_a_coverage_the_source_does_not_have_is_not_a_number(read, given, share):
    (record,) = read(law(coverage_pct_labour_force=given))

    assert record.detail["coverage_share"] == share


@pytest.mark.parametrize(
    ("given", "scheme"),
    [
        ("employer lliability, compulsory insruance", "employer liability, compulsory insurance"),
        ("employer liability ", "employer liability"),
        ("-99", ""),
    ],
)
def test_types_of_scheme_are_spelt_right(read, given, scheme):
    (record,) = read(law(scheme_type=given))

    assert record.detail["scheme_type"] == scheme


def test_a_law_of_an_unknown_country_is_skipped(read):
    found = read(law(iso3="", country_as_given="Atlantis"))

    assert found == [Skipped("gwip", "l1", "Social Security Act", "no known country (Atlantis)")]
