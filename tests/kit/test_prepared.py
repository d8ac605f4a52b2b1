from datetime import date

import pytest
from django.db.models.functions import Left

from kit.prepared import Prepared, PreparedModels
from resources.models import Kind, Resource, Status
from tests import make

COLUMNS = ("pk", "title", Left("summary", 5), "card", "published_on", "is_sample")


def query():
    return Resource.objects.published().order_by().values_list(*COLUMNS)


@pytest.mark.django_db
def test_it_reads_what_the_queryset_reads():
    made = [
        make.resource(title=f"Report {n}", summary="A long text", published_on=date(2020, 1, n))
        for n in range(1, 8)
    ]
    hidden = make.resource(status=Status.DRAFT)
    prepared = Prepared(query)
    keys = [r.pk for r in made] + [hidden.pk, 999_999]

    assert sorted(prepared(keys)) == sorted(query().filter(pk__in=keys))
    assert len(prepared(keys)) == 7


@pytest.mark.django_db
def test_it_may_be_asked_for_any_number_of_keys():
    keys = [make.resource().pk for _n in range(7)]
    prepared = Prepared(query)

    assert [len(prepared(keys[:n])) for n in range(8)] == list(range(8))
    assert {row[0] for row in prepared(keys * 100)} == set(keys)


@pytest.mark.django_db
def test_one_page_costs_one_query(django_assert_num_queries):
    keys = [make.resource().pk for _n in range(3)]
    prepared = Prepared(query)

    with django_assert_num_queries(1):
        prepared(keys)
    with django_assert_num_queries(0):
        prepared([])


@pytest.mark.django_db
def test_instances_come_with_what_they_are_related_to(django_assert_num_queries):
    made = make.resource(
        Kind.PROGRAMME, title="A programme", language_code="ar", detail={"started_year": 1999}
    )
    make.resource(Kind.PROGRAMME, title="Another one")
    prepared = PreparedModels(
        lambda slug: (
            Resource.objects.filter(slug=slug)
            .select_related("programmeprofile", "language")
            .defer("file_text")
        )
    )

    with django_assert_num_queries(1):
        [found] = prepared(made.slug)
        seen = (
            found.title,
            found.programmeprofile.started_year,
            found.language.is_rtl,
            found.card,
            found.status,
        )
    with django_assert_num_queries(1):
        deferred = found.file_text

    assert seen == ("A programme", 1999, True, made.work.resources.get().card, Status.PUBLISHED)
    assert deferred == ""
    assert prepared("no-such-slug") == []
