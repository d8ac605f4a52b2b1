"""`load_demo`: the shipped records, twice; a folder given; what it says."""

import csv
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from activity.models import Activity
from resources.cards import make_card
from resources.models import Indicator, IndicatorValue, Kind, Resource, SourceRecord, TreatyRatification
from search import upkeep
from search.find import find
from search.models import IndexRequest

KINDS = {
    "publication": 1283,
    "law": 927,
    "programme": 174,
    "country": 195,
    "news": 11,
    "event": 7,
    "job": 5,
    "blog": 11,
    "multimedia": 7,
    "database": 13,
}


def load(*args):
    out = StringIO()
    call_command("load_demo", *args, "--no-index", stdout=out)
    return out.getvalue()


def rows_of(model):
    return list(model.objects.order_by("pk").values())


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The shipped records, loaded once for this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load()
        transaction.set_rollback(True)


def test_every_kind_of_resource_is_there(demo, db):
    assert {kind: Resource.objects.filter(kind=kind).count() for kind in Kind.values} == KINDS


def test_everything_is_published_and_has_the_card_its_rows_make(demo, db):
    resources = Resource.objects.all()

    assert set(resources.values_list("status", flat=True)) == {"published"}
    for kind in Kind.values:
        for resource in resources.filter(kind=kind).order_by("slug")[:15]:
            assert resource.card == make_card(resource), resource.slug


def test_indicators_and_ratifications_name_their_source(demo, db):
    assert Indicator.objects.count() == 23
    assert Indicator.objects.filter(source="").count() == 0
    assert sorted(Indicator.objects.values_list("name_ar", flat=True))[0] != ""
    assert TreatyRatification.objects.count() == 965
    assert IndicatorValue.objects.get(indicator="gini", country="MWI", year=2016).value == 44.7
    assert (
        IndicatorValue.objects.get(indicator="cash_transfer_coverage", country="BLZ", year=2019).value == 3.1
    )


def test_what_we_wrote_is_marked_as_sample_and_nothing_else_is(demo, db):
    assert set(Resource.objects.filter(is_sample=True).values_list("source", flat=True)) == {"samples"}
    assert Resource.objects.filter(source="samples", is_sample=False).count() == 0
    assert (
        Resource.objects.exclude(source__in=["samples", "countries"]).exclude(summary="", body="").count()
        == 0
    )


def test_a_second_load_changes_no_row_and_says_so(demo, db):
    models = (Resource, SourceRecord, IndicatorValue, TreatyRatification, Indicator, Activity)
    before = [rows_of(model) for model in models]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        said = load()

    writes = [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert writes == []
    assert [rows_of(model) for model in models] == before
    assert next(line for line in said.splitlines() if line.startswith("total")).split()[1:4] == [
        "0",
        "0",
        "0",
    ]


def test_one_activity_tells_of_all_records_at_once(demo, db):
    activity = Activity.objects.get(verb="resources.imported")

    assert activity.data["counts"]["laws"] == {"created": 927}
    others = Activity.objects.exclude(pk=activity.pk).values_list("verb", flat=True)
    assert {verb.partition("_")[0] for verb in others} == {"resources.collection"}


def test_the_report_counts_and_gives_reasons(demo, db):
    lines = demo[demo.index("set  ") :].splitlines()

    assert lines[0].split() == ["set", "created", "merged", "updated", "unchanged", "skipped"]
    assert next(line for line in lines if line.startswith("laws")).split() == [
        "laws",
        "927",
        "0",
        "0",
        "0",
        "0",
    ]
    assert any("no value in the source" in line for line in lines)


def test_country_profiles_carry_the_name_of_their_country(demo, db):
    resource = Resource.objects.get(kind=Kind.COUNTRY, countries="MWI")

    assert (resource.title, resource.slug, resource.countryprofile.country_id) == ("Malawi", "malawi", "MWI")
    assert resource.summary.startswith(
        "Social protection figures, programmes, laws and treaty ratifications. Malawi is"
    )


def test_each_skipped_or_merged_row_stands_in_the_report_file(demo, db, tmp_path):
    Resource.objects.filter(kind=Kind.PROGRAMME).delete()

    load("--only", "programmes", "--report", str(tmp_path / "report.csv"))

    with (tmp_path / "report.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    boost = next(row for row in rows if row["outcome"] == "merged" and row["title"] == "Boost")
    assert (boost["source"], boost["why"], boost["into"]) == (
        "lac_precovid",
        "same title and year",
        "programme/boost-belize",
    )


def test_programmes_of_two_lists_are_one_with_the_figures_of_both(demo, db):
    profile = Resource.objects.get(slug="boost-belize").programmeprofile

    assert (profile.sub_type, profile.started_year, float(profile.coverage), profile.coverage_year) == (
        "Conditional cash transfer",
        2011,
        3.1,
        2019,
    )


def test_only_resources_that_changed_are_indexed_again(demo, db, index):
    Resource.objects.filter(slug="boost-belize").delete()
    index.sync()

    IndexRequest.objects.all().delete()

    call_command("load_demo", "--only", "programmes", stdout=(said := StringIO()))

    index.refresh()
    assert "Building the search index" not in said.getvalue()
    assert IndexRequest.objects.count() == 0
    assert find("boost belize", filters={"kind": ["programme"]}).hits[0].pk == str(
        Resource.objects.get(slug="boost-belize").pk
    )


def test_a_load_without_an_index_makes_one_even_where_nothing_changed(demo, db, index, monkeypatch):
    monkeypatch.setattr(upkeep, "health", lambda: (False, "gone"))

    call_command("load_demo", "--only", "samples", stdout=(said := StringIO()))

    index.refresh()
    assert said.getvalue().splitlines()[-1] == "Building the search index"
    assert find("sample podcast pension").total > 0


@pytest.mark.shared
def test_a_folder_with_everything_loads_after_the_shipped_records_and_twice_is_once(demo, db, shared_data):
    load("--from", str(shared_data))
    before = rows_of(Resource)
    said = load("--from", str(shared_data))

    assert rows_of(Resource) == before
    assert Resource.objects.count() > 5000
    assert next(line for line in said.splitlines() if line.startswith("total")).split()[1:4] == [
        "0",
        "0",
        "0",
    ]
    titles = Resource.objects.filter(kind=Kind.PUBLICATION).values_list(
        "title_key", "year", "publication__number"
    )
    repeated = len(titles) - len(set(titles))
    assert repeated < 15, "records with the same title, year and number"
