"""The life of an import: tried out, written, stopped, taken up again, undone."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from activity.models import Activity
from resources import actions, tasks
from resources.intake import batches
from resources.intake.steps import Work
from resources.models import Import, ImportRow, Resource, Revision, SourceRecord, Status
from resources.models import Work as WorkOfTexts
from resources.verbs import ResourceVerb
from search.models import IndexRequest
from tests import make
from tests.resources.intake.bringing import bring, check, plan, start, work
from vocabularies.models import Organisation

pytestmark = pytest.mark.django_db
LIST = "ID,Title,Year,Publisher\n1,Pensions for all,2019,\n2,Cash for all,2020,\n3,Pensions for all,2019,\n4,,2020,\n"


def states(job):
    return list(job.rows.values_list("state", flat=True))


def everything():
    return list(Resource.objects.order_by("pk").values_list("title", "status"))


def test_a_dry_run_says_row_by_row_what_would_become_and_writes_nothing():
    known = make.resource(title="Cash for all", published_on=None, year=2020)
    organisations = Organisation.objects.count()

    job = check(LIST.replace("Pensions for all,2019,", "Pensions for all,2019,A new house"))

    assert job.status == "ready"
    assert [(r.outcome, r.reason, r.twin, r.resource) for r in job.rows.all()] == [
        ("created", "", None, None),
        ("merged", "title", None, known),
        ("merged", "title", 1, None),
        ("refused", "no_title", None, None),
    ]
    assert everything() == [("Cash for all", "published")]
    assert (Organisation.objects.count(), SourceRecord.objects.count()) == (organisations, 0)


def test_a_row_is_compared_with_rows_of_earlier_batches(monkeypatch):
    monkeypatch.setattr("resources.intake.steps.CHECK", 1)

    job = check(LIST)

    assert [(r.outcome, r.twin) for r in job.rows.all()] == [
        ("created", None),
        ("created", None),
        ("merged", 1),
        ("refused", None),
    ]


@pytest.mark.parametrize(("publishes", "status"), [(True, "published"), (False, "draft")])
def test_new_records_arrive_as_drafts_or_published_through_the_same_door(carla, publishes, status):
    job = bring(LIST, by=carla, publishes=publishes)

    assert job.status == "done"
    assert everything() == [("Pensions for all", status), ("Cash for all", status)]
    assert set(Resource.objects.values_list("submitted_by", flat=True)) == {carla.pk}
    assert states(job) == ["written", "written", "written", "planned"]
    assert IndexRequest.objects.count() == (2 if publishes else 0)
    told = Activity.objects.filter(verb=ResourceVerb.PUBLISHED_MANY)
    assert [sorted(a.data["resources"]) for a in told] == (
        [sorted(Resource.objects.values_list("pk", flat=True))] if publishes else []
    )


def test_the_same_file_a_second_time_changes_nothing():
    bring(LIST)
    before = (everything(), Revision.objects.count())

    again = bring(LIST)

    assert plan(again)[:3] == [("unchanged", "")] * 3
    assert (everything(), Revision.objects.count()) == before


def test_a_changed_row_of_the_same_source_updates_its_record_unless_somebody_edited_it(carla):
    bring("ID,Title,Summary\n1,Pensions for all,Old\n2,Cash for all,Old\n")
    pensions, cash = Resource.objects.order_by("pk")
    actions.edit_resource(cash, by=carla, summary="Better")
    actions.publish_resource(actions.draft_resource("news", title="Another", language="en"), by=carla)

    job = bring("ID,Title,Summary\n1,Pensions for all,New\n2,Cash for all,New\n")

    assert plan(job) == [("updated", ""), ("unchanged", "")]
    assert list(
        Resource.objects.filter(pk__in=[pensions.pk, cash.pk])
        .order_by("pk")
        .values_list("summary", flat=True)
    ) == [
        "New",
        "Better",
    ]


def test_two_rows_of_one_source_with_addresses_of_their_own_stay_two():
    job = bring(
        "Title,Year,Link\nAnnual report,2019,https://example.org/a\nAnnual report,2019,https://example.org/b\n"
    )

    assert plan(job) == [("created", ""), ("created", "")]
    assert sorted(Resource.objects.values_list("slug", flat=True)) == ["annual-report", "annual-report-2"]


def test_two_rows_with_one_reference_are_told_apart_in_the_dry_run_and_when_written(monkeypatch):
    monkeypatch.setattr("resources.intake.steps.CHECK", 2)
    text = "ID,Title,Year\n7,Pensions for all,2019\n7,Cash for all,2020\n7,Pensions for all,2019\n"

    job = bring(text)
    again = bring(text)

    assert list(job.rows.values_list("ref", "outcome")) == [
        ("7", "created"),
        ("7#2", "created"),
        ("7#3", "merged"),
    ]
    assert [outcome for outcome, _reason in plan(again)] == ["unchanged"] * 3
    assert len(everything()) == 2


def test_what_the_library_has_withdrawn_does_not_come_back():
    gone = make.resource(
        title="Pensions for all", published_on=None, year=2019, status=Status.WITHDRAWN, reason="Asked for"
    )

    job = bring(LIST)

    row = job.rows.first()
    assert (row.outcome, row.reason, row.detail, row.resource) == ("refused", "withdrawn", "Asked for", gone)
    assert everything() == [("Pensions for all", "withdrawn"), ("Cash for all", "published")]


def test_a_batch_that_dies_leaves_its_rows_and_the_next_worker_completes_it_once(monkeypatch):
    monkeypatch.setattr("resources.intake.steps.WRITE", 1)
    job = check(LIST)
    actions.approve_import(job, publishes=True)
    worker = Work(job.pk)
    worker.write()
    with monkeypatch.context() as broken:
        broken.setattr("resources.actions.many.refresh_card", lambda resource: None)
        broken.setattr("resources.intake.batches.actions.publish_drafts", die)
        with pytest.raises(MemoryError):
            worker.write()
    half = (states(job), Resource.objects.count())

    job = work(job)

    assert half == (["written", "planned", "planned", "planned"], 1)
    assert job.status == "done"
    assert everything() == [("Pensions for all", "published"), ("Cash for all", "published")]


def die(*_args, **_values):
    raise MemoryError


def test_a_row_the_database_refuses_is_refused_alone(monkeypatch):
    job = check("Title\nPensions for all\nCash for all\n")
    actions.approve_import(job, publishes=True)
    plain = batches.Batch.save

    def picky(batch):
        plain(batch)
        if any(draft.resource.title.startswith("Pensions") for draft in batch.new):
            raise IntegrityError

    monkeypatch.setattr(batches.Batch, "save", picky)

    job = work(job)

    assert plan(job) == [("refused", "not_kept"), ("created", "")]
    assert everything() == [("Cash for all", "published")]


def test_an_import_is_stopped_and_gone_on_with_at_every_stage(carla, monkeypatch):
    monkeypatch.setattr("resources.intake.steps.WRITE", 1)
    job = start(LIST, by=carla)
    actions.stop_import(job)
    stopped = [work(job).status]
    actions.resume_import(job)
    job = work(job)
    actions.approve_import(job, publishes=False)
    Work(job.pk).write()
    actions.stop_import(job)
    stopped += [work(job).status, states(job)]

    actions.resume_import(job)
    job = work(job)

    assert stopped == ["stopped", "stopped", ["written", "planned", "planned", "planned"]]
    assert (job.status, len(everything())) == ("done", 2)


def test_steps_out_of_turn_are_refused(carla):
    job = bring(LIST, by=carla)

    for step in (actions.resume_import, lambda job: actions.approve_import(job, publishes=True)):
        with pytest.raises(ValidationError, match="not open to it now"):
            step(job)
    with pytest.raises(ValidationError, match="not open to it now"):
        actions.map_columns(job, ["", "title", "year"])


def test_undoing_deletes_drafts_and_withdraws_what_was_public(carla):
    make.resource(title="Floors for all")
    drafts, public = bring(LIST, by=carla, publishes=False), None
    actions.take_back_import(drafts, by=carla)
    drafts = work(drafts)
    after_drafts = (everything(), WorkOfTexts.objects.count())
    public = bring(LIST, by=carla, publishes=True)
    actions.take_back_import(public, by=carla)

    public = work(public)

    assert (drafts.status, public.status) == ("undone", "undone")
    assert after_drafts == ([("Floors for all", "published")], 1)
    assert everything() == [
        ("Floors for all", "published"),
        ("Pensions for all", "withdrawn"),
        ("Cash for all", "withdrawn"),
    ]


def test_what_was_edited_since_is_kept_and_named(carla):
    job = bring(LIST, by=carla)
    pensions = Resource.objects.get(title="Pensions for all")
    actions.edit_resource(pensions, by=carla, summary="Mine")

    actions.take_back_import(job, by=carla)
    job = work(job)

    assert states(job) == ["kept", "undone", "undone", "planned"]
    assert everything() == [("Pensions for all", "published"), ("Cash for all", "withdrawn")]


def test_a_merged_record_gets_back_what_stood_there(carla):
    known = make.resource(title="Pensions for all", published_on=None, year=2019)
    job = bring("Title,Year,Summary\nPensions for all,2019,From the list\n", by=carla)
    merged = Resource.objects.get().summary

    actions.take_back_import(job, by=carla)
    work(job)

    known.refresh_from_db()
    assert (merged, known.summary, known.status) == ("From the list", "", "published")
    notes = [revision.note for revision in known.revisions.order_by("number")]
    assert notes[-2:] == ["list.csv", f"Restored from version {len(notes) - 2}"]


def test_a_merged_record_that_was_edited_since_is_left_alone(carla):
    known = make.resource(title="Pensions for all", published_on=None, year=2019)
    job = bring("Title,Year,Summary\nPensions for all,2019,From the list\n", by=carla)
    actions.edit_resource(known, by=carla, licence="CC BY 4.0")

    actions.take_back_import(job, by=carla)
    job = work(job)

    known.refresh_from_db()
    assert (states(job), known.summary, known.licence) == (["kept"], "From the list", "CC BY 4.0")


def test_after_an_undo_a_better_file_comes_in_afresh(carla):
    job = bring(LIST, by=carla)
    actions.take_back_import(job, by=carla)
    work(job)

    again = bring(LIST, by=carla)

    assert [outcome for outcome, _reason in plan(again)] == ["created", "created", "merged", "refused"]
    assert Resource.objects.published().count() == 2


def test_organisations_an_import_made_go_with_it_where_nothing_else_names_them(carla):
    job = bring(
        "Title,Publisher\nPensions for all,House of pensions\nCash for all,House of cash\n",
        by=carla,
        publishes=False,
    )
    cash = Organisation.objects.get(name="House of cash")
    make.resource(organisations=[cash])

    actions.take_back_import(job, by=carla)
    work(job)

    assert list(Organisation.objects.values_list("name", flat=True)) == ["House of cash"]


def test_the_clock_takes_up_an_import_whose_worker_died(carla, monkeypatch):
    monkeypatch.setattr("resources.tasks.work_on_import.delay", lambda pk: tasks.work_on_import(pk))
    job = start(LIST, by=carla)
    fresh = tasks.go_on_importing()
    Import.objects.update(moved_at="2026-01-01T00:00Z")

    taken_up = tasks.go_on_importing()

    assert (fresh, taken_up, Import.objects.get(pk=job.pk).status) == (0, 1, "ready")


def test_the_file_is_gone_once_its_rows_hold_it_all(carla, django_capture_on_commit_callbacks):
    job = start(LIST, by=carla)
    storage, name = job.file.storage, job.file.name

    with django_capture_on_commit_callbacks(execute=True):
        job = work(job)

    assert (storage.exists(name), job.file.name) == (False, "")
    assert ImportRow.objects.count() == 4


def test_an_empty_file_and_one_without_a_record_fail_with_words():
    assert check("@comment{nothing}", "list.bib").problem == "There is no record in this file."
    assert check("\n\n", "list.csv").problem == "The table is empty."
