"""The vocabularies in the back office."""

import pytest
from django.urls import reverse

from tests import make
from vocabularies.models import CountryAlias, Organisation, TopicLabel

pytestmark = pytest.mark.django_db
ENTERED = {"name": "Ministry of Gender", "slug": "ministry-of-gender", "type": "government", "aliases": "[]"}


@pytest.fixture
def staff(client):
    client.force_login(make.member("Carla", is_staff=True, is_superuser=True))
    return client


def errors_of(response):
    return response.context["adminform"].form.errors


def add(staff, **values):
    return staff.post(reverse("admin:vocabularies_organisation_add"), {**ENTERED, **values})


@pytest.mark.parametrize("model", ["country", "region", "language", "topic", "organisation"])
def test_each_vocabulary_can_be_searched(staff, model):
    make.country("MWI")
    make.language("en")
    make.topic()
    make.organisation()

    response = staff.get(reverse(f"admin:vocabularies_{model}_changelist"), {"q": "a"})

    assert response.status_code == 200


@pytest.mark.parametrize("model", ["country", "region", "language", "topic"])
def test_what_comes_from_files_cannot_be_added_here(staff, model):
    response = staff.get(reverse(f"admin:vocabularies_{model}_add"))

    assert response.status_code == 403


def test_a_country_shows_its_other_names_and_a_topic_its_labels(staff):
    country, topic = make.country("MWI"), make.topic()
    CountryAlias.objects.create(country=country, text="Nyasaland", folded="nyasaland")
    TopicLabel.objects.create(topic=topic, language="en", text="cash grants", kind="synonym")

    country_page = staff.get(reverse("admin:vocabularies_country_change", args=["MWI"]))
    topic_page = staff.get(reverse("admin:vocabularies_topic_change", args=[topic.pk]))

    assert country_page.content.decode().count('<td class="field-text">') == 1
    assert "cash grants" in topic_page.content.decode()


def test_an_organisation_is_added_under_its_folded_name(staff):
    add(staff, name="Ministère  de l’Égalité")

    made = Organisation.objects.get()
    assert (made.name, made.folded_name) == ("Ministère de l’Égalité", "ministere de l egalite")


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("name", "MINISTRY  of gender", "This organisation is there already: Ministry of Gender."),
        ("name", "…", "The name needs a letter or a digit."),
        ("aliases", '{"a": 1}', 'Give a list of names, such as ["ILO", "OIT"].'),
        ("aliases", "[1]", 'Give a list of names, such as ["ILO", "OIT"].'),
        ("website", "javascript:alert(1)", "Enter a valid URL."),
    ],
)
def test_a_wrong_organisation_is_refused_with_a_reason(staff, field, typed, message):
    add(staff)

    response = add(staff, **{"slug": "another", "name": "Another", field: typed})

    assert errors_of(response) == {field: [message]}
    assert Organisation.objects.count() == 1


def test_an_organisation_may_be_saved_again_under_its_own_name(staff):
    add(staff)
    made = Organisation.objects.get()

    staff.post(
        reverse("admin:vocabularies_organisation_change", args=[made.pk]), {**ENTERED, "acronym": "MoG"}
    )

    made.refresh_from_db()
    assert (made.acronym, made.folded_name) == ("MoG", "ministry of gender")
