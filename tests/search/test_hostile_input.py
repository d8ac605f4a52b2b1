"""Whatever is typed is only text: no error, bounded work, the right answer for what is left of it."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.find import find, suggest
from tests import make

ANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
VALUES = st.one_of(
    st.text(), st.integers(), st.lists(st.one_of(st.text(), st.integers()), max_size=4), st.none()
)
HOSTILE = [
    'pension"',
    '"pension',
    "pension AND (OR NOT",
    ":pension^",
    "pension~2 [a TO b]",
    "*pension*",
    "/pension.*/",
    "pension\x00\x1f\x1d\x7f",
    "<script>pension</script>",
    "'; -- pension",
    "{{pension}} ${pension} %s",
    "\u202epension\ufeff\ud800",
    "+pension -",
    "pension\\",
]


@pytest.fixture
def shelf(index):
    make.resource(title="Pension reform", summary="<b>Pension</b> & more", countries=["MWI"])
    index.sync()


@pytest.mark.parametrize("text", HOSTILE)
def test_signs_are_no_syntax(shelf, text):
    results = find(text)

    assert [hit.title for hit in results.hits] == ["<mark>Pension</mark> reform"]


@ANY
@given(text=st.text(), page=st.integers(), sort=st.text(max_size=8))
def test_any_text_gets_an_answer(shelf, text, page, sort):
    results = find(text, page=page, sort=sort, facets=("kind", "year"))

    assert results.total in (0, 1)
    assert len(suggest(text)) <= 8


@ANY
@given(filters=st.dictionaries(st.sampled_from(["kind", "country", "year", "topic", "nonsense"]), VALUES))
def test_any_filter_gets_an_answer(shelf, filters):
    assert find("pension", filters=filters).total in (0, 1)


@ANY
@given(years=st.tuples(VALUES, VALUES))
def test_any_span_of_years_gets_an_answer(shelf, years):
    assert find("", filters={"year": years}).total in (0, 1)


@pytest.mark.parametrize(
    "text",
    [
        "pension " * 1250,
        "x" * 10_000,
        '"' * 10_000,
        "é̀" * 5000,
        "ﷺ" * 10_000,
        " ".join(f"word{n}" for n in range(1500)),
    ],
    ids=["repeated", "one word", "quotes", "accents", "ligatures", "many words"],
)
def test_ten_kilobytes_are_answered_in_bounded_time(shelf, text):
    start = time.process_time()

    find(text, facets=("kind",))

    assert time.process_time() - start < 1
