"""A registry of DOIs on this machine, in the shape of Crossref's REST API."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

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

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            answer = answers.get(self.path, (404, {}, b"{}"))
            if callable(answer):
                answer(self)
                return
            status, headers, body = answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def works(**changes):
    """The answer of the registry about WORK, with some parts changed."""
    body = json.dumps({"status": "ok", "message": {**WORK, **changes}}).encode()
    return {"/works/10.1000%2Fcash": (200, {"Content-Type": "application/json"}, body)}


def drip(handler):
    """An answer that never ends, a byte at a time."""
    handler.send_response(200)
    handler.end_headers()
    try:
        for _n in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass
