"""A registry of DOIs on this machine, in the shape of Crossref's REST API."""

import json
import time
from contextlib import contextmanager, suppress

from django.test import override_settings

from tests import web_server

WORK = {
    "DOI": "10.1000/cash",
    "URL": "https://doi.org/10.1000/cash",
    "type": "journal-article",
    "title": ["Cash &amp; care in <i>Malawi</i>"],
    "abstract": "<jats:p>What <jats:bold>was</jats:bold> paid.</jats:p>",
    "author": [
        {"given": "Chikondi", "family": "Banda"},
        {"name": "Cash Working Group"},
        "nobody",
    ],
    "container-title": ["Journal of Transfers"],
    "volume": "12",
    "issue": "3",
    "page": "1-20",
    "language": "en",
    "published": {"date-parts": [[2021, 5]]},
    "publisher": "United Nations Children's Fund",
}


@contextmanager
def serving(answers):
    """(address, asked paths) of a server that answers paths with (status, headers, body) or a callable of the handler."""
    asked = []

    class Pages(dict):
        def get(self, path, default=None):
            def page(handler):
                asked.append(handler.path)
                answer = answers.get(path, (404, {}, b"{}"))
                return answer(handler) if callable(answer) else answer

            return page

    with web_server.serving() as server, override_settings(FETCH_INSIDE=["127.0.0.1"]):
        server.pages = Pages()
        yield server.address, asked


def works(**changes):
    """The answer of the registry about WORK, with some parts changed."""
    body = json.dumps({"status": "ok", "message": {**WORK, **changes}}).encode()
    return {"/works/10.1000%2Fcash": (200, {"Content-Type": "application/json"}, body)}


def drip(handler):
    """An answer that never ends, a byte at a time."""
    handler.send_response(200)
    handler.end_headers()
    with suppress(OSError):
        for _n in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
