"""Usage counts: noted in front of the page cache, counted after COUNTER the night after, shown to staff."""

import io
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.page_cache import PageCache
from portal.usage_log import UsageLog
from resources import actions, tasks
from resources.models import ItemUsage, Status
from resources.models import UsageLog as CountedLog
from resources.usage import count_lines, is_robot
from tests import make

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
MALAWI, ZAMBIA = "41.70.0.1", "41.63.0.1"
DAY = "2026-03-10"


@pytest.fixture
def logs(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "usage"


def line(second, path, *, reader="r1", country="MW", program=FIREFOX):
    return f"{second}\t{reader}\t{country}\t{path}\t{program}\n"


PAGE, FILE = "/library/publication/pensions/", "/library/publication/pensions/files/7/"
ITEM = ("publication", "pensions", "MW")


def counts(*lines):
    found, _read, _counted = count_lines(lines)
    return {key: dict(value) for key, value in found.items()}


def test_a_look_is_an_investigation_and_a_take_is_also_a_request():
    assert counts(line(0, PAGE), line(5, FILE)) == {
        ITEM: {"investigations": 2, "unique_investigations": 1, "requests": 1, "unique_requests": 1}
    }


@pytest.mark.parametrize(("second", "number"), [(0, 1), (29, 1), (30, 1), (31, 2)])
def test_a_second_click_within_thirty_seconds_is_the_same_one(second, number):
    assert counts(line(100, PAGE), line(100 + second, PAGE))[ITEM]["investigations"] == number


def test_a_chain_of_clicks_each_within_thirty_seconds_is_one():
    assert counts(*(line(n * 25, PAGE) for n in range(5)))[ITEM]["investigations"] == 1


def test_clicks_of_two_readers_and_on_two_items_are_not_double():
    found = counts(line(0, PAGE), line(1, PAGE, reader="r2"), line(2, "/fr/library/news/other/"))

    assert found[ITEM] == {"investigations": 2, "unique_investigations": 2}
    assert found["news", "other", "MW"] == {"investigations": 1, "unique_investigations": 1}


def test_a_session_is_the_hour_of_a_reader():
    found = counts(line(0, PAGE), line(1800, PAGE), line(3601, PAGE))

    assert found[ITEM] == {"investigations": 3, "unique_investigations": 2}


def test_the_languages_of_the_portal_show_the_same_item():
    assert counts(line(0, PAGE), line(60, f"/ar{PAGE}"))[ITEM] == {
        "investigations": 2,
        "unique_investigations": 1,
    }


@pytest.mark.parametrize(
    "program",
    [
        "",
        "Googlebot/2.1 (+http://www.google.com/bot.html)",
        "curl/8.0",
        "python-requests/2.32",
        "GPTBot/1.0",
        "Wget/1.21",
    ],
)
def test_robots_and_machines_do_not_count(program):
    assert counts(line(0, PAGE, program=program)) == {}


def test_readers_do():
    assert is_robot(FIREFOX) is False


def test_broken_lines_are_passed_over():
    found, read, counted = count_lines(
        ["", "nonsense\n", "x\ty\tz\t/library/news/a/\tq\n", line(0, PAGE), line(0, "/library/")]
    )

    assert (list(found), read, counted) == ([ITEM], 5, 1)


@pytest.mark.django_db
def test_a_log_is_added_once_and_deleted(logs):
    make.country("MWI")
    resource = make.resource(title="Pensions")
    draft = make.resource(title="Secret", status=Status.DRAFT)
    logs.mkdir()
    lines = [
        line(0, PAGE),
        line(60, PAGE, country="XX"),
        line(90, f"/library/publication/{draft.slug}/"),
        line(99, "/library/news/gone/"),
    ]
    (logs / f"{DAY}.log").write_text("".join(lines))
    (logs / "2026-03-11.log").write_text(line(0, PAGE))

    first, second = tasks.count_usage(), tasks.count_usage()
    (logs / f"{DAY}.log").write_text("".join(lines))  # killed before the log was deleted
    third = tasks.count_usage()

    assert (first, second, third, list(logs.iterdir())) == (2, 0, 1, [])
    assert list(
        ItemUsage.objects.order_by("country").values_list("resource", "month", "country", "investigations")
    ) == [
        (resource.pk, date(2026, 3, 1), "", 1),
        (resource.pk, date(2026, 3, 1), "MWI", 2),
    ]
    assert list(CountedLog.objects.order_by("name").values_list("lines", "counted")) == [(4, 4), (1, 1)]


@pytest.mark.django_db
def test_the_log_of_today_waits_for_its_end(logs):
    logs.mkdir()
    today = timezone.now().date()
    (logs / f"{today}.log").write_text(line(0, PAGE))
    (logs / f"{today + timedelta(days=1)}.log").write_text(line(0, PAGE))

    assert tasks.count_usage() == 0
    assert len(list(logs.iterdir())) == 2


class Site:
    """The portal as a web server runs it; `ask` gives the status."""

    def __init__(self):
        self.application = UsageLog(PageCache(get_wsgi_application()))

    def ask(self, path, method="GET", **environ):
        begun = []
        answer = self.application(
            {
                "REQUEST_METHOD": method,
                "PATH_INFO": path.encode().decode("latin-1"),
                "QUERY_STRING": "",
                "SERVER_NAME": "localhost",
                "SERVER_PORT": "80",
                "HTTP_HOST": "localhost",
                "wsgi.url_scheme": "http",
                "wsgi.input": io.BytesIO(),
                "wsgi.errors": io.StringIO(),
                "REMOTE_ADDR": MALAWI,
                "HTTP_USER_AGENT": FIREFOX,
                "HTTP_ACCEPT": "text/html",
                **environ,
            },
            lambda status, headers, *_failure: begun.append((status, dict(headers))),
        )
        b"".join(answer)
        getattr(answer, "close", lambda: None)()
        self.headers = begun[0][1]
        return int(begun[0][0][:3])


def noted():
    return [
        text.split("\t")
        for log in sorted((Path(settings.VAR_DIR) / "usage").glob("*.log"))
        for text in log.read_text().splitlines()
    ]


@pytest.mark.django_db(transaction=True)
def test_a_page_from_the_cache_is_noted_without_a_query(logs, settings, monkeypatch):
    monkeypatch.setattr("portal.page_cache.SETTLING_SECONDS", 0)
    settings.PAGE_CACHE_SECONDS = 60
    page = make.resource(title="Pensions").get_absolute_url()
    site = Site()
    first = site.ask(page)
    etag = site.headers["ETag"]

    with CaptureQueriesContext(connection) as queries:
        again = [site.ask(page), site.ask(page, HTTP_IF_NONE_MATCH=etag)]

    assert (first, again, len(queries)) == (200, [200, 304], 0)
    assert [(country, path, program) for _at, _reader, country, path, program in noted()] == [
        ("MW", page, FIREFOX)
    ] * 3
    assert len({reader for _at, reader, *_rest in noted()}) == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_no_use_is_not_noted(logs):
    resource = make.resource(title="Pensions")
    page, site = resource.get_absolute_url(), Site()

    statuses = [
        site.ask(page, method="HEAD"),
        site.ask(page, HTTP_RANGE="bytes=0-10"),
        site.ask(page, HTTP_SEC_PURPOSE="prefetch;prerender"),
        site.ask("/library/publication/nobody/"),
        site.ask("/library/"),
        site.ask(f"{page}citation/"),
        site.ask("/library/desk/imports/"),
    ]

    assert statuses == [200, 200, 200, 404, 200, 200, 302]
    assert noted() == []


@pytest.mark.django_db(transaction=True)
def test_readers_are_told_apart_and_no_address_is_kept(logs, settings):
    page, site = make.resource(title="Pensions").get_absolute_url(), Site()

    site.ask(page)
    site.ask(page, REMOTE_ADDR=ZAMBIA, HTTP_USER_AGENT=f"{FIREFOX}\n0\tforged")
    site.ask(page, HTTP_COOKIE="theme=dark; sessionid=abc")
    site.ask(page, HTTP_X_FORWARDED_FOR="8.8.8.8")

    readers = [reader for _at, reader, *_rest in noted()]
    assert (len(readers), len(set(readers))) == (4, 3)
    assert [country for _at, _reader, country, *_rest in noted()] == ["MW", "ZM", "MW", "MW"]
    text = "".join(log.read_text() for log in logs.iterdir())
    assert not any(secret in text for secret in (MALAWI, ZAMBIA, "abc", "8.8.8.8"))


@pytest.mark.django_db(transaction=True)
def test_behind_a_proxy_the_address_it_adds_counts(logs, settings):
    settings.BEHIND_PROXY = True
    page, site = make.resource(title="Pensions").get_absolute_url(), Site()

    site.ask(page, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"8.8.8.8, {ZAMBIA}")

    assert [country for _at, _reader, country, *_rest in noted()] == ["ZM"]


@pytest.mark.django_db(transaction=True)
def test_a_title_in_another_script_is_counted(logs):
    make.country("MWI")
    make.language("ar")
    resource = make.resource(title="المعاشات للجميع", language_code="ar")
    Site().ask(f"/library/publication/{resource.slug}/")
    [log] = logs.iterdir()
    log.rename(logs / f"{DAY}.log")

    tasks.count_usage()

    assert quote(resource.slug) in resource.get_absolute_url()
    assert list(ItemUsage.objects.values_list("resource", "country", "investigations")) == [
        (resource.pk, "MWI", 1)
    ]


@pytest.mark.django_db(transaction=True)
def test_a_log_that_cannot_be_written_costs_no_page(settings, tmp_path):
    page = make.resource().get_absolute_url()
    (tmp_path / "usage").write_text("a file where the folder should be")
    settings.VAR_DIR = tmp_path

    assert Site().ask(page) == 200


def add(resource, month="2026-03-01", country="MW", **numbers):
    counts = {(resource.kind, resource.slug, country): Counter(numbers)}
    actions.add_usage(
        f"{month} {resource.pk} {country}", date.fromisoformat(month), counts, lines=1, counted=1
    )


def words(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def staff(client, carla):
    make.country("MWI")
    client.force_login(carla)
    return client


def add_some(resource):
    add(resource, investigations=5, unique_investigations=3, requests=2, unique_requests=1)


@pytest.mark.parametrize("items", [1, 20])
@pytest.mark.django_db
def test_staff_see_a_month_at_the_same_cost_for_one_item_and_for_twenty(staff, items):
    for n in range(items):
        add_some(make.resource(title=f"Pensions number {n}"))
    staff.get(reverse("usage"))  # what the process remembers of the vocabularies is read

    with CaptureQueriesContext(connection) as queries:
        page = words(staff.get(reverse("usage")))

    assert len(queries) == 7
    assert "Pensions number 0" in page
    assert "Malawi" in page
    assert reverse("usage") in words(staff.get(reverse("desk")))


@pytest.mark.django_db
def test_the_numbers_of_an_item_by_month_and_country_and_as_a_table(staff):
    resource = make.resource(title="=Pensions")
    add(resource, investigations=5, unique_investigations=3)
    add(resource, "2026-04-01", "", investigations=2, unique_investigations=1)

    item = words(staff.get(reverse("usage_item", args=[resource.pk])))
    report = staff.get(reverse("usage_report"), {"month": "2026-03"}).content.decode().splitlines()

    assert "April 2026" in item
    assert "Not known" in item
    assert report[1] == f"publication,{resource.slug},'=Pensions,5,3,0,0"
    assert staff.get(reverse("usage"), {"month": "nonsense"}).status_code == 200


@pytest.mark.django_db
def test_members_and_strangers_see_no_numbers(client, dawit):
    pages = [reverse("usage"), reverse("usage_report"), reverse("usage_item", args=[make.resource().pk])]
    answers = [client.get(page).status_code for page in pages]
    client.force_login(dawit)

    assert answers + [client.get(page).status_code for page in pages] == [302, 302, 302, 403, 403, 403]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_on_the_pages(open_page, axe, carla, transactional_db, scheme, width):
    make.country("MWI")
    resource = make.resource()
    empty = open_page(reverse("usage"), member=carla, color_scheme=scheme)
    axe(empty)
    add_some(resource)

    for address in (reverse("usage"), reverse("usage_item", args=[resource.pk])):
        page = open_page(address, member=carla, color_scheme=scheme, viewport={"width": width, "height": 800})
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
