"""Notes who looked at which item, in front of the page cache: one line in a file, no database, no session.

The file of a day is counted the night after and deleted (`resources.usage`). A line holds a mark of the reader that
means nothing the next day, the country, the path and the name of the program; no address.
"""

import hashlib
import hmac
import logging
import os
import re
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import iptocc
from django.conf import settings

ITEM = re.compile(r"/(?:[a-z]{2}/)?library/(?!desk/)[a-z]+/[^/]+/(?:files/\d+/)?\Z")
COUNTED = ("200", "304")
LONGEST = 300
logger = logging.getLogger(__name__)


class UsageLog:
    """A WSGI application around another: HEAD, parts of a file, what is fetched ahead, and failures are not noted."""

    def __init__(self, application):
        self.application = application
        self.lock = threading.Lock()
        self.day, self.file = "", -1

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if "library/" not in path or not is_counted(environ) or not ITEM.match(path):
            return self.application(environ, start_response)

        def noting(status, headers, *failure):
            if status.startswith(COUNTED):
                self.note(environ, path)
            return start_response(status, headers, *failure)

        return self.application(environ, noting)

    def note(self, environ, path):
        """Write one line. A disk that is full costs the count, never the page."""
        try:
            now = time.time()
            day = datetime.fromtimestamp(now, UTC).date().isoformat()
            line = (
                f"{now:.1f}\t{reader(environ, day)}\t{country(environ)}\t{plain(path)}\t{program(environ)}\n"
            )
            os.write(self.open(day), line.encode())
        except Exception as error:
            logger.warning("a use was not noted: %s", error)

    def open(self, day):
        """The file of the day. Lines are short, so those of several processes do not mix."""
        with self.lock:
            if self.day != day or self.file < 0:
                folder = Path(settings.VAR_DIR) / "usage"
                folder.mkdir(parents=True, exist_ok=True)
                fresh = os.open(folder / f"{day}.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
                if self.file >= 0:
                    os.close(self.file)
                self.day, self.file = day, fresh
            return self.file


def is_counted(environ):
    """COUNTER 5.1: no HEAD, no part of a file, nothing a browser fetches ahead of a click."""
    ahead = (
        environ.get("HTTP_SEC_PURPOSE", "") + environ.get("HTTP_PURPOSE", "") + environ.get("HTTP_X_MOZ", "")
    )
    return environ["REQUEST_METHOD"] == "GET" and "HTTP_RANGE" not in environ and "prefetch" not in ahead


def address(environ):
    """Where the request comes from: behind a proxy, what the proxy adds at the end."""
    forwarded = environ.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or environ.get("REMOTE_ADDR", "")


def reader(environ, day):
    """A mark of the reader, the same all day: by the session where there is one, else by address and program."""
    session = re.search(
        rf"(?:^|;\s*){re.escape(settings.SESSION_COOKIE_NAME)}=([^;]+)", environ.get("HTTP_COOKIE", "")
    )
    text = session[1] if session else f"{address(environ)} {environ.get('HTTP_USER_AGENT', '')}"
    key = f"usage {day} {settings.SECRET_KEY}".encode()
    return hmac.new(key, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:16]


def country(environ):
    """Two letters, or nothing: by the register of addresses, read from memory."""
    try:
        return iptocc.country_code(address(environ)) or ""
    except ValueError:
        return ""


def program(environ):
    return plain(environ.get("HTTP_USER_AGENT", ""))


def plain(text):
    """The text in one line; WSGI hands bytes on as if they were Latin-1."""
    text = text.encode("latin-1", "replace").decode("utf-8", "replace")
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text)[:LONGEST]
