import gzip
import os
import threading
import time

import pytest
from django.core.signals import request_finished
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from kit import generation
from portal import page_cache
from portal.page_cache import PageCache
from resources import actions
from resources.citations.files import FORMATS
from tests import make

TEXT = "A page of the library about social protection. " * 40


@pytest.fixture(autouse=True)
def settled(settings, tmp_path, monkeypatch):
    """A cache that is on, with a mark of its own, and nothing to wait for after a change."""
    settings.PAGE_CACHE_SECONDS = 60
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(page_cache, "SETTLING_SECONDS", 0)
    # As Django's test client does: the end of a request must not close the connection of the test.
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


class Site:
    """An application that counts how often it was asked, behind a page cache."""

    def __init__(self, make_response=None, **headers):
        self.asked = 0
        self.make_response = make_response or (
            lambda _environ: HttpResponse(f"{TEXT}{self.asked}", headers=headers)
        )
        self.cache = PageCache(self.application)

    def application(self, environ, start_response):
        self.asked += 1
        response = self.make_response(environ)
        cookies = [("Set-Cookie", cookie.OutputString()) for cookie in response.cookies.values()]
        start_response(f"{response.status_code} {response.reason_phrase}", [*response.items(), *cookies])
        return response

    def get(self, path="/library/", *, method="get", query="", **environ):
        return ask(self.cache, path, method=method, query=query, **environ)


class Answer:
    def __init__(self, started, body):
        self.status, headers, *_failure = started
        self.headers = dict(headers)
        packed = self.headers.get("Content-Encoding") == "gzip"
        self.body = body
        self.text = (gzip.decompress(body) if packed and body else body).decode()


def ask(application, path="/library/", *, method="get", query="", **environ):
    started = []
    environ = {
        **getattr(RequestFactory(), method)(path, query_params=query or None).environ,
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT": "text/html,application/xhtml+xml,*/*;q=0.8",
        "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
        **environ,
    }
    response = application(environ, lambda *given: started.append(given))
    return Answer(started[0], b"".join(response))


def test_the_second_visitor_gets_the_page_without_asking_django():
    site = Site()

    first, second = site.get(), site.get()

    assert site.asked == 1
    assert (second.status, second.text, second.headers) == (first.status, first.text, first.headers)


@pytest.mark.parametrize(
    "difference",
    [
        {"query": {"q": "cash"}},
        {"path": "/fr/library/"},
        {"HTTP_HOST": "portal.example.org"},
        {"HTTP_COOKIE": "theme=dark"},
        {"HTTP_COOKIE": "django_language=fr"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"wsgi.url_scheme": "https"},
        {"HTTP_ACCEPT": "application/x-bibtex"},
    ],
)
def test_what_a_page_may_differ_by_keeps_pages_apart(difference):
    site = Site()
    site.get()

    other = site.get(**difference)

    assert site.asked == 2
    assert other.text.endswith("2")


def test_cookies_of_others_do_not_keep_pages_apart():
    site = Site()
    site.get()

    site.get(HTTP_COOKIE="_ga=GA1.2.3; theme=")

    assert site.asked == 1


@pytest.mark.parametrize(
    "request_with",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "theme=dark; sessionid=abc"},
        {"HTTP_COOKIE": "messages=abc"},
        {"HTTP_AUTHORIZATION": "Bearer abc"},
        {"method": "post"},
        {"query": {f"p{n}": "1" for n in range(9)}},
        {"query": {"q": "x" * 600}},
    ],
)
def test_these_requests_always_go_to_django_and_leave_nothing_behind(request_with):
    site = Site()
    site.get()

    site.get(**request_with)
    site.get(**request_with)

    assert site.asked == 3
    assert len(site.cache.pages) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Set-Cookie": "csrftoken=abc"},
        {"Cache-Control": "private"},
        {"Cache-Control": "no-store"},
        {"Cache-Control": "max-age=0, no-cache"},
        {"Vary": "User-Agent"},
        {"Vary": "*"},
    ],
)
def test_these_answers_are_kept_for_nobody(headers):
    site = Site(**headers)

    site.get()
    site.get()

    assert site.asked == 2
    assert len(site.cache.pages) == 0


@pytest.mark.parametrize("status", [301, 404, 410, 429, 500, 503])
def test_only_answers_200_are_kept(status):
    site = Site(lambda _environ: HttpResponse(TEXT, status=status))

    answers = [site.get(), site.get()]

    assert site.asked == 2
    assert [int(answer.status[:3]) for answer in answers] == [status, status]


def test_a_page_with_a_form_token_is_kept_for_nobody():
    def page_with_token(environ):
        environ["CSRF_COOKIE_NEEDS_UPDATE"] = True
        return HttpResponse(TEXT)

    site = Site(page_with_token)

    site.get()
    site.get()

    assert site.asked == 2


def test_an_answer_that_varies_by_the_wanted_format_is_kept_as_a_page_only():
    site = Site(Vary="Accept", **{"Content-Type": "application/x-bibtex"})

    site.get(HTTP_ACCEPT="text/html, application/x-bibtex")
    site.get(HTTP_ACCEPT="text/html")

    assert site.asked == 2


def test_an_nginx_in_front_hears_of_the_pages_that_are_kept(settings):
    settings.ACCEL_CACHE_SECONDS = 2
    site = Site()

    answers = [site.get(), site.get(), site.get(HTTP_COOKIE="sessionid=abc")]

    assert [answer.headers.get("X-Accel-Expires") for answer in answers] == ["2", "2", None]


@pytest.mark.parametrize(
    "headers", [{"Set-Cookie": "a=b"}, {"Cache-Control": "private"}, {"Vary": "User-Agent"}]
)
def test_an_nginx_in_front_hears_of_no_other_page(settings, headers):
    settings.ACCEL_CACHE_SECONDS = 2
    site = Site(**headers)

    assert "X-Accel-Expires" not in site.get().headers


def test_without_an_nginx_in_front_nothing_is_said_to_it():
    assert "X-Accel-Expires" not in Site().get().headers


def test_a_streamed_answer_passes_untouched():
    site = Site(lambda _environ: StreamingHttpResponse([b"one", b"two"]))

    answer = site.get()

    assert answer.body == b"onetwo"
    assert "Content-Encoding" not in answer.headers


def test_a_page_is_made_anew_after_something_published_changed():
    site = Site()
    site.get()
    generation.changed()

    after = site.get()

    assert after.text.endswith("2")


def test_a_page_made_while_the_index_settles_is_not_kept(monkeypatch):
    monkeypatch.setattr(page_cache, "SETTLING_SECONDS", 60)
    site = Site()
    generation.changed()

    site.get()
    site.get()

    assert site.asked == 2


def test_a_page_made_from_before_a_change_is_not_shown_after_it():
    site = Site()

    def change_meanwhile(_environ):
        generation.changed()
        return HttpResponse(TEXT)

    site.make_response = change_meanwhile
    site.get()
    site.make_response = lambda _environ: HttpResponse("new" * 200)

    assert site.get().text == "new" * 200


def test_a_page_is_made_anew_after_its_time(settings):
    settings.PAGE_CACHE_SECONDS = 0.05
    site = Site()
    site.get()
    time.sleep(0.06)

    site.get()

    assert site.asked == 2


def test_with_the_cache_off_every_request_goes_to_django(settings):
    settings.PAGE_CACHE_SECONDS = 0
    site = Site()

    site.get()
    site.get()

    assert site.asked == 2


def test_visitors_who_come_together_wait_for_one_rendering():
    started, go_on = threading.Event(), threading.Event()

    def slow(_environ):
        started.set()
        go_on.wait(5)
        return HttpResponse(TEXT)

    site, answers = Site(slow), []
    threads = [threading.Thread(target=lambda: answers.append(site.get())) for _ in range(4)]
    for thread in threads:
        thread.start()
    started.wait(5)
    time.sleep(0.1)
    go_on.set()
    for thread in threads:
        thread.join(5)

    assert site.asked == 1
    assert [answer.text for answer in answers] == [TEXT] * 4


def test_while_a_page_is_made_anew_the_others_get_the_old_one(settings):
    settings.PAGE_CACHE_SECONDS = 0.01
    site = Site()
    site.get()
    time.sleep(0.02)
    inside, go_on = threading.Event(), threading.Event()

    def slow(_environ):
        inside.set()
        go_on.wait(5)
        return HttpResponse("new")

    site.make_response = slow
    renewing = threading.Thread(target=site.get)
    renewing.start()
    inside.wait(5)

    meanwhile = site.get()

    go_on.set()
    renewing.join(5)
    assert meanwhile.text == f"{TEXT}1"


def test_a_view_that_breaks_leaves_nobody_waiting():
    def broken(_environ):
        raise RuntimeError("broken")

    site = Site(broken)
    with pytest.raises(RuntimeError):
        site.get()

    assert site.cache.rendering == {}


def test_made_up_addresses_push_out_what_nobody_asks_for(monkeypatch):
    monkeypatch.setattr(page_cache, "MOST_PAGES", 10)
    site = Site()
    site.get("/wanted/")
    for n in range(50):
        site.get(f"/made-up-{n}/")
        site.get("/wanted/")

    assert len(site.cache.pages) == 10
    assert site.asked == 51


def test_memory_is_bounded_by_bytes(monkeypatch):
    monkeypatch.setattr(page_cache, "MOST_BYTES", 100_000)
    site = Site(lambda _environ: HttpResponse(os.urandom(15_000).hex(), content_type="text/plain"))

    for n in range(20):
        site.get(f"/{n}/")

    assert site.cache.bytes == sum(len(page) for page in site.cache.pages.values())
    assert site.cache.bytes < 100_000


def test_a_page_is_packed_for_who_can_unpack_it():
    site = Site()

    packed = site.get()
    plain = site.get(HTTP_ACCEPT_ENCODING="gzip;q=0, identity")

    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert "Content-Encoding" not in plain.headers
    assert packed.text == plain.text
    assert [int(a.headers["Content-Length"]) for a in (packed, plain)] == [len(packed.body), len(plain.body)]


@pytest.mark.parametrize("media_type", [media_type for _write, media_type, _ending in FORMATS.values()])
def test_every_export_is_packed(media_type):
    site = Site(lambda _environ: HttpResponse(TEXT, content_type=f"{media_type}; charset=utf-8"))

    assert site.get().headers["Content-Encoding"] == "gzip"


def test_the_length_of_a_page_with_a_secret_tells_nothing():
    site = Site(lambda _environ: HttpResponse(TEXT))

    lengths = {len(site.get(HTTP_COOKIE="sessionid=abc").body) for _ in range(20)}

    assert len(lengths) > 1


def test_who_has_the_page_already_gets_no_body():
    site = Site()
    first = site.get()

    again = site.get(HTTP_IF_NONE_MATCH=first.headers["ETag"])
    other = site.get(HTTP_IF_NONE_MATCH='"another"')

    assert (again.status, again.body) == ("304 Not Modified", b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert other.status == "200 OK"


def test_the_browser_asks_again_each_time_unless_the_view_says_otherwise():
    assert Site().get().headers["Cache-Control"] == "private, max-age=0, must-revalidate"
    assert (
        Site(**{"Cache-Control": "max-age=300, public"}).get().headers["Cache-Control"]
        == "max-age=300, public"
    )


def test_head_has_the_headers_of_get_and_no_body():
    site = Site()
    get = site.get()

    head = site.get(method="head")

    assert (head.status, head.headers, head.body) == (get.status, get.headers, b"")


def test_without_the_mark_file_pages_are_kept_still(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "missing"
    site = Site()

    site.get()
    site.get()

    assert site.asked == 1


@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_resource_is_gone_for_the_next_visitor():
    resource = make.resource(title="Cash transfers in Malawi")
    site = PageCache(get_wsgi_application())
    before = ask(site, resource.get_absolute_url())

    actions.withdraw_resource(resource, reason="Asked for by its author")

    assert before.status == "200 OK"
    assert ask(site, resource.get_absolute_url()).status == "410 Gone"


@pytest.mark.django_db(transaction=True)
def test_no_visitor_sees_the_page_of_a_member(client, carla):
    resource = make.resource(title="Cash transfers in Malawi")
    client.force_login(carla)
    site = PageCache(get_wsgi_application())

    of_the_member = ask(
        site, resource.get_absolute_url(), HTTP_COOKIE=f"sessionid={client.cookies['sessionid'].value}"
    )
    of_the_visitor = ask(site, resource.get_absolute_url())

    assert "Carla" in of_the_member.text
    assert "Carla" not in of_the_visitor.text
    assert len(site.pages) == 1
