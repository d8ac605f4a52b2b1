"""Link health: asked at night, struck three times, mended by one answer, shown to readers and staff."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activity.models import Activity
from resources import actions, linking, tasks
from resources.models import LinkCheck, LinkHost, Resource, Status
from resources.verbs import ResourceVerb
from tests import make
from tests.web_server import serving

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def server(settings, monkeypatch):
    settings.FETCH_INSIDE = ["127.0.0.1"]
    monkeypatch.setattr(linking, "PAUSE", 0.05)
    with serving() as server:
        yield server


def linked(url, **values):
    resource = make.resource(url=url, **values)
    actions.plan_link_checks()
    return resource


def check_of(resource):
    return LinkCheck.objects.get(pk=resource.pk)


def nights(resource, finding, count, start=None):
    """The same finding on so many nights in a row; returns the last moment."""
    now = start or timezone.now()
    for night in range(count):
        actions.keep_finding(check_of(resource), finding, now=now + night * DAY)
    return now + (count - 1) * DAY


BROKEN = linking.Finding("failing", "status", 404)
FINE = linking.Finding("healthy", status=200)


def test_every_published_address_is_planned_once_and_a_changed_one_begins_anew(carla):
    first = linked("https://example.org/a")
    linked("", title="No address")
    make.resource(url="https://example.org/draft", status=Status.DRAFT)
    nights(first, BROKEN, 3)
    actions.edit_resource(first, by=carla, url="https://example.org/b")

    new = actions.plan_link_checks()

    check = LinkCheck.objects.get()
    first.refresh_from_db()
    assert (new, check.resource, check.address, check.outcome, check.strikes) == (
        0,
        first,
        "https://example.org/b",
        "waiting",
        0,
    )
    assert first.link_broken_since is None


def test_a_healthy_link_is_asked_with_head_alone_and_again_in_a_week(server):
    server.pages["/a"] = (200, {}, b"long")
    resource = linked(f"{server.address}/a")

    asked = tasks.check_links()

    check = check_of(resource)
    assert (asked, server.requests()) == (1, [("HEAD", "/a")])
    assert (check.outcome, check.status_code, check.strikes) == ("healthy", 200, 0)
    assert timedelta(days=6) < check.due_at - timezone.now() < timedelta(days=8)
    assert tasks.check_links() == 0


@pytest.mark.parametrize("status", [403, 404, 405, 500])
def test_where_head_says_nothing_get_is_asked(server, status):
    server.pages["/a"] = lambda handler: (status if handler.command == "HEAD" else 200, {}, b"x" * 9000)
    resource = linked(f"{server.address}/a")

    tasks.check_links()

    assert server.requests() == [("HEAD", "/a"), ("GET", "/a")]
    assert check_of(resource).outcome == "healthy"


@pytest.mark.parametrize(
    ("page", "outcome", "reason", "status"),
    [
        ((404, {}, b""), "failing", "status", 404),
        ((410, {}, b""), "failing", "status", 410),
        ((500, {}, b""), "failing", "status", 500),
        ((401, {}, b""), "closed", "status", 401),
        ((403, {}, b""), "closed", "status", 403),
        ((302, {"Location": "/a"}, b""), "failing", "redirects", None),
        ((302, {"Location": "http://10.0.0.1/"}, b""), "failing", "private", None),
    ],
)
def test_an_answer_is_judged(server, page, outcome, reason, status):
    server.pages["/a"] = page
    resource = linked(f"{server.address}/a")

    tasks.check_links()

    check = check_of(resource)
    assert (check.outcome, check.reason, check.status_code) == (outcome, reason, status)
    assert check.strikes == (1 if outcome == "failing" else 0)


def test_the_third_night_breaks_a_link_and_the_page_says_since_when(client):
    resource = linked("https://example.org/gone")
    start = timezone.now()

    nights(resource, BROKEN, 2, start)
    twice = Resource.objects.get().link_broken_since
    nights(resource, BROKEN, 1, start + 2 * DAY)

    since = timezone.localdate(start)
    assert (twice, Resource.objects.get().link_broken_since) == (None, since)
    assert check_of(resource).outcome == "broken"
    assert Activity.objects.filter(verb=ResourceVerb.LINK_BROKEN).count() == 1
    page = " ".join(client.get(resource.get_absolute_url()).content.decode().split())
    assert f"The link to the original has been broken since {since.day} {since:%B %Y}." in page


def test_two_failures_of_one_night_are_one_strike():
    resource = linked("https://example.org/gone")
    now = timezone.now()

    for minutes in (0, 30, 60):
        actions.keep_finding(check_of(resource), BROKEN, now=now + timedelta(minutes=minutes))

    assert check_of(resource).strikes == 1


def test_one_answer_mends_a_link():
    resource = linked("https://example.org/back")
    last = nights(resource, BROKEN, 4)

    actions.keep_finding(check_of(resource), FINE, now=last + DAY)

    check = check_of(resource)
    assert (check.outcome, check.strikes, check.failing_since) == ("healthy", 0, None)
    assert Resource.objects.get().link_broken_since is None
    assert Activity.objects.filter(verb=ResourceVerb.LINK_HEALED).count() == 1


def test_the_archived_copy_is_shown_once_the_link_is_broken(client, carla):
    resource = linked("https://example.org/gone")
    copy = "https://web.archive.org/web/2020/https://example.org/gone"
    actions.archive_link(check_of(resource), copy, by=carla)
    before = copy in client.get(resource.get_absolute_url()).content.decode()
    nights(resource, BROKEN, 3)

    after = copy in client.get(resource.get_absolute_url()).content.decode()

    assert (before, after) == (False, True)


def test_a_busy_host_is_left_alone_as_long_as_it_asks_and_its_other_links_wait(server):
    server.pages["/a"] = server.pages["/b"] = (429, {"Retry-After": "7200"}, b"")
    for name in "ab":
        linked(f"{server.address}/{name}")

    tasks.check_links()
    again = tasks.check_links()

    host = LinkHost.objects.get()
    assert (len(server.asked), again) == (1, 0)
    assert sorted(LinkCheck.objects.values_list("outcome", flat=True)) == ["closed", "waiting"]
    assert timedelta(minutes=119) < host.paused_until - timezone.now() < timedelta(minutes=121)


def test_pauses_double_until_the_host_answers():
    resource = linked("https://example.org/slow")
    away = linking.Finding("failing", "timeout", pause=timedelta())

    pauses = []
    for night in range(10):
        actions.keep_finding(check_of(resource), away, now=timezone.now() + night * DAY)
        pauses.append(LinkHost.objects.get().pause_seconds)
    actions.keep_finding(check_of(resource), FINE, now=timezone.now() + 11 * DAY)

    assert pauses == [600, 1200, 2400, 4800, 9600, 19200, 38400, 76800, 86400, 86400]
    assert LinkHost.objects.count() == 0


def test_links_of_one_host_are_asked_one_after_the_other_and_few_at_a_time(server):
    for n in range(8):
        server.pages[f"/{n}"] = (200, {}, b"")
        linked(f"{server.address}/{n}")

    first = tasks.check_links()
    second = tasks.check_links()

    gaps = [b[2] - a[2] for a, b in zip(server.asked[:5], server.asked[1:5], strict=False)]
    assert (first, second) == (5, 3)
    assert min(gaps) >= 0.05


def test_what_a_dead_worker_had_claimed_is_asked_again_after_the_lease():
    linked("https://example.org/a")
    now = timezone.now()

    claims = [len(actions.claim_links(5, now=now + timedelta(minutes=m))) for m in (0, 1, 21)]

    assert claims == [1, 0, 1]


def test_a_finding_about_an_address_that_was_changed_meanwhile_is_dropped(carla):
    resource = linked("https://example.org/a")
    claimed = check_of(resource)
    actions.edit_resource(resource, by=carla, url="https://example.org/b")
    actions.plan_link_checks()

    actions.keep_finding(claimed, BROKEN)

    assert check_of(resource).outcome == "waiting"


def test_a_place_an_address_moved_to_for_good_is_named(server):
    server.pages["/a"] = (301, {"Location": "/b"}, b"")
    server.pages["/b"] = (200, {}, b"")
    resource = linked(f"{server.address}/a")

    tasks.check_links()

    assert check_of(resource).moved_to == f"{server.address}/b"


def words(answer):
    return " ".join(answer.content.decode().split())


def test_staff_see_the_share_of_healthy_links_and_the_broken_ones(client, carla):
    good, bad, closed = (
        linked(f"https://example.org/{n}", title=f"Report {n} of the house") for n in range(3)
    )
    nights(good, FINE, 1)
    nights(bad, BROKEN, 3)
    nights(closed, linking.Finding("closed", "status", 403), 1)
    client.force_login(carla)

    page = words(client.get(reverse("links")))

    assert "50.0 <small>%</small>" in page
    assert "Report 1 of the house" in page
    assert "Report 0 of the house" not in page
    assert reverse("links") in words(client.get(reverse("desk")))


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_for_one_link_and_for_twenty(client, carla, count):
    for n in range(count):
        nights(linked(f"https://example.org/{n}"), BROKEN, 1)
    client.force_login(carla)

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("links"))

    assert len(queries) == 8


def test_staff_name_an_archived_copy_and_have_a_link_asked_again(client, carla, server):
    server.pages["/a"] = (200, {}, b"")
    resource = linked(f"{server.address}/a")
    actions.keep_finding(check_of(resource), BROKEN)
    client.force_login(carla)

    wrong = client.post(reverse("link", args=[resource.pk]), {"archived_url": "no address"})
    client.post(reverse("link", args=[resource.pk]), {"archived_url": "https://web.archive.org/x"})
    client.post(reverse("link_check", args=[resource.pk]))

    assert wrong.status_code == 422
    assert 'value="no address"' in words(wrong)
    assert (check_of(resource).archived_url, check_of(resource).outcome) == (
        "https://web.archive.org/x",
        "healthy",
    )


def test_members_and_strangers_see_nothing_of_it(client, dawit):
    resource = linked("https://example.org/a")
    pages = [reverse("links"), reverse("link", args=[resource.pk])]
    answers = [client.get(page).status_code for page in pages]
    client.force_login(dawit)
    answers += [client.get(page).status_code for page in pages]
    answers.append(client.post(reverse("link_check", args=[resource.pk])).status_code)

    assert answers == [302, 302, 403, 403, 403]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_on_the_pages(open_page, axe, carla, transactional_db, scheme, width):
    resource = linked("https://example.org/a-very-long-address-of-a-report/" + "x" * 80)
    nights(resource, BROKEN, 3)

    for address in (reverse("links"), reverse("link", args=[resource.pk]), resource.get_absolute_url()):
        page = open_page(address, member=carla, color_scheme=scheme, viewport={"width": width, "height": 800})
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
