"""The curated pages of the demonstration."""

import pytest

from resources import actions
from resources.load.collections import load_collections
from resources.models import Collection, Kind, Status
from tests import make

pytestmark = pytest.mark.django_db

ADDRESS = "/collections/social-protection-responses-to-covid-19/"


def test_the_page_names_samples_first_and_picks_papers_and_one_measure_a_country():
    sample = make.resource(
        Kind.EVENT, source="samples", source_ref="e-conference-2020-whats-next-for-social-protection.en"
    )
    paper = make.resource(title="Income in the COVID-19 pandemic")
    make.resource(title="Pensions")
    make.resource(title="A COVID-19 draft", status=Status.DRAFT)
    measures = [
        make.resource(Kind.PROGRAMME, countries=[country], detail={"is_emergency_measure": True})
        for country in ("MWI", "MWI", "ZMB")
    ]
    make.resource(Kind.PROGRAMME, countries=["BRA"])

    written = load_collections()

    collection = Collection.objects.get()
    assert written == 1
    assert (collection.is_published, collection.is_sample) == (True, True)
    assert list(collection.items.values_list("resource_id", flat=True)) == [
        sample.pk,
        paper.pk,
        measures[2].pk,
        measures[0].pk,
    ]


def test_loading_again_leaves_what_staff_changed(client):
    make.resource(title="COVID-19 and cash")
    load_collections()
    actions.edit_collection(Collection.objects.get(), title_en="Changed by staff")

    written = load_collections()

    assert written == 0
    assert "<h1>Changed by staff</h1>" in client.get(ADDRESS).content.decode()


def test_an_empty_library_gets_no_page():
    assert load_collections() == 0
    assert Collection.objects.count() == 0
