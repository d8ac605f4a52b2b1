import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.text import fold, fold_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        (None, ""),
        ("  Côte   d’Ivoire ", "cote d ivoire"),
        ("Proteção SOCIAL", "protecao social"),
        ("snake_case_ and-dashes", "snake case and dashes"),
        ("الحِمايَةُ الإجتماعيّة", "الحمايه الاجتماعيه"),
        ("مـــعاش", "معاش"),
        ("Straße ﬁnance ²", "strasse finance 2"),
    ],
)
def test_a_text_folds_to_bare_words(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_again_changes_nothing(text):
    once = fold(text)

    assert fold(once) == once


def test_folding_words_gives_the_words_of_the_folded_text():
    texts = [
        "",
        "Cash–transfer’s  São_Tomé",
        "الإعانة الأُسَرِيّة",
        "½ ﬁnal ´x",
        "a\u0301b C\u030c",
        "\x00\x1c a\tb",
        "ΑΣ ß İ",
    ]

    assert [fold_words(text) for text in texts] == [fold(text).split() for text in texts]
    assert fold(" ".join(texts)) == " ".join(filter(None, map(fold, texts)))
