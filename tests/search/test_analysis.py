import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.text import fold, fold_words
from search import analysis
from search.analysis import LANGUAGES, stems, stems_of
from search.documents import Document, Name, Text, read_suggestions, suggest_terms


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text())
def test_a_remembered_stem_is_what_the_stemmer_says(language, text):
    words = fold_words(text)

    assert [stem for stem in stems_of(words, language) if stem] == stems(fold(text), language)
    assert stems_of(words, language) == stems_of(words, language)


def test_a_word_too_long_for_a_term_keeps_its_place_without_a_stem():
    assert stems_of(["cash", "x" * 80, "transfers"], "en") == ["cash", "", "transfer"]
    assert stems_of(["jamii"], "sw") is None


def test_no_more_words_are_remembered_than_fit(monkeypatch):
    monkeypatch.setattr(analysis, "WORDS_KEPT", 3)
    for number in range(20):
        assert stems_of([f"pensions{number}", "pensions"], "en") == [f"pensions{number}", "pension"]

    assert len(analysis._stems["en"]) <= 3 + 2


def test_the_stamp_of_a_document_changes_with_anything_in_it_and_with_nothing_else():
    def made(**values):
        return Document(model="a.b", pk=1, texts=[Text("en", 1, "Cash", body="Transfers")], **values)

    same = made(facets={"topic": ["x", "y"]}, concepts={"b", "a"})
    same.texts[0].stems("body")

    assert same.stamp() == made(facets={"topic": ["y", "x"]}, concepts={"a", "b"}).stamp()
    assert (
        len({made().stamp(), made(names=["a"]).stamp(), made(topics=["a"]).stamp(), made(front=True).stamp()})
        == 4
    )


def test_a_name_is_asked_for_by_any_word_that_means_something():
    terms = suggest_terms(
        [Name("The World  Bank", "organisation", "", "/o/"), Name("Pensions", "topic", "en", "/p/")]
    )

    assert [term.split("\x1f")[0] for term in terms.split(" ")] == [
        "the\x1cworld\x1cbank",
        "world\x1cbank",
        "bank",
        "pensions",
    ]
    assert read_suggestions([(term, 1) for term in terms.split(" ")], "en") == [
        ("Pensions", "topic", "/p/"),
        ("The World Bank", "organisation", "/o/"),
    ]
