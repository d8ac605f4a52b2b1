"""A plain HTTP client that asks for many addresses over kept connections."""

import gzip
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection

CLIENTS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, bytes of the body on the wire and after unpacking, and the body."""

    status: int
    wire: int
    raw: int
    body: bytes
    headers: dict


class WrongAnswer(Exception):
    """A page that is measured must be a page; the message names the address and its status."""


def ask(port, addresses, **headers):
    """Get every address in turn over one connection; returns the answers. Any status but 200, and 206 where a part is asked for, is an error."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    answers = []
    for address in addresses:
        connection.request(
            "GET",
            address,
            headers={
                "Accept": "text/html",
                "Accept-Encoding": "gzip",
                "Accept-Language": "en",
                "Host": f"localhost:{port}",
                **headers,
            },
        )
        response = connection.getresponse()
        body = response.read()
        if response.status != (206 if "Range" in headers else 200):
            raise WrongAnswer(f"{address} answered {response.status}: {plain(response, body)[:300]!r}")
        answers.append(
            Answer(
                response.status,
                len(body),
                len(plain(response, body)),
                plain(response, body),
                dict(response.headers),
            )
        )
    connection.close()
    return answers


def plain(response, body):
    encoding = response.headers.get("Content-Encoding", "")
    if encoding == "gzip":
        return gzip.decompress(body)
    return zlib.decompress(body) if encoding == "deflate" else body


def ask_all(port, addresses, clients=CLIENTS, **headers):
    """Share the addresses among clients that ask at the same time; returns all answers."""
    shares = [addresses[n::clients] for n in range(clients)]
    with ThreadPoolExecutor(clients) as pool:
        return [
            answer
            for answers in pool.map(lambda share: ask(port, share, **headers), shares)
            for answer in answers
        ]
