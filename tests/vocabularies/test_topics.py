"""Topics: their tree, and finding them in a text."""

import pytest

from search.synonyms import concepts
from vocabularies import queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def named(text, language):
    return {queries.topics()[pk].slug for pk in queries.topics_in(text, language)}


@pytest.mark.parametrize(
    ("text", "language", "slugs"),
    [
        ("Conditional cash transfers in Kenya", "en", {"conditional-cash-transfers"}),
        ("A conditional cash transfer", "en", {"conditional-cash-transfers"}),
        ("Cash transfers", "en", {"cash-transfers"}),
        ("CCTs and the UBI debate", "en", {"conditional-cash-transfers", "universal-basic-income"}),
        ("the cct scan", "en", set()),
        ("Labor market programs", "en", {"labour-market-programmes"}),
        ("Workers’ Compensation", "en", {"employment-injury"}),
        ("COVID-19 and Social Protection Floors", "en", {"covid-19", "social-protection-floors"}),
        ("Les transferts monétaires conditionnels", "fr", {"conditional-cash-transfers"}),
        ("Un transfert monétaire", "fr", {"cash-transfers"}),
        ("Réforme de la pension", "fr", {"pensions"}),
        ("Programas de TMC y PTC", "es", {"conditional-cash-transfers"}),
        ("Pensión social", "es", {"social-pensions"}),
        ("MIS DERECHOS", "es", set()),
        ("A pensão e as pensões", "pt", {"pensions"}),
        ("BPC e Bolsa Família", "pt", {"social-pensions", "conditional-cash-transfers"}),
        ("معاش", "ar", {"pensions"}),
        ("معاشات", "ar", {"pensions"}),
        ("التحويلات النقدية المشروطة", "ar", {"conditional-cash-transfers"}),
        ("Bolsa Família", "sw", {"conditional-cash-transfers"}),
        ("Impacts of a Conditional Cash Transfer Program", "es", {"conditional-cash-transfers"}),
        ("Cash transfers", None, {"cash-transfers"}),
        ("", "en", set()),
        (None, "en", set()),
    ],
)
def test_a_text_names_its_topics_in_the_words_of_its_language(text, language, slugs):
    assert named(text, language) == slugs


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "ar"])
def test_every_topic_is_found_by_its_own_name(language):
    lost = [
        topic.slug
        for topic in queries.topics().values()
        if topic.slug not in named(topic.name(language), language)
    ]

    assert lost == []


def test_a_topic_leads_to_its_area_and_to_what_is_below():
    topic, area = queries.topic("school-feeding"), queries.topic("social-assistance")

    assert [step.slug for step in topic.chain] == ["social-assistance", "school-feeding"]
    assert (topic.slugs, area.slugs[:2]) == (
        ["school-feeding"],
        ["social-assistance", "unconditional-cash-transfers"],
    )
    assert queries.topic("no-such-topic") is None


def test_the_tree_comes_in_the_language_of_the_reader():
    tree = queries.topic_tree("es")

    assert [area["name"] for area in tree][:2] == ["Asistencia social", "Seguro social"]
    assert tree[0]["topics"][4]["name"] == "Alimentación escolar"
    assert tree[0]["described_in"] == "es"
    assert tree[0]["description"].startswith("Prestaciones en efectivo o en especie")


@pytest.mark.parametrize(
    ("category", "slugs"),
    [
        ("1.2.1. Conditional cash transfers", {"conditional-cash-transfers"}),
        ("1.2. Conditional cash transfers", {"conditional-cash-transfers"}),
        ("1. Social assistance", {"social-assistance"}),
        ("1.3.2. Disability pensions", {"disability-benefits"}),
        ("2.1.3. Survivors pensions", {"survivors-benefits"}),
        ("3.4.3.Subsidies for job creation that are targeted on newly created jobs", {"wage-subsidies"}),
        ("graduation / economic inclusion", set()),
        ("", set()),
    ],
)
def test_a_category_leads_to_its_topic_or_the_nearest_above(category, slugs):
    assert {queries.topics()[pk].slug for pk in queries.topics_of_category(category)} == slugs


def test_search_knows_the_words_for_a_topic_but_not_its_narrower_terms():
    labels = concepts().labels["conditional-cash-transfers"]

    assert labels[0] == "Conditional cash transfers"
    assert {"CCT", "PTC", "Transferts monétaires conditionnels"} <= set(labels)
    assert "Bolsa Família" not in labels
