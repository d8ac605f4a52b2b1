import pytest

from bench import relevance
from kit.text import fold
from search import upkeep
from tests import make
from vocabularies.models import TopicLabel


@pytest.fixture
def library(db):
    """Three reports, one of them in two languages, on a topic with an acronym."""
    cash = make.topic("Cash transfers")
    TopicLabel.objects.create(topic=cash, language="en", text="CCT", kind="acronym")
    first = make.resource(title="Conditional payments to mothers in Malawi", topics=[cash])
    make.resource(title="Pagamentos às mães no Malawi", language_code="pt", work=first.work, topics=[cash])
    make.resource(title="Pension reform and coverage in Chile")
    make.resource(title="Payments of school meals in Malawi")
    upkeep.rebuild()
    return first


def test_known_items_are_found_and_their_places_counted(library):
    said = []

    shares = {question["name"]: question for question in relevance.measure(say=said.append)}

    assert shares["three rarest words of the title"]["within_1"] == 1
    assert shares["title with one typo"]["within_3"] == 1
    assert shares["synonym or acronym alone: among the hits"]["places"] == [1]
    assert shares["title in another language"]["places"] == [1]
    assert "three rarest words of the title" in said[0]


def test_works_that_share_their_title_are_told_apart_in_the_count(library):
    twin = make.resource(title=library.title)
    upkeep.rebuild()
    works = relevance.Works()

    question = relevance.ask_all("title", relevance.draw(), works, lambda resource: resource.title)

    assert sorted(question.alone) == [False, False, True, True]
    assert question.within(1) == 0.75
    assert question.within(1, alone=True) == 1
    assert works.titles[fold(twin.title)] == 2


def test_what_is_not_found_is_named(library):
    works = relevance.Works()

    question = relevance.ask_all("nonsense", [library], works, lambda _resource: "quetzal zeppelin")

    assert question.places == [None]
    assert question.missed == ["Conditional payments to mothers in Malawi ← quetzal zeppelin"]
    assert question.within(3) == 0


def test_the_rarest_words_are_those_of_the_fewest_titles(library):
    assert relevance.Works().rarest(library, 3) == ["conditional", "to", "mothers"]


def test_a_typo_changes_two_neighbouring_letters_of_the_longest_word(library):
    wrong = relevance.with_typo(library)

    assert sorted(wrong) == sorted(library.title)
    assert sum(a != b for a, b in zip(wrong, library.title, strict=True)) == 2
    assert wrong[12:] == library.title[12:]


def test_the_same_sample_is_drawn_each_time(library):
    assert [r.pk for r in relevance.draw()] == [r.pk for r in relevance.draw()]
    assert len(relevance.draw()) == 3
