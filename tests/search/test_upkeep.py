"""How changes reach the index, and what happens when something is in the way. On every engine."""

import json
import multiprocessing
import os
import time
from datetime import timedelta

import haystack
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from haystack.query import SearchQuerySet

from resources import actions
from resources.models import Resource
from search import upkeep, writing
from search.documents import Document, Text
from search.find import engine, find, related, suggest
from search.models import IndexRequest
from search.results import SearchUnavailable
from search.store import Locked
from tests import make


def found(index, text):
    index.refresh()
    return [int(hit.pk) for hit in find(text).hits]


# ── From a change to the index ───────────────────────────────────────────────────────────────────────


@pytest.mark.django_db(transaction=True)
def test_what_is_published_edited_and_withdrawn_reaches_the_index_by_itself(index):
    resource = make.resource(title="Lighthouse keepers")
    assert found(index, "lighthouse") == [resource.pk]

    actions.edit_resource(resource, title="Ferry pilots")
    assert (found(index, "lighthouse"), found(index, "ferry")) == ([], [resource.pk])

    actions.withdraw_resource(resource, reason="Error")
    assert found(index, "ferry") == []
    assert IndexRequest.objects.count() == 0


def test_a_draft_never_reaches_the_index(index, django_capture_on_commit_callbacks):
    index.sync()

    with django_capture_on_commit_callbacks(execute=True):
        make.resource(title="Secret", status="draft")

    assert found(index, "secret") == []


def test_a_request_is_written_in_the_transaction_and_answered_after_it(
    index, django_capture_on_commit_callbacks
):
    resource = make.resource(title="Lighthouse")

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        upkeep.request(resource)
        waiting = list(IndexRequest.objects.values_list("model", "object_id"))

    assert waiting == [("resources.resource", str(resource.pk))]
    assert (len(callbacks), IndexRequest.objects.count()) == (1, 0)
    assert found(index, "lighthouse") == [resource.pk]


def test_many_requests_are_answered_in_batches_and_each_once(index, monkeypatch):
    index.sync()
    made = [make.resource(title=f"Lighthouse {n}") for n in range(7)]
    monkeypatch.setattr(writing, "BATCH", 3)
    batches = []

    upkeep.request(Resource, [r.pk for r in made] + [made[0].pk])
    answered = upkeep.drain(progress=batches.append)

    assert (answered, batches) == (8, [3, 3, 2])
    assert sorted(found(index, "lighthouse")) == [r.pk for r in made]


def test_what_was_deleted_is_taken_out_and_its_other_versions_stay(index):
    english = make.resource(title="Lighthouse")
    french = make.resource(title="Phare", language_code="fr", work=english.work)
    index.sync()

    upkeep.request(english)
    english.delete()
    upkeep.drain()

    assert (found(index, "lighthouse"), found(index, "phare")) == ([], [french.pk])


def test_a_request_for_something_nobody_indexes_is_dropped(index, amina):
    index.sync()
    upkeep.request(amina)
    IndexRequest.objects.create(model="gone.model", object_id="1")

    assert (upkeep.drain(), IndexRequest.objects.count()) == (2, 0)


def test_one_broken_document_holds_up_no_other(index, monkeypatch, caplog):
    index.sync()
    good, bad = make.resource(title="Lighthouse"), make.resource(title="Broken lamp")
    stamp = Document.stamp

    def stamp_or_fail(document):
        if document.pk == bad.pk:
            raise ZeroDivisionError("this very document")
        return stamp(document)

    monkeypatch.setattr(Document, "stamp", stamp_or_fail)
    upkeep.request(Resource, [bad.pk, good.pk])
    upkeep.drain()

    assert found(index, "lighthouse") == [good.pk]
    assert list(IndexRequest.objects.values_list("object_id", flat=True)) == [str(bad.pk)]
    assert f"resources.resource {bad.pk} cannot be indexed" in caplog.text


def test_requests_stay_while_the_index_is_locked(index, monkeypatch):
    resource = make.resource(title="Lighthouse")
    index.sync()
    upkeep.request(resource)
    writing_at_once = type(index.store).writing
    monkeypatch.setattr(type(index.store), "writing", lambda store, wait=0.0: writing_at_once(store, 0.05))

    with writing_at_once(index.store), pytest.raises(Locked):
        upkeep.drain()

    assert IndexRequest.objects.count() == 1


def test_the_first_change_of_an_index_that_was_lost_brings_back_all_others(index):
    first = make.resource(title="Lighthouse one")
    second = make.resource(title="Lighthouse two")

    upkeep.request(second)
    upkeep.drain()

    assert sorted(found(index, "lighthouse")) == [first.pk, second.pk]


# ── Rebuild ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_rebuild_leaves_the_old_index_in_service_and_loses_nothing_written_meanwhile(index, monkeypatch):
    early, gone, late = (make.resource(title=f"Lighthouse {when}") for when in ("early", "gone", "late"))
    index.sync()
    seen = []

    def meanwhile(_count):
        if not seen:
            actions.edit_resource(early, title="Lighthouse edited")
            actions.withdraw_resource(gone, reason="Error")
            upkeep.request(Resource, [early.pk, gone.pk])
            upkeep.drain()
            seen.append(sorted(found(index, "lighthouse")))

    monkeypatch.setattr(writing, "BUILD_BATCH", 2)
    count = upkeep.rebuild(progress=meanwhile)

    assert (count, seen) == (3, [[early.pk, late.pk]])
    assert sorted(found(index, "lighthouse")) == [early.pk, late.pk]
    assert found(index, "edited") == [early.pk]
    assert list(upkeep.compare()) == []


def test_two_rebuilds_at_once_are_refused(index):
    make.resource(title="Lighthouse")
    refused = []

    def again(_count):
        with pytest.raises(Locked):
            upkeep.rebuild()
        refused.append(True)

    upkeep.rebuild(progress=again)

    assert refused == [True]


def test_a_rebuild_that_fails_changes_nothing(index, monkeypatch):
    resource = make.resource(title="Lighthouse")
    index.sync()
    monkeypatch.setattr(Document, "stamp", lambda document: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        upkeep.rebuild()

    assert found(index, "lighthouse") == [resource.pk]


def test_what_a_killed_rebuild_left_behind_is_cleared_away(index):
    resource = make.resource(title="Lighthouse")
    index.sync()
    (index.store.path / "journal").write_text("resources.resource.1\n")
    (index.store.path / "v-0abandoned").mkdir()

    upkeep.request(resource)
    upkeep.drain()
    upkeep.rebuild()
    upkeep.rebuild()

    assert not (index.store.path / "journal").exists()
    assert len(list(index.store.path.glob("v-*"))) == 2


# ── Several processes ────────────────────────────────────────────────────────────────────────────────


def write_many(backend, first):
    for pk in range(first, first + 15):
        with backend.store.writing():
            document = Document("resources.resource", pk, [Text("en", pk, f"Parallel {pk}")])
            backend.apply(backend.store.folder(), [document], [])
    os._exit(0)


def test_several_writers_lose_nothing(index):
    index.sync()
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=write_many, args=(index, first)) for first in (100, 200, 300)]

    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)

    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    index.refresh()
    assert (index.count(), find("parallel").total) == (45, 45)


def test_a_reader_sees_what_another_process_wrote_within_a_second(index):
    index.sync()
    before = find("parallel").total
    writer = multiprocessing.get_context("fork").Process(target=write_many, args=(index, 100))

    writer.start()
    writer.join(120)
    time.sleep(1.05)

    assert (before, find("parallel").total) == (0, 15)


def test_the_index_does_not_grow_with_every_write(index):
    make.resource(title="Lighthouse", body="beacon " * 500)
    index.sync()

    def files():
        return sum(1 for path in index.store.folder().rglob("*") if path.is_file())

    for _turn in range(30):
        upkeep.request(Resource, Resource.objects.values_list("pk", flat=True))
        upkeep.drain()

    assert files() < 60
    assert index.count() == 1


# ── Damage ───────────────────────────────────────────────────────────────────────────────────────────


def damage_nothing_left(folder):
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink()
    folder.rmdir()


def damage_garbage(folder):
    for path in folder.iterdir():
        if path.name.startswith(("meta", "_MAIN")):
            path.write_bytes(b"\x00garbage")


def damage_segments(folder):
    for path in folder.iterdir():
        if path.suffix in (".term", ".idx", ".seg"):
            # Not shorter for a moment: a thread of the engine that has the file in memory would end the process.
            with path.open("r+b") as segment:
                segment.write(os.urandom(path.stat().st_size))


def damage_other_version(folder):
    (folder / "portal.json").write_text(json.dumps({"engine": "sundial", "schema": 0}))


@pytest.mark.parametrize(
    "damage", [damage_nothing_left, damage_garbage, damage_segments, damage_other_version]
)
def test_a_damaged_index_says_so_and_a_rebuild_repairs_it(index, damage):
    resource = make.resource(title="Lighthouse")
    index.sync()

    damage(index.store.folder())
    haystack.connections["default"].reset_sessions()

    with pytest.raises(SearchUnavailable, match="rebuild_index"):
        find("lighthouse")
    assert damage is damage_segments or upkeep.health()[0] is False
    upkeep.rebuild()
    assert found(engine(), "lighthouse") == [resource.pk]
    assert upkeep.health() == (True, "1 documents")


def test_a_missing_index_is_reported_unless_there_is_nothing_to_find(index):
    empty = (find("lighthouse", facets=("kind",)), suggest("lighthouse"), upkeep.health()[0])

    resource = make.resource(title="Lighthouse")

    assert (empty[0].total, empty[0].facets, empty[1:]) == (0, {"kind": []}, ([], True))
    assert upkeep.health()[0] is False
    for question in (lambda: find("lighthouse"), lambda: suggest("lighthouse"), lambda: related(resource)):
        with pytest.raises(SearchUnavailable):
            question()


def test_health_tells_of_requests_nobody_answers(index):
    index.sync()
    IndexRequest.objects.create(
        model="resources.resource", object_id="1", asked_at=timezone.now() - timedelta(minutes=12)
    )

    assert upkeep.health() == (False, "The index is 12 minutes behind; is a worker running?")


# ── Commands ─────────────────────────────────────────────────────────────────────────────────────────


def test_index_check_prints_what_differs_and_repairs_it(index, capsys):
    stale, gone = make.resource(title="Lighthouse"), make.resource(title="Beacon")
    index.sync()
    missing = make.resource(title="Buoy")
    Resource.objects.filter(pk=stale.pk).update(title="Lighthouse, renamed")
    Resource.objects.filter(pk=gone.pk).delete()

    with pytest.raises(CommandError, match="3 differences"):
        call_command("index_check", verbosity=0)
    printed = sorted(capsys.readouterr().out.split("\n"))
    call_command("index_check", "--repair", verbosity=0)
    upkeep.drain()
    capsys.readouterr()
    call_command("index_check", verbosity=0)

    assert [line.split() for line in printed if line] == [
        ["extra", "resources.resource", str(gone.pk)],
        ["missing", "resources.resource", str(missing.pk)],
        ["stale", "resources.resource", str(stale.pk)],
    ]
    assert capsys.readouterr().out == "Index and database agree on 2 works.\n"


def test_haystacks_own_commands_work(index):
    resource = make.resource(title="Lighthouse")

    call_command("rebuild_index", "--noinput", verbosity=0)
    rebuilt = found(index, "lighthouse")
    call_command("clear_index", "--noinput", verbosity=0)
    cleared = found(index, "lighthouse")
    call_command("update_index", verbosity=0)
    updated = found(index, "lighthouse")
    Resource.objects.all().delete()
    call_command("update_index", "--remove", verbosity=0)

    assert (rebuilt, cleared, updated) == ([resource.pk], [], [resource.pk])
    assert found(index, "lighthouse") == []


def test_update_index_makes_an_index_where_there_is_none(index):
    resource = make.resource(title="Lighthouse")

    call_command("update_index", verbosity=0)

    assert found(index, "lighthouse") == [resource.pk]


def test_a_plain_haystack_query_works(index):
    event = make.resource(kind="event", title="Lighthouse day")
    make.resource(title="Lighthouse report")
    index.sync()

    results = SearchQuerySet().models(Resource).filter(content="lighthouse", kind="event").facet("kind")

    assert [(result.pk, result.object) for result in results] == [(str(event.pk), event)]
    assert (results.count(), results.facet_counts()["fields"]) == (
        1,
        {"kind": [("event", 1), ("publication", 1)]},
    )
