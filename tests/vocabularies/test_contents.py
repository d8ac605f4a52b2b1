"""What the shipped vocabularies say."""

import pytest

from vocabularies import queries
from vocabularies.load.files import DATA
from vocabularies.load.subjects import category_codes
from vocabularies.models import Country, IncomeClass, Language, Organisation, Topic

pytestmark = pytest.mark.django_db


def test_a_country_has_the_names_groups_and_places_of_its_row(loaded):
    malawi = Country.objects.get(pk="MWI")

    assert (malawi.name_en, malawi.name_fr, malawi.name_es, malawi.name_pt, malawi.name_ar) == (
        "Malawi",
        "Malawi",
        "Malawi",
        "Malaui",
        "ملاوي",
    )
    assert (malawi.iso2, malawi.m49, malawi.wb_region_id, malawi.m49_region_id) == ("MW", "454", "SSF", "014")
    assert (malawi.income_group, malawi.lending_category) == ("LIC", "IDA")
    assert (malawi.is_g20, malawi.is_ldc, malawi.is_lldc, malawi.is_sids) == (False, True, True, False)
    assert (malawi.capital, malawi.capital_time_zone, malawi.currency) == (
        "Lilongwe",
        "Africa/Blantyre",
        "MWK",
    )
    assert set(malawi.languages.values_list("code", flat=True)) == {"ny", "yao", "tum"} & set(
        queries.languages()
    )


def test_the_income_group_stands_by_year(loaded):
    classes = IncomeClass.objects.filter(country="MWI")

    assert list(classes.values_list("year", "group")) == [(2026, "LIC")]


def test_a_country_without_a_name_of_the_un_goes_by_its_cldr_name(loaded):
    assert Country.objects.get(pk="TWN").name_en == "Taiwan"


def test_bhutan_pays_in_its_own_currency(loaded):
    assert Country.objects.get(pk="BTN").currency == "BTN"


def test_longitudes_run_from_west_to_east(loaded):
    wrong = Country.objects.exclude(longitude__range=(-180, 180)).exclude(longitude=None)

    assert list(wrong) == []


def test_topics_stand_in_two_levels(loaded):
    topics = Topic.objects.select_related("parent")

    assert {topic.parent.parent_id for topic in topics if topic.parent} == {None}
    assert [topic.slug for topic in topics if topic.parent is None] == [
        "social-assistance",
        "social-insurance",
        "labour-market-programmes",
        "shocks-and-crises",
        "systems-and-delivery",
        "financing-and-governance",
        "people",
        "approaches-and-outcomes",
    ]


def test_every_topic_has_a_name_in_each_language(loaded):
    nameless = [
        (topic.code, language)
        for topic in Topic.objects.all()
        for language in ("en", "fr", "es", "pt", "ar")
        if not getattr(topic, f"name_{language}")
    ]

    assert nameless == []


def test_every_category_of_social_protection_and_jobs_leads_to_a_topic(loaded):
    lost = [code for code in category_codes(DATA) if not queries.topics_of_category(code)]

    assert lost == []


def test_every_country_of_the_world_bank_has_one_of_its_seven_regions(loaded):
    regions = set(Country.objects.exclude(wb_region=None).values_list("wb_region", flat=True))

    assert regions == {"EAS", "ECS", "LCN", "MEA", "NAC", "SAS", "SSF"}


def test_the_g20_has_nineteen_member_countries(loaded):
    assert Country.objects.filter(is_g20=True).count() == 19


def test_languages_written_from_the_right_say_so(loaded):
    written = Language.objects.filter(is_rtl=True, code__in=["ar", "fa", "he", "ur", "fr", "sw"])

    assert set(written.values_list("code", flat=True)) == {"ar", "fa", "he", "ur"}


def test_organisations_have_a_type_and_a_slug_of_their_own(loaded):
    ilo = Organisation.objects.get(acronym="ILO")

    assert (ilo.slug, ilo.type, ilo.website) == (
        "international-labour-organization",
        "international",
        "https://www.ilo.org",
    )
