"""Numbers as a reader writes them."""

import pytest
from django.utils import translation

from kit.numbers import grouped


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "12,947.5"),
        ("fr", "12\xa0947,5"),
        ("es", "12\xa0947,5"),
        ("pt", "12.947,5"),
        ("ar", "12,947.5"),
    ],
)
def test_a_number_is_grouped_and_parted_as_its_language_does(language, shown):
    with translation.override(language):
        assert grouped(12947.5) == shown


def test_a_whole_number_shows_no_decimals_after_an_equal_fraction_was_shown():
    with translation.override("en"):
        shown = [grouped(6.0), grouped(6)]

    assert shown == ["6.0", "6"]
