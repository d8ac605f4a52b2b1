"""Labels of facet values without a query, and their freshness."""

import pytest

from kit.text import fold
from tests import make
from vocabularies import actions, queries, snapshot
from vocabularies.models import Organisation, OrganisationType, Region

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "value", "language", "label"),
    [
        ("country", "MWI", "pt", "Malaui"),
        ("country", "CIV", "en", "Côte d’Ivoire"),
        ("country", "PSE", "en", "State of Palestine"),
        ("country", "XYZ", "en", "XYZ"),
        ("region", "SSF", "fr", "Afrique subsaharienne"),
        ("income", "LMC", "en", "Lower middle income"),
        ("topic", "pensions", "es", "Pensiones"),
        ("language", "sw", "en", "Swahili"),
        ("language", "ar", "ar", "العربية"),
        ("organisation", "world-bank", "en", "World Bank (WB)"),
        ("organisation", "nobody", "en", "nobody"),
    ],
)
def test_a_value_has_its_label_in_the_language_of_the_reader(loaded, field, value, language, label):
    assert queries.label(field, value, language) == label
    assert queries.labels(field, [value], language) == {value: label}


def test_a_hundred_labels_need_no_query(loaded, django_assert_num_queries):
    queries.label("country", "MWI")

    with django_assert_num_queries(0):
        queries.labels("country", list(queries.countries())[:100], "fr")
        queries.labels("topic", [topic.slug for topic in queries.topics().values()], "ar")


def test_organisations_are_asked_for_once(django_assert_num_queries):
    slugs = [make.organisation().slug for _n in range(3)]

    with django_assert_num_queries(1):
        queries.labels("organisation", slugs)
        queries.labels("organisation", [*slugs, slugs[0]])


def test_options_stand_in_the_order_of_their_labels(loaded):
    names = [label for _code, label in queries.options("country", "fr")]

    assert names == sorted(names, key=fold)
    assert names.index("Émirats arabes unis") < names.index("Espagne")
    assert queries.options("income")[0] == ("LIC", "Low income")


@pytest.mark.parametrize(
    ("field", "value", "known"),
    [
        ("country", "MWI", True),
        ("country", "mwi", False),
        ("income", "LIC", True),
        ("topic", "'; DROP", False),
    ],
)
def test_values_nobody_knows_are_told_apart(loaded, field, value, known):
    assert queries.is_known(field, value) == known


def test_a_field_without_a_vocabulary_is_refused(loaded):
    with pytest.raises(KeyError):
        queries.label("colour", "blue")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("en", "en"),
        ("en-US", "en"),
        ("pt_BR", "pt"),
        ("French", "fr"),
        ("français", "fr"),
        ("Français", "fr"),
        ("العربية", "ar"),
        ("EP AP", None),
        ("", None),
        (None, None),
    ],
)
def test_a_language_is_found_by_its_code_and_its_names(loaded, text, code):
    assert queries.resolve_language(text) == code


def test_another_process_sees_what_was_loaded_within_seconds(monkeypatch):
    make.region("SSF")
    assert queries.label("region", "SSF") == "Sub-Saharan Africa"
    Region.objects.filter(pk="SSF").update(name_en="Africa south of the Sahara")
    snapshot.cache.set(snapshot.GENERATION, "loaded elsewhere")

    assert queries.label("region", "SSF") == "Sub-Saharan Africa"

    monkeypatch.setattr(snapshot, "LOOK_SECONDS", 0)

    assert queries.label("region", "SSF") == "Africa south of the Sahara"


def test_loading_tells_every_process_if_it_changed_something(loaded, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.load_vocabularies()
    unchanged = snapshot.cache.get(snapshot.GENERATION)
    Region.objects.filter(pk="SSF").update(name_en="Somewhere")

    with django_capture_on_commit_callbacks(execute=True):
        actions.load_vocabularies()

    assert unchanged is None
    assert len(snapshot.cache.get(snapshot.GENERATION)) == 12


@pytest.mark.parametrize(
    "text",
    ["ILO", "International Labour Organization", "international labour office", "OIT", "منظمة العمل الدولية"],
)
def test_an_organisation_is_found_by_name_acronym_and_alias(loaded, text):
    assert queries.resolve_organisation(text).slug == "international-labour-organization"


def test_an_organisation_is_made_once_under_whatever_name(loaded):
    first = actions.name_organisation("Ministry of  Gender", type=OrganisationType.GOVERNMENT)

    again = actions.name_organisation("ministry of gender")

    assert (again.pk, first.name, first.slug) == (first.pk, "Ministry of Gender", "ministry-of-gender")
    assert actions.name_organisation("ILO").slug == "international-labour-organization"


def test_two_organisations_of_one_slug_get_two_addresses():
    plain, sharp = actions.name_organisation("Cafe C"), actions.name_organisation("Cafe C #")
    other = actions.name_organisation("Cafe-C + Sons")

    assert (plain, plain.slug) == (sharp, "cafe-c")
    assert other.slug == "cafe-c-sons"


def test_an_organisation_whose_slug_is_taken_gets_a_number():
    make.organisation("Another name", slug="cafe-c")

    made = actions.name_organisation("Cafe C")

    assert (made.slug, Organisation.objects.get(slug="cafe-c").name) == ("cafe-c-2", "Another name")
