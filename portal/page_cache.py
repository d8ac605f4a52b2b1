"""Whole pages for anonymous visitors, kept in each web process in front of Django.

A page is kept for PAGE_CACHE_SECONDS at most, and no longer than until something published changes (`kit.generation`).
Only what is the same for every visitor is kept: answers 200 to GET, without a cookie set, to requests that bring no
session and no authorization. What pages may differ by (host, path, query, language and theme cookie, accepted
type) is part of the key. Memory is bounded by count and bytes, so addresses made up by the thousand push out only
what is not asked for.

The same pages, and no others, are named to an nginx in front (`X-Accel-Expires`), which may keep them for
ACCEL_CACHE_SECONDS; nobody tells nginx of a change, so these are few.

All text that leaves Django is compressed here. A page with a CSRF token gets random padding, so that its length
tells nothing about the token (BREACH).
"""

import gzip
import hashlib
import io
import re
import secrets
import threading
import time
import zlib
from collections import OrderedDict

from django.conf import settings

from kit import generation

MOST_PAGES = 2000
MOST_BYTES = 32 * 1024 * 1024
LARGEST_PAGE = 512 * 1024
LONGEST_QUERY = 512
MOST_PARAMETERS = 8
# After a change the search reader may show the old state for a second; what is made meanwhile is not kept.
SETTLING_SECONDS = 2.0
STALE_SECONDS = 30.0
WAIT_SECONDS = 10.0
WORTH_COMPRESSING = 400
# Level 4 saves 8 % of the bytes more and costs twice the time.
COMPRESSION_LEVEL = 2

# Served by WhiteNoise, which compresses itself, or never the same twice.
NEVER = ("/static/", "/media/", "/admin/", "/healthz", "/readyz", "/preferences/")
KNOWN_VARY = {"accept", "accept-encoding", "accept-language", "cookie"}
TEXT = re.compile(
    r"(?:text/|application/(?:json|xml|[\w.+-]+\+(?:json|xml)|javascript|x-bibtex|x-research-info-systems)|image/svg\+xml)"
)
HTML_CACHE_CONTROL = "private, max-age=0, must-revalidate"


class Page:
    """One kept answer: headers as they go out, the body packed, and what it was made under."""

    __slots__ = ("body", "etag", "headers", "mark", "stored", "until")

    def __init__(self, headers, body, etag, mark, seconds):
        self.headers, self.body, self.etag, self.mark = headers, body, etag, mark
        self.stored = time.monotonic()
        self.until = self.stored + seconds

    def __len__(self):
        return len(self.body) + 1024


class PageCache:
    """A WSGI application around Django's; a hit never enters Django."""

    def __init__(self, application):
        self.application = application
        self.pages = OrderedDict()
        self.bytes = 0
        self.lock = threading.Lock()
        self.rendering = {}
        self.not_kept = OrderedDict()

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"].startswith(NEVER):
            return self.application(environ, start_response)
        seconds = settings.PAGE_CACHE_SECONDS
        key = key_of(environ) if seconds > 0 else None
        if key is None:
            return self.answer(environ, start_response)
        mark, age = generation.current()
        page, mine = self.find(key, mark), False
        if page is None and not (mine := self.claim(key)) and self.wait(key):
            mark, age = generation.current()
            page = self.find(key, mark)
        if page is not None:
            return send(environ, start_response, page)
        try:
            if environ["REQUEST_METHOD"] == "HEAD" or age < SETTLING_SECONDS:
                return self.answer(environ, start_response)
            return self.answer(environ, start_response, key=key, mark=mark, seconds=seconds)
        finally:
            if mine:
                self.done(key)

    # ── keeping ──────────────────────────────────────────────────────────────────────────────────────
    def find(self, key, mark):
        """The page of this key that still holds, or None. While one thread makes it anew, the others get the old one."""
        with self.lock:
            page = self.pages.get(key)
            if page is None:
                return None
            if page.mark != mark:
                self.drop(key)
                return None
            now = time.monotonic()
            if page.until < now and (key not in self.rendering or page.until + STALE_SECONDS < now):
                return None
            self.pages.move_to_end(key)
            return page

    def claim(self, key):
        """True where it is up to this thread to make the page."""
        with self.lock:
            if key in self.rendering:
                return False
            self.rendering[key] = threading.Event()
            return True

    def wait(self, key):
        """Wait while another thread makes the page; False at once where it will give nothing to keep."""
        with self.lock:
            event = None if key in self.not_kept else self.rendering.get(key)
        return event is not None and event.wait(WAIT_SECONDS)

    def done(self, key):
        with self.lock:
            event = self.rendering.pop(key, None)
        if event:
            event.set()

    def keep(self, key, page):
        with self.lock:
            self.drop(key)
            self.not_kept.pop(key, None)
            self.pages[key] = page
            self.bytes += len(page)
            while self.bytes > MOST_BYTES or len(self.pages) > MOST_PAGES:
                self.drop(next(iter(self.pages)))

    def drop(self, key):
        page = self.pages.pop(key, None)
        if page is not None:
            self.bytes -= len(page)

    def pass_by(self, key):
        """Remember that this address gives nothing to keep, so that nobody waits for it again."""
        with self.lock:
            self.not_kept[key] = None
            if len(self.not_kept) > MOST_PAGES:
                self.not_kept.popitem(last=False)

    # ── answering ────────────────────────────────────────────────────────────────────────────────────
    def answer(self, environ, start_response, *, key=None, mark=None, seconds=0):
        """Let Django answer; keep the answer where a key is given and it may be kept; send it packed."""
        begun = []
        response = self.application(environ, lambda *started: begun.append(started))
        status, headers, *failure = begun[0]
        if getattr(response, "streaming", True):
            start_response(status, headers, *failure)
            return response
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not status.startswith("200"):
            return self.pack(environ, start_response, status, headers, response)
        page = make_page(environ, headers, response.content, mark, seconds)
        if key is not None:
            if may_be_kept(environ, headers, page, asked_for=key[-3]):
                if settings.ACCEL_CACHE_SECONDS:
                    # The first header: an nginx before 1.23 that reads Cache-Control earlier obeys that instead.
                    page.headers.insert(0, ("X-Accel-Expires", str(settings.ACCEL_CACHE_SECONDS)))
                self.keep(key, page)
            else:
                self.pass_by(key)
        response.close()
        return send(environ, start_response, page)

    def pack(self, environ, start_response, status, headers, response):
        """An answer that has neither mark nor 304: packed where that pays, else as it is."""
        values = {name.lower(): value for name, value in headers}
        body = response.content
        packable = is_text(values) and len(body) >= WORTH_COMPRESSING and accepts_gzip(environ)
        if packable:
            body = compress(body, padded=is_private(environ, values))
            headers = with_headers(headers, ("Content-Encoding", "gzip"), ("Content-Length", str(len(body))))
        start_response(status, vary(headers))
        response.close()
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def key_of(environ):
    """What a page may differ by, or None where the request is a signed-in or odd one."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
        return None
    query = environ.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY or query.count("&") >= MOST_PARAMETERS:
        return None
    cookies = environ.get("HTTP_COOKIE", "")
    theme = language = ""
    if cookies:
        names = cookie_values(cookies)
        if settings.SESSION_COOKIE_NAME in names or "messages" in names:
            return None
        theme = names.get("theme", "")[:10]
        language = names.get(settings.LANGUAGE_COOKIE_NAME, "")[:10]
    return (
        environ.get("HTTP_HOST", ""),
        environ["wsgi.url_scheme"],
        environ.get("HTTP_X_FORWARDED_PROTO", "")[:10],
        environ.get("HTTP_X_FORWARDED_HOST", "")[:100],
        environ.get("SCRIPT_NAME", ""),
        environ["PATH_INFO"],
        query,
        kind_of_answer(environ.get("HTTP_ACCEPT", "")),
        theme,
        language,
    )


def cookie_values(text):
    return {
        name.strip(): value.strip() for name, _is, value in (part.partition("=") for part in text.split(";"))
    }


def kind_of_answer(accept):
    """Whether a page is what is wanted first, as browsers say; who wants another format is kept apart."""
    return "html" if accept == "text/html" or accept.startswith("text/html,") else "other"


def may_be_kept(environ, headers, page, *, asked_for):
    """Whether the answer is the same for every visitor with the same key."""
    values = {name.lower(): value for name, value in headers}
    control = values.get("cache-control", "").lower()
    varies_by = {name.strip().lower() for name in values.get("vary", "").split(",") if name.strip()}
    is_page = asked_for == "html" and values.get("content-type", "").startswith("text/html")
    return (
        "set-cookie" not in values
        and not environ.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not any(word in control for word in ("no-store", "no-cache", "private"))
        and varies_by <= KNOWN_VARY
        and (is_page or "accept" not in varies_by)
        and len(page.body) <= LARGEST_PAGE
    )


def make_page(environ, headers, body, mark, seconds):
    """The answer with its marks for the browser: packed, with an ETag, to be asked for again each time."""
    values = {name.lower(): value for name, value in headers}
    etag = values.get("etag") or f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    extra = [("ETag", etag)]
    if "cache-control" not in values and "set-cookie" not in values:
        extra.append(("Cache-Control", HTML_CACHE_CONTROL))
    if is_text(values) and len(body) >= WORTH_COMPRESSING:
        body = compress(body, padded=is_private(environ, values))
        extra.append(("Content-Encoding", "gzip"))
    extra.append(("Content-Length", str(len(body))))
    return Page(vary(with_headers(headers, *extra)), body, etag, mark, seconds)


def send(environ, start_response, page):
    """The page, unpacked for who cannot unpack, or 304 for who has it already."""
    if is_known(environ.get("HTTP_IF_NONE_MATCH", ""), page.etag):
        kept = ("etag", "cache-control", "vary", "date", "expires", "content-location", "set-cookie")
        start_response("304 Not Modified", [h for h in page.headers if h[0].lower() in kept])
        return []
    headers, body = page.headers, page.body
    if not accepts_gzip(environ) and ("Content-Encoding", "gzip") in headers:
        body = zlib.decompress(body, wbits=31)
        headers = [h for h in headers if h[0] not in ("Content-Encoding", "Content-Length")]
        headers = [*headers, ("Content-Length", str(len(body)))]
    start_response("200 OK", list(headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def is_known(wanted, etag):
    """RFC 9110 §13.1.2: weak comparison of If-None-Match."""
    if not wanted:
        return False
    return wanted.strip() == "*" or etag.removeprefix("W/") in {
        part.strip().removeprefix("W/") for part in wanted.split(",")
    }


def accepts_gzip(environ):
    for part in environ.get("HTTP_ACCEPT_ENCODING", "").lower().split(","):
        name, _semicolon, quality = part.strip().partition(";")
        if name.strip() == "gzip":
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def is_text(values):
    return "content-encoding" not in values and bool(TEXT.match(values.get("content-type", "")))


def is_private(environ, values):
    """Whether the page may hold a secret: a session came with the request, or a token was made for the page."""
    return (
        "set-cookie" in values
        or bool(environ.get("CSRF_COOKIE_NEEDS_UPDATE"))
        or settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", "")
    )


def compress(body, *, padded):
    """The body packed; with up to 100 random bytes in the header where its length must tell nothing."""
    if not padded:
        return zlib.compress(body, COMPRESSION_LEVEL, wbits=31)
    buffer = io.BytesIO()
    padding = secrets.token_bytes(secrets.randbelow(100)).hex()
    with gzip.GzipFile(padding, "wb", COMPRESSION_LEVEL, buffer, mtime=0) as packed:
        packed.write(body)
    return buffer.getvalue()


def with_headers(headers, *extra):
    """The headers with these in place of any of the same name."""
    names = {name.lower() for name, _value in extra}
    return [*(header for header in headers if header[0].lower() not in names), *extra]


def vary(headers):
    """The headers with Accept-Encoding among what the answer varies by."""
    for place, (name, value) in enumerate(headers):
        if name.lower() == "vary":
            if "accept-encoding" in value.lower():
                return headers
            return [*headers[:place], (name, f"{value}, Accept-Encoding"), *headers[place + 1 :]]
    return [*headers, ("Vary", "Accept-Encoding")]
