"""The portal as deployed: the commands of docker-compose.yml, and a real nginx with deploy/nginx.conf before it."""

import gzip
import json
import re
import sys
import time
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from lib.services import find

from tests.commands.conftest import new_portal
from tests.deploy.servers import deployed

# One portal, in one process.
pytestmark = pytest.mark.xdist_group("deployed")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The portal as deployed, behind nginx, with all its processes."""
    if not find("nginx"):
        pytest.skip("no nginx was found: install it (apt install nginx-light)")
    folder = tmp_path_factory.mktemp("deployed")
    with new_portal(folder / "var", "deployed") as portal, deployed(portal, folder) as site:
        for service in ("worker", "indexer", "beat"):
            site.start(service)
        site.start_nginx()
        site.wait(lambda: site.get("/healthz").status == 200)
        done = site.run("web", [sys.executable, "-m", "tests.commands.scenarios.deployed"])
        assert done.returncode == 0, done.stdout + done.stderr
        site.there = json.loads(done.stdout.splitlines()[-1])
        site.staff = f"{settings.SESSION_COOKIE_NAME}={site.there['session']}"
        site.wait(lambda: b"A published report" in site.get("/library/?q=flibbertigibbet").body)
        site.wait(lambda: json.loads(site.get("/readyz").body)["oldest_undelivered_seconds"] is None)
        # For two seconds after a change nothing is kept anywhere.
        mark = portal.folder / "generation"
        site.wait(lambda: time.time() - mark.stat().st_mtime > 3)
        yield site


def twice(site, path, **headers):
    """The answers to two visitors, one after the other, and what nginx says about them."""
    answers = [site.get(path, **headers) for _visitor in range(2)]
    return answers, [answer.headers["X-Cache"] for answer in answers]


def fresh(path):
    """An address of the same page that nobody has asked for."""
    fresh.count += 1
    return f"{path}?page=1&n={fresh.count}"


fresh.count = 0


# ── Nobody gets somebody else's page ─────────────────────────────────────────────────────────────────
def test_a_visitor_never_gets_the_page_of_who_is_signed_in(site):
    page = fresh("/library/")

    carla = site.get(page, Cookie=site.staff)
    stranger, second = site.get(page), site.get(page)
    carla_again = site.get(page, Cookie=site.staff)

    assert ["Carla" in answer.body.decode() for answer in (carla, stranger, second, carla_again)] == [
        True,
        False,
        False,
        True,
    ]
    assert [answer.headers["X-Cache"] for answer in (carla, stranger, second, carla_again)] == [
        "BYPASS",
        "MISS",
        "HIT",
        "BYPASS",
    ]


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "sessionid=made-up"},
        {"Cookie": "theme=dark; sessionid=made-up"},
        {"Cookie": "csrftoken=abc"},
        {"Cookie": "messages=abc"},
        {"Authorization": "Bearer abc"},
    ],
)
def test_who_brings_a_cookie_of_ours_or_a_token_goes_past_the_memory_both_ways(site, headers):
    page = fresh("/library/")

    _answers, theirs = twice(site, page, **headers)
    stranger = site.get(page)

    assert theirs == ["BYPASS", "BYPASS"]
    assert stranger.headers["X-Cache"] == "MISS"


def test_a_form_with_its_token_is_made_for_each_visitor(site):
    answers, said = twice(site, "/sign-in/")

    tokens = {re.search(r'csrfmiddlewaretoken" value="(\w+)"', answer.body.decode())[1] for answer in answers}
    assert len(tokens) == 2
    assert all("csrftoken=" in answer.headers["Set-Cookie"] for answer in answers)
    assert "HIT" not in said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"Cookie": "theme=light"}, {"Cookie": "theme=dark"}),
        ({"Cookie": "theme=light; theme=dark"}, {"Cookie": "theme=light"}),
        ({"Accept_Language": "en"}, {"Accept_Language": "ar"}),
        ({"Accept": "text/html"}, {"Accept": "*/*"}),
        ({"X_Forwarded_Proto": "http"}, {"X_Forwarded_Proto": "https"}),
        ({"Accept_Encoding": "gzip"}, {}),
    ],
)
def test_what_a_page_may_differ_by_keeps_visitors_apart(site, one, other):
    page = fresh("/library/")
    _answers, said = twice(site, page, **one)

    assert said == ["MISS", "HIT"]
    assert site.get(page, **other).headers["X-Cache"] != "HIT"


def test_each_language_and_theme_is_what_was_asked_for(site):
    site.get("/library/", Cookie="theme=dark")

    pages = {
        "en": site.get("/library/"),
        "ar": site.get("/ar/library/"),
        "dark": site.get("/library/", Cookie="theme=dark"),
    }

    roots = {name: re.search(r"<html[^>]*>", answer.body.decode())[0] for name, answer in pages.items()}
    assert ['lang="ar"' in roots[name] for name in pages] == [False, True, False]
    assert ['data-theme="dark"' in roots[name] for name in pages] == [False, False, True]


def test_a_visitor_sees_nothing_of_how_nginx_is_told(site):
    answer = site.get(fresh("/library/"))

    assert "X-Accel-Expires" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, max-age=0, must-revalidate"


def test_pages_with_an_error_are_kept_for_nobody(site):
    _answers, said = twice(site, fresh("/library/publication/no-such-thing/"))

    assert said == ["MISS", "MISS"]


def test_a_page_is_kept_for_seconds_only(site):
    page = fresh("/topics/")
    _answers, said = twice(site, page)

    site.wait(lambda: site.get(page).headers["X-Cache"] == "EXPIRED", seconds=5)

    assert said == ["MISS", "HIT"]


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────
def test_nginx_sends_a_file_and_its_parts_when_the_portal_says_so(site):
    path, size = site.there["published"]["file"], site.there["size"]

    whole = site.get(path)
    rest = site.get(path, Range="bytes=100-")
    part = site.get(path, Range="bytes=0-99", If_Range=whole.headers["ETag"])
    same = site.get(path, If_None_Match=whole.headers["ETag"])

    assert (whole.status, len(whole.body), whole.body[:5]) == (200, size, b"%PDF-")
    assert (rest.status, rest.body) == (206, whole.body[100:])
    assert (part.status, part.body, part.headers["Content-Range"]) == (
        206,
        whole.body[:100],
        f"bytes 0-99/{size}",
    )
    assert same.status == 304
    assert whole.headers["Content-Type"] == "application/pdf"
    assert whole.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert whole.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert "X-Accel-Redirect" not in whole.headers


def test_a_file_of_a_draft_is_sent_to_staff_only_and_no_address_leads_around_the_portal(site):
    draft = site.there["draft"]

    answers = [
        site.get(draft["file"]),
        site.get(draft["file"], Cookie=site.staff),
        site.get(draft["file"]),
        site.get("/files/" + quote(draft["stored"])),
        site.get("/media/" + quote(draft["stored"])),
        site.get("/static/../media/" + quote(draft["stored"])),
        site.get("/static/..%2fmedia/" + quote(draft["stored"])),
    ]

    assert [answer.status for answer in answers] == [404, 200, 404, 404, 404, 404, 404]


# ── Static files ─────────────────────────────────────────────────────────────────────────────────────
def test_nginx_sends_static_files_packed_and_for_good(site):
    home = site.get("/").body.decode()
    sheet = re.search(r'href="(/static/[^"]+\.css)"', home)[1]

    packed = site.get(sheet, Accept_Encoding="gzip")
    plain = site.get(sheet)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (packed.headers["Content-Type"], packed.headers["Vary"]) == ("text/css", "Accept-Encoding")
    # What went through the portal says so.
    assert "X-Cache" not in packed.headers
    assert site.get("/static/staticfiles.json").headers["Cache-Control"] == "public, max-age=3600"
    assert site.get("/static/no-such-file.css").status == 404


# ── All of it together ───────────────────────────────────────────────────────────────────────────────
def test_every_health_check_says_well(site):
    services = ["web", "nginx"]
    # Only a broker that can broadcast lets one ask a worker.
    if settings.SERVER_PROFILE:
        services += ["worker", "indexer"]

    assert {service: site.health(service) for service in services} == dict.fromkeys(services, 0)


def test_what_staff_withdraws_every_door_knows_within_seconds(site):
    there = site.there["published"]
    title = b"A published report"
    search, feed = "/library/?q=flibbertigibbet", "/library/feed/?q=flibbertigibbet"
    export, sitemap = "/library/export/csv/?q=flibbertigibbet", "/sitemap-resources-0.xml"
    before = {door: title in site.get(door).body for door in (there["page"], search, feed, export)}
    before |= {
        there["file"]: site.get(there["file"]).status,
        sitemap: there["page"].encode() in site.get(sitemap).body,
    }

    desk = f"/library/desk/{there['pk']}/withdrawal/"
    form = site.get(desk, Cookie=site.staff)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', form.body.decode())[1]
    # As a browser sends it: with the origin, whose port must have come through.
    posted = site.get(
        desk,
        method="POST",
        body=urlencode({"csrfmiddlewaretoken": token, "reason": "Replaced by a newer one"}),
        Content_Type="application/x-www-form-urlencoded",
        Cookie=f"{site.staff}; {form.headers['Set-Cookie'].partition(';')[0]}",
        Origin=site.site_url,
    )
    began = time.monotonic()
    site.wait(lambda: site.get(there["page"]).status == 410, seconds=5)
    site.wait(lambda: site.get(there["file"]).status == 404, seconds=5)
    for door in (search, feed, export):
        site.wait(lambda door=door: title not in site.get(door).body, seconds=8)
    site.wait(lambda: there["page"].encode() not in site.get(sitemap).body, seconds=8)
    seconds = time.monotonic() - began

    assert before == {**dict.fromkeys(before, True), there["file"]: 200}
    assert posted.status == 302
    assert seconds < 15
