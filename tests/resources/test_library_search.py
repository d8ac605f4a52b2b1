"""What a person typed, cleaned: `read_search`."""

import pytest
from django.http import QueryDict

from resources.forms import MAX_PAGE, read_search
from tests import make
from vocabularies import queries as vocabularies

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def some_vocabularies():
    make.country("MWI")
    make.country("ZMB")
    make.topic("Cash transfers")
    make.language("en")
    make.language("fr")
    vocabularies.forget()
    yield
    vocabularies.forget()


def read(query):
    return read_search(QueryDict(query))


def test_nothing_typed_is_the_whole_library_newest_first():
    search = read("")

    assert (search.text, search.filters, search.order, search.page, search.notices) == (
        "",
        {},
        "newest",
        1,
        [],
    )


def test_words_are_ordered_by_best_match_unless_said_otherwise():
    assert [read(query).order for query in ("q=cash", "q=cash&sort=title", "sort=oldest")] == [
        "best",
        "title",
        "oldest",
    ]


@pytest.mark.parametrize("query", ["country=MWI&country=ZMB", "country=MWI,ZMB", "country=MWI,,ZMB,MWI"])
def test_several_values_are_repeated_or_parted_by_commas(query):
    assert read(query).filters == {"country": ["MWI", "ZMB"]}


def test_a_country_and_a_language_may_be_typed_by_name():
    assert read("country=malawi&language=Fran%C3%A7ais").filters == {
        "country": ["MWI"],
        "language": ["fr"],
    } or read("country=malawi&language=French").filters == {"country": ["MWI"], "language": ["fr"]}


def test_values_nobody_knows_are_named_and_left_out():
    search = read(
        "kind=law&kind=sonnet&country=XYZ&topic=nope&region=QQ&income=RICH&organisation=none&language=zz"
    )

    assert search.filters == {"kind": ["law"]}
    assert [
        value in " ".join(search.notices) for value in ("sonnet", "XYZ", "nope", "QQ", "RICH", "none", "zz")
    ] == [True] * 7
    assert len(search.notices) == 7


def test_a_flood_of_values_is_cut_and_said():
    search = read("&".join(f"country=Q{n}" for n in range(500)))

    assert search.filters == {}
    assert len(search.notices) == 5


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("year=2020-2026", (2020, 2026)),
        ("year=2020-", (2020, 2100)),
        ("year=-2020", (1800, 2020)),
        ("year=2024", (2024, 2024)),
        ("year_from=2020&year_to=2026", (2020, 2026)),
        ("year_from=2020&year_to=", (2020, 2100)),
        ("year_from=2026&year_to=2020", (2020, 2026)),
        ("year=2022&year=2024", ["2022", "2024"]),
        ("year=2022,2024", ["2022", "2024"]),
    ],
)
def test_years_are_a_span_or_single_years(query, years):
    assert read(query).filters == {"year": years}


@pytest.mark.parametrize("year", ["20x6", "1026", "99999", "-", "٢٠٢٠", "2020-x", "1e3", "0"])
def test_a_wrong_year_is_named_and_left_out(year):
    search = read(f"year={year}")

    assert search.filters in ({}, {"year": (2020, 2100)})
    assert (len(search.notices) == 1) == (year != "-")


def test_a_text_that_is_too_long_is_cut_and_said():
    search = read("q=" + "cash+" * 2000)

    assert len(search.text) <= 400
    assert search.text.startswith("cash cash cash")
    assert len(search.notices) == 1


def test_control_characters_are_dropped():
    assert read("q=ca%00sh%1b%0d%0atransfers").text == "cash transfers"


@pytest.mark.parametrize(
    ("typed", "page", "notices"),
    [
        ("", 1, 0),
        ("7", 7, 0),
        ("0", 1, 1),
        ("-3", 1, 1),
        ("two", 1, 1),
        ("1e9", 1, 1),
        ("1000000000", MAX_PAGE, 0),
        ("9" * 5000, 1, 1),
    ],
)
def test_a_page_is_a_number_from_one(typed, page, notices):
    search = read(f"page={typed}")

    assert (search.page, len(search.notices)) == (page, notices)


def test_the_address_says_the_same_search_again():
    query = "q=cash&kind=law&kind=news&country=MWI&year=2020-2026&sort=title"

    search = read(query)
    again = read(search.address(page=3).partition("?")[2])

    assert search.address() == f"/library/?{query}"
    assert (again.text, again.filters, again.order, again.page) == (search.text, search.filters, "title", 3)


def test_an_address_without_one_filter_keeps_the_others():
    search = read("q=cash&kind=law&kind=news&country=MWI")

    assert search.address(drop=[("kind", "law")]) == "/library/?q=cash&kind=news&country=MWI"
    assert search.without("kind", "country") == "/library/?q=cash"


def test_the_weight_counts_the_values_chosen():
    assert [
        read(query).weight
        for query in ("", "q=x&kind=law", "kind=law,news&country=MWI&year=2020-", "year=2020,2022")
    ] == [0, 1, 4, 2]
