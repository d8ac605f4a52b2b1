"""Harvests: page by page, taken up where they were left, from where the last one began, politely."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from resources import actions, tasks
from resources.intake.steps import Work
from resources.models import Import, Resource
from tests import make
from tests.resources.intake.bringing import plan, work
from tests.web_server import serving

pytestmark = pytest.mark.django_db
XML = {"Content-Type": "text/xml"}


def record(number, title="", *, deleted=False):
    status = ' status="deleted"' if deleted else ""
    metadata = (
        f'<metadata><dc xmlns="http://purl.org/dc/elements/1.1/"><title>{title or f"Pensions number {number}"}</title>'
        f"<creator>Chirwa, E.</creator><date>2019</date><identifier>https://example.org/{number}</identifier>"
        "<language>eng</language><type>report</type></dc></metadata>"
    )
    return (
        f"<record><header{status}><identifier>oai:x:{number}</identifier><datestamp>2026-01-01</datestamp></header>"
        f"{'' if deleted else metadata}</record>"
    )


def answer(*records, token="", error=""):
    inside = (
        f'<error code="{error}">Said so</error>'
        if error
        else (f"<ListRecords>{''.join(records)}<resumptionToken>{token}</resumptionToken></ListRecords>")
    )
    text = (
        '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f"<responseDate>2026-11-24T01:02:03Z</responseDate><request/>{inside}</OAI-PMH>"
    )
    return 200, XML, text.encode()


class Provider:
    """Three pages of two records; `fails` are the answers it gives first."""

    def __init__(self, server):
        self.fails = []
        self.server = server
        server.pages["/oai"] = self.page
        self.pages = {
            "": answer(record(1), record(2), token="t2"),
            "t2": answer(record(3), record(4, deleted=True), token="t3"),
            "t3": answer(record(5), record(1)),
        }

    def page(self, handler):
        if self.fails:
            return self.fails.pop(0)
        asked = parse_qs(urlsplit(handler.path).query)
        return self.pages[asked.get("resumptionToken", [""])[0]]

    def questions(self):
        return [parse_qs(urlsplit(path).query) for _method, path in self.server.requests()]


@pytest.fixture
def provider(settings, monkeypatch):
    monkeypatch.setattr("resources.intake.steps.PAUSE", 0.01)
    settings.FETCH_INSIDE = ["127.0.0.1"]
    with serving() as server:
        yield Provider(server)


def start(provider, **values):
    make.language("en")
    address = values.pop("address", f"{provider.server.address}/oai")
    return actions.start_import(
        **{"form": "oai", "name": "x", "address": address, "source": "x", "language_id": "en", **values}
    )


def test_all_pages_are_harvested_each_with_its_token_alone(provider):
    job = work(start(provider, oai_set="reports"))

    assert (job.status, job.pages, job.responded) == ("ready", 3, "2026-11-24T01:02:03Z")
    assert provider.questions() == [
        {"verb": ["ListRecords"], "metadataPrefix": ["oai_dc"], "set": ["reports"]},
        {"verb": ["ListRecords"], "resumptionToken": ["t2"]},
        {"verb": ["ListRecords"], "resumptionToken": ["t3"]},
    ]
    assert list(job.rows.values_list("ref", "outcome", "reason")) == [
        ("oai:x:1", "created", ""),
        ("oai:x:2", "created", ""),
        ("oai:x:3", "created", ""),
        ("oai:x:4", "refused", "deleted"),
        ("oai:x:5", "created", ""),
        ("oai:x:1#6", "merged", "address"),
    ]


def test_a_harvest_goes_on_after_the_last_page_that_was_kept(provider):
    job = start(provider)
    Work(job.pk).read()
    left = Import.objects.get(pk=job.pk)
    kept = left.rows.count()

    job = work(job)

    assert (left.token, kept, left.status) == ("t2", 2, "reading")
    assert (job.status, job.rows.count()) == ("ready", 6)
    assert [q.get("resumptionToken") for q in provider.questions()] == [None, ["t2"], ["t3"]]


def test_a_page_that_another_worker_kept_first_is_dropped(provider):
    job = start(provider)
    slow = Work(job.pk)
    page = Import.objects.get(pk=job.pk)
    Work(job.pk).read()

    assert slow.harvest(page) is False
    assert Import.objects.get(pk=job.pk).rows.count() == 2


@pytest.mark.parametrize(
    ("trouble", "wait"),
    [((503, {"Retry-After": "300"}, b""), 300), ((429, {}, b""), 30), ((500, {}, b""), 30)],
)
def test_a_provider_that_is_busy_is_asked_again_when_it_says(provider, trouble, wait, monkeypatch):
    monkeypatch.setattr("resources.tasks.work_on_import.delay", lambda pk: tasks.work_on_import(pk))
    provider.fails = [trouble]
    job = work(start(provider))
    waiting = (job.status, job.attempts, round((job.waits_until - timezone.now()).total_seconds() / 10) * 10)
    Import.objects.update(moved_at=timezone.now() - timedelta(hours=1))
    too_soon = tasks.go_on_importing()
    Import.objects.update(waits_until=timezone.now())

    tasks.go_on_importing()

    job.refresh_from_db()
    assert (waiting, too_soon) == (("reading", 1, wait), 0)
    assert (job.status, job.attempts, job.rows.count()) == ("ready", 0, 6)


def test_after_eight_attempts_no_more_is_asked(provider):
    provider.fails = [(503, {}, b"")] * 20
    job = start(provider)
    for _attempt in range(10):
        job = work(job)
        Import.objects.update(waits_until=None)

    assert (job.status, len(provider.server.asked)) == ("failed", 8)
    assert "HTTP 503" in job.problem


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (answer(error="badArgument"), "The provider says: badArgument: Said so"),
        ((200, {}, b"<html>Hello</html>"), "The address does not answer as OAI-PMH does."),
        ((200, {}, b"no xml"), "The answer is no XML"),
        ((404, {}, b""), "The address answers with status 404."),
        ((302, {"Location": "http://10.0.0.1/"}, b""), "The address cannot be harvested: private"),
        ((200, {}, b'<!DOCTYPE x [<!ENTITY a "b">]><OAI-PMH>&a;</OAI-PMH>'), "entities of its own"),
    ],
)
def test_what_will_not_pass_ends_a_harvest_with_words(provider, page, said):
    provider.pages[""] = page

    job = work(start(provider))

    assert job.status == "failed"
    assert said in job.problem


def test_the_own_network_is_not_harvested(provider, settings):
    settings.FETCH_INSIDE = []

    job = work(start(provider))

    assert (job.status, provider.server.asked) == ("failed", [])


def test_nothing_new_is_a_harvest_without_rows(provider):
    provider.pages[""] = answer(error="noRecordsMatch")

    job = work(start(provider, since="2026-01-01T00:00:00Z"))

    assert (job.status, job.rows.count()) == ("ready", 0)


def test_the_next_harvest_asks_from_where_the_last_began_and_updates(
    provider, client, carla, django_capture_on_commit_callbacks
):
    client.force_login(carla)
    job = work(start(provider, by=carla))
    actions.approve_import(job, publishes=True, by=carla)
    work(job)
    provider.pages[""] = answer(record(2, "Pensions made new"), record(3))
    provider.server.asked.clear()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_again", args=[job.pk]))

    again = Import.objects.order_by("pk").last()
    assert provider.questions() == [
        {"verb": ["ListRecords"], "metadataPrefix": ["oai_dc"], "from": ["2026-11-24T01:02:03Z"]}
    ]
    assert (again.source, plan(again)) == (job.source, [("updated", ""), ("unchanged", "")])
    assert Resource.objects.count() == 4


def test_a_provider_that_counts_in_days_is_asked_by_the_day(provider):
    provider.fails = [answer(error="badArgument")]

    job = work(start(provider, since="2026-11-24T01:02:03Z"))

    assert job.status == "ready"
    assert [q.get("from") for q in provider.questions()][:2] == [["2026-11-24T01:02:03Z"], ["2026-11-24"]]


def test_a_feed_is_fetched_and_a_second_time_brings_only_what_is_new(provider):
    def feed(*titles):
        items = "".join(
            f"<item><title>{t}</title><guid>{t}</guid><link>https://example.org/{n}</link></item>"
            for n, t in enumerate(titles)
        )
        return 200, {}, f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()

    address = f"{provider.server.address}/feed"
    provider.server.pages["/feed"] = feed("Cash for all", "Pensions for all")
    first = work(start(provider, form="feed", address=address, kind="news"))
    actions.approve_import(first, publishes=False)
    work(first)
    provider.server.pages["/feed"] = feed("Cash for all", "Pensions for all", "Floors for all")

    second = work(start(provider, form="feed", address=address, kind="news"))

    assert [outcome for outcome, _reason in plan(second)] == ["unchanged", "unchanged", "created"]
    assert set(Resource.objects.values_list("kind", "status")) == {("news", "draft")}


def test_a_page_of_a_harvest_starts_it(client, carla, provider, django_capture_on_commit_callbacks):
    make.language("en")
    client.force_login(carla)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("import_harvest"),
            {
                "form": "oai",
                "address": f"{provider.server.address}/oai",
                "kind": "publication",
                "language": "en",
            },
        )

    job = Import.objects.get()
    assert (job.status, job.rows.count()) == ("ready", 6)
    assert job.source.startswith("harvest:127.0.0.1 ")
