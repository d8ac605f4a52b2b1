"""One document against stored searches: the same answer as the engine's, found without asking them all."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources.models import Kind
from search.backends.base import index_of
from search.find import engine, find
from search.percolate import EVERY, Single, anchors, plan_of
from tests import make
from vocabularies.models import TopicLabel

MODELS = ("resources.resource",)
QUESTIONS = [
    ("pension", {}),
    ("pensions for farmers", {}),
    ('"minimum income"', {}),
    ("“minimum income” households", {}),
    ('"income of minimum"', {}),
    ("CCT", {}),
    ("conditional cash transfers", {}),
    ("transferencia monetaria", {}),
    ("الحماية", {}),
    ("okonkwo", {}),
    ("malawi 2024", {}),
    ("2024", {}),
    ("law", {}),
    ("beneficiaries", {}),
    ("", {"kind": ["law"]}),
    ("", {"country": ["MWI", "ZMB"], "kind": ["publication"]}),
    ("pension", {"topic": ["cash-transfers"]}),
    ("", {"year": (2020, 2030)}),
    ("", {"year": ["1999", "2024"]}),
    ("", {"year": (1800, 2100)}),
    ("pension", {"language": ["fr"]}),
    ("?!", {}),
    ("", {}),
]


@pytest.fixture
def library(index):
    """A few works that share words, in several languages, and the index of them."""
    transfers = make.topic("Cash transfers", slug="cash-transfers")
    TopicLabel.objects.create(topic=transfers, language="en", text="CCT", kind=TopicLabel.Kind.SYNONYM)
    TopicLabel.objects.create(
        topic=transfers, language="en", text="conditional cash transfers", kind=TopicLabel.Kind.SYNONYM
    )
    TopicLabel.objects.create(
        topic=transfers, language="es", text="transferencias monetarias", kind=TopicLabel.Kind.SYNONYM
    )
    make.resource(title="Pensions for farmers", summary="The minimum income of households", countries=["MWI"])
    make.resource(title="A minimum of income for households", topics=[transfers], countries=["ZMB"])
    make.resource(
        Kind.LAW, title="Pension Act", countries=["MWI"], detail={"instrument": "act", "adopted_year": 2011}
    )
    paper = make.resource(title="Social pensions", contributors=[{"family_name": "Okonkwo"}])
    make.resource(title="Les pensions sociales", language_code="fr", work=paper.work)
    make.resource(title="الحماية الاجتماعية", language_code="ar", body="Beneficiaries in 1999")
    make.resource(title="Transferencias condicionadas", language_code="es", topics=[transfers])
    return index.sync()


def documents():
    """Every document the index holds."""
    declared = index_of("resources.resource")
    return [one for ids in declared.batches(100) for one in declared.documents(ids)]


def strictly_found(plan):
    """Keys of what the engine finds with every part, without setting words right."""
    backend = engine()
    asked = backend.asked(plan)
    asked.corrections = lambda word, limit=4: []
    whole = asked.filtered(asked.text())
    if isinstance(whole, dict):
        return {asked.state.rows[number]["pk"] for number in whole}
    hits = asked.searcher.search(whole, 100).hits
    return set(asked.searcher.fast_field_values("pk", [address for _score, address in hits]))


def test_a_document_answers_exactly_where_the_engine_finds_it(library):
    plans = [plan_of(text, filters, MODELS) for text, filters in QUESTIONS]
    singles = {document.pk: Single(document) for document in documents()}

    answered = [{pk for pk, single in singles.items() if single.answers(plan)} for plan in plans]

    assert answered == [strictly_found(plan) for plan in plans]


def test_the_anchors_of_a_search_name_every_document_that_answers_to_it(library):
    singles = [Single(document) for document in documents()]

    missed = [
        (text, filters)
        for text, filters in QUESTIONS
        for single in singles
        if single.answers(plan_of(text, filters, MODELS))
        and not single.terms() & anchors(plan_of(text, filters, MODELS))
    ]

    assert missed == []


WORDS = st.sampled_from(
    [
        "pension",
        "pensions",
        "farmers",
        "minimum",
        "income",
        "households",
        "social",
        "act",
        "malawi",
        "the",
        "of",
        "cct",
        "cash",
        "2024",
        "الحماية",
        "sociales",
        "zzz",
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, max_size=5), is_phrase=st.booleans())
def test_any_text_is_judged_as_the_engine_judges_it(library, words, is_phrase):
    text = f'"{" ".join(words)}"' if is_phrase else " ".join(words)
    plan = plan_of(text, {}, MODELS)

    singles = {document.pk: Single(document) for document in documents()}
    answered = {pk for pk, single in singles.items() if single.answers(plan)}

    assert answered == strictly_found(plan)
    assert all(singles[pk].terms() & anchors(plan) for pk in answered)


def test_the_rarest_condition_gives_the_anchors(library):
    rare = anchors(plan_of("pension okonkwo", {"kind": ["publication"]}, MODELS))
    by_filter = anchors(plan_of("minimum", {"kind": ["law"]}, MODELS))

    assert rare == {"w:okonkwo", "en:okonkwo", "fr:okonkwo", "es:okonkw", "pt:okonkw"}
    assert by_filter == {"f:kind:law"}


def test_a_search_for_everything_looks_at_every_document_and_one_for_nothing_at_none(library):
    assert anchors(plan_of("", {}, MODELS)) == {EVERY}
    assert anchors(plan_of("", {"year": (1800, 2100)}, MODELS)) == {EVERY}
    assert anchors(plan_of("?!", {}, MODELS)) == set()


def test_without_an_index_any_condition_is_an_anchor(db):
    terms = anchors(plan_of("pensions ok", {}, MODELS))

    assert "w:pensions" in terms


def test_a_misspelt_word_is_not_set_right_for_an_alert(library):
    assert find("pensoin").total > 0

    assert [
        document.pk for document in documents() if Single(document).answers(plan_of("pensoin", {}, MODELS))
    ] == []
