import pytest

from resources.models import Resource, ResourceTopic
from tests import make
from vocabularies.models import Country


@pytest.mark.django_db
def test_among_finds_the_rows_with_any_of_the_keys_numbers_or_texts():
    resources = [make.resource() for _n in range(4)]
    for iso3 in ("MWI", "ZMB", "BRA"):
        make.country(iso3)
    keys = [str(resources[0].pk), resources[2].pk, 999_999]

    found = Resource.objects.filter(pk__among=keys)

    assert set(found) == {resources[0], resources[2]}
    assert set(Resource.objects.exclude(pk__among=keys)) == {resources[1], resources[3]}
    assert set(Country.objects.filter(pk__among=["MWI", "BRA", "O'"]).values_list("pk", flat=True)) == {
        "MWI",
        "BRA",
    }


@pytest.mark.django_db
def test_among_goes_along_foreign_keys_and_into_subqueries():
    topic = make.topic("Pensions")
    about, other = make.resource(topics=[topic]), make.resource(topics=[make.topic("Health")])

    rows = ResourceTopic.objects.filter(resource__among=[about.pk, other.pk], topic__among=[topic.pk])

    assert [row.resource_id for row in rows] == [about.pk]
    works = Resource.objects.filter(pk__among=[other.pk]).values("work")
    assert list(Resource.objects.filter(work__in=works)) == [other]


@pytest.mark.django_db
def test_among_nothing_is_nothing(django_assert_num_queries):
    make.resource()

    with django_assert_num_queries(0):
        assert list(Resource.objects.filter(pk__among=[])) == []


@pytest.mark.django_db
def test_any_number_of_keys_makes_the_same_query():
    texts = {Resource.objects.filter(pk__among=range(n)).query.sql_with_params()[0] for n in (1, 20, 5000)}

    assert len(texts) == 1
