"""Numbers as a reader writes them."""

from django.utils import translation

from kit.numbers import grouped


def test_thousands_are_grouped_as_the_language_does():
    with translation.override("en"):
        english = grouped(12947)
    with translation.override("fr"):
        french = grouped(12947)

    assert (english, french) == ("12,947", "12\xa0947")


def test_a_whole_number_shows_no_decimals_after_an_equal_fraction_was_shown():
    with translation.override("en"):
        shown = [grouped(6.0), grouped(6)]

    assert shown == ["6.0", "6"]
