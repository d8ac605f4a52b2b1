"""Fetching what strangers name: from public addresses only, within a time and a size."""

import time

import pytest

from kit import web
from tests.web_server import serving


@pytest.fixture
def server(settings):
    settings.FETCH_INSIDE = ["127.0.0.1"]
    with serving() as server:
        yield server


def code_of(url, **values):
    with pytest.raises(web.Unreachable) as caught:
        web.fetch(url, **values)
    return caught.value.code


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
        ),
        *(
            "::1",
            "fe80::1",
            "fc00::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
        ),
        *("255.255.255.255", "198.18.0.1", "fe80::1%eth0", "nonsense", "2001:0:7f00:1::1"),
    ],
)
def test_addresses_that_are_not_public_are_known(address):
    assert web.is_public(address) is False


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"]
)
def test_public_addresses_are_known(address):
    assert web.is_public(address) is True


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1/", "private"),
        ("http://localhost/", "private"),
        ("http://[::1]/", "private"),
        ("http://2130706433/", "private"),
        ("http://0x7f.1/", "private"),
        ("http://example.org:22/", "private"),
        ("http://nobody.invalid/", "name"),
        ("ftp://example.org/", "address"),
        ("file:///etc/passwd", "address"),
        ("http:///path", "address"),
        ("http://[broken/", "address"),
        ("", "address"),
    ],
)
def test_what_may_not_or_cannot_be_asked_is_refused(url, code):
    assert code_of(url) == code


def test_a_redirect_into_the_own_network_is_not_followed(server, settings):
    server.pages["/out"] = (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b"")

    assert code_of(f"{server.address}/out") == "private"


def test_a_name_is_connected_to_at_the_address_that_was_checked(server, monkeypatch, settings):
    """A name that answers with a public address first and a private one then gains nothing."""
    settings.FETCH_INSIDE = []
    asked = []

    def resolve(host, port, **_values):
        asked.append(host)
        address = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(2, 1, 6, "", (address, port))]

    monkeypatch.setattr("kit.web.socket.getaddrinfo", resolve)
    connected = []

    def connect(_self, host, _port, *_values):
        connected.append(host)
        raise web.httpcore.ConnectError

    monkeypatch.setattr(web.httpcore.SyncBackend, "connect_tcp", connect)

    assert code_of("http://rebinding.example/") == "refused"
    assert (asked, connected) == (["rebinding.example"], ["93.184.216.34"])


def test_redirects_are_followed_to_where_they_lead(server):
    server.pages["/a"] = (301, {"Location": "/b"}, b"")
    server.pages["/b"] = (308, {"Location": f"{server.address}/c?x=1"}, b"")
    server.pages["/c"] = (200, {"X-Kept": "yes"}, b"words")

    answer = web.fetch(f"{server.address}/a")

    assert (answer.status, answer.url, answer.body) == (200, f"{server.address}/c?x=1", b"words")
    assert (answer.headers["x-kept"], answer.moved_for_good) == ("yes", True)


def test_a_circle_of_redirects_ends(server):
    server.pages["/a"] = (302, {"Location": "/a"}, b"")

    assert code_of(f"{server.address}/a") == "redirects"
    assert len(server.asked) == web.MOST_REDIRECTS + 1


def test_no_more_is_read_than_was_allowed(server):
    server.pages["/big"] = (200, {}, b"x" * 100_000)

    assert code_of(f"{server.address}/big", most_bytes=5000) == "too_large"
    assert len(web.fetch(f"{server.address}/big", most_bytes=5000, whole=False).body) == 5000


def drip(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for _n in range(100):
        try:
            handler.wfile.write(b"X")
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.05)


@pytest.mark.parametrize("page", [drip, lambda handler: time.sleep(3)])
def test_a_server_that_drips_or_is_silent_is_left_at_the_deadline(server, page):
    server.pages["/slow"] = page
    started = time.monotonic()

    assert code_of(f"{server.address}/slow", seconds=0.6) == "timeout"
    assert time.monotonic() - started < 2


def test_what_is_no_http_is_said_so(server):
    server.pages["/odd"] = lambda handler: handler.wfile.write(b"220 mail.example.org ESMTP\r\n") and None

    assert code_of(f"{server.address}/odd") == "protocol"


def test_a_port_nobody_listens_on_refuses(settings):
    settings.FETCH_INSIDE = ["127.0.0.1"]

    assert code_of("http://127.0.0.1:9/") == "private"
    assert code_of("http://127.0.0.1:59999/") == "refused"


def test_addresses_in_other_scripts_go_over_the_wire_in_ascii():
    assert web.normal("https://عربي.example/تقرير?q=é b") == (
        "https://xn--ngbrx4e.example/%D8%AA%D9%82%D8%B1%D9%8A%D8%B1?q=%C3%A9%20b"
    )
