"""Phrases looked for in a text."""

from kit.phrases import Phrases


def found(phrases, text):
    return [(start, length, sorted(values)) for start, length, values in phrases.find(text.split())]


def test_the_longest_phrase_wins_and_hides_what_is_inside():
    phrases = Phrases()
    phrases.add(["guinea"], "GIN")
    phrases.add(["papua", "new", "guinea"], "PNG")
    phrases.add(["papua"], "?")

    assert found(phrases, "from papua new guinea to guinea") == [(1, 3, ["PNG"]), (5, 1, ["GIN"])]


def test_a_phrase_counts_as_whole_words_only():
    phrases = Phrases()
    phrases.add(["niger"], "NER")

    assert found(phrases, "nigeria") == []


def test_one_phrase_may_stand_for_several_things():
    phrases = Phrases()
    phrases.add(["tmc"], 1)
    phrases.add(["tmc"], 2)

    assert found(phrases, "tmc") == [(0, 1, [1, 2])]


def test_an_empty_phrase_is_never_found():
    phrases = Phrases()
    phrases.add([], 1)

    assert found(phrases, "a b") == []
    assert found(phrases, "") == []
