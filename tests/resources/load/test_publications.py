"""Rows of the publication lists."""

from datetime import date

import pytest

from resources.load import publications
from resources.load.records import Skipped
from tests.resources.load.conftest import publication


@pytest.fixture
def read(folder, vocabulary):
    """A function from rows to what is read of them."""
    return lambda *rows: publications.read(folder(publications.FILE, *rows), vocabulary)


def test_a_working_paper_of_a_month_is_read_whole(read):
    row = publication(
        "nber:w0107", "Social Security and Retirement Decisions", "nberwp",
        authors="Michael J Boskin", year="1975", month="10", type="working paper", number="w0107",
        container="NBER Working Paper Series", publisher="National Bureau of Economic Research", language="en",
        derived_doi="10.3386/w0107", derived_url="https://www.nber.org/papers/w0107",
    )  # fmt: skip

    (record,) = read(row)

    assert (record.title, record.published_on, record.precision, record.year) == (
        "Social Security and Retirement Decisions",
        date(1975, 10, 1),
        "month",
        1975,
    )
    assert record.contributors == [{"family_name": "Boskin", "given_name": "Michael J", "is_body": False}]
    assert record.identifiers == [("doi", "10.3386/w0107")]
    assert record.url == "https://www.nber.org/papers/w0107"
    assert record.organisations == [("National Bureau of Economic Research", "publisher")]
    assert record.detail == {
        "type": "working_paper",
        "container": "NBER Working Paper Series",
        "number": "w0107",
    }


@pytest.mark.parametrize(
    ("doi", "url", "identifiers", "notes"),
    [
        ("No DOI", "", [], ["no DOI in 'No DOI'"]),
        ("10.1002/JID.3369", "", [("doi", "10.1002/jid.3369")], []),
        ("", "https://doi.org/10.1016/j.jafr.2023.100674", [("doi", "10.1016/j.jafr.2023.100674")], []),
        (
            "https://dataverse.harvard.edu/citation?persistentid=doi:10.7910/dvn/nytimz",
            "",
            [("doi", "10.7910/dvn/nytimz")],
            [],
        ),
        (
            "4Vol:.(1234567890)Sci https://doi.org/10.1038/s41598-023-49725-",
            "",
            [],
            ["DOI 10.1038/s41598-023-49725- lost its end: left out"],
        ),
    ],
)
def test_debris_in_the_doi_column_becomes_a_clean_doi_or_none(read, doi, url, identifiers, notes):
    (record,) = read(publication(doi=doi, url=url))

    assert (record.identifiers, record.notes) == (identifiers, notes)


def test_a_document_with_an_arabic_title_has_an_arabic_version(read):
    english, arabic = read(
        publication(
            "escwa:1", "RETHINKING FISCAL POLICY FOR THE ARAB REGION : SUMMARY", "escwa",
            title_ar="إعادة النظر في السياسة المالية للمنطقة العربية : موجز",
            year="2017", language="EP AP", authors="UN. ESCWA", publisher="United Nations. ESCWA",
            number="E/ESCWA/EDID/2017/4/SUMMARY",
        )
    )  # fmt: skip

    assert (english.language, english.translation_of, english.other_languages) == ("en", "", [])
    assert (arabic.language, arabic.translation_of, arabic.ref) == ("ar", "escwa:1", "escwa:1#ar")
    assert arabic.title == "إعادة النظر في السياسة المالية للمنطقة العربية: موجز"
    assert english.organisations == [
        ("United Nations Economic and Social Commission for Western Asia", "publisher")
    ]


def test_an_arabic_title_that_is_english_is_the_title(read):
    (record,) = read(
        publication("escwa:2", "", "escwa", title_ar="WATER AND PEACE IN THE MIDDLE EAST", year="1993")
    )

    assert (record.title, record.language) == ("Water and peace in the Middle East", "en")


def test_a_wrong_language_guess_is_corrected_by_the_title(read):
    title = "Is Results-Based Aid More Effective than Conventional Aid?: Evidence from the Health Sector"

    (record,) = read(publication("idb:1", title, "idb", language="es"))

    assert (record.language, record.notes) == ("en", ["language es corrected to en by the title"])


def test_a_year_in_the_future_is_left_out_and_said(read):
    (record,) = read(publication(year="2099"))

    assert (record.published_on, record.year, record.notes) == (
        None,
        None,
        ["year 2099 lies in the future: left out"],
    )


def test_countries_come_from_the_source_and_from_the_title(read):
    (record,) = read(
        publication(
            title="Chainsaw milling in Democratic Republic of Congo",
            given_country="Rwanda; Burundi",
            derived_countries="COG",
        )
    )

    assert record.countries == ["BDI", "COD", "RWA"]


def test_rows_without_a_title_and_repeated_references_are_skipped_with_the_reason(read):
    found = read(publication("a", ""), publication("b"), publication("b"))

    assert [(x.ref, x.why) for x in found if isinstance(x, Skipped)] == [
        ("a", "no title"),
        ("b", "the same reference stands twice in the source"),
    ]


def test_an_original_is_read_before_the_row_that_repeats_it(read):
    found = read(publication("copy", derived_duplicate_of="first"), publication("first"))

    assert [record.ref for record in found] == ["first", "copy"]
