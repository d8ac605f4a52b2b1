"""Web servers compared under the portal: CPU time per request and requests a second, with the same workers and threads.

gunicorn is what the portal runs on. The others are measured where they are installed:
`pip install granian uvicorn[standard] a2wsgi`, beside what requirements-dev.txt lists.
"""

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from time import monotonic

from bench import services
from bench.cpu import cpu_seconds, memory
from portal import gunicorn

CONNECTIONS = 12
TURNS = 6
WARM_UP = 600


@dataclass(frozen=True)
class Choice:
    """A way to run the portal: the packages it needs, and its command line after `python -m`."""

    name: str
    packages: tuple[str, ...]
    command: tuple[str, ...]
    has_page_cache: bool = True


def choices():
    workers, threads = str(services.WORKERS), str(gunicorn.threads)
    uvicorn = (
        "uvicorn",
        "--host",
        "127.0.0.1",
        "--workers",
        workers,
        "--log-level",
        "warning",
        "--no-access-log",
    )
    granian = ("granian", "--host", "127.0.0.1", "--workers", workers, "--log-level", "warning")
    return [
        Choice(
            "gunicorn, gthread",
            ("gunicorn",),
            ("gunicorn", "-c", "python:portal.gunicorn", "-w", workers, "-b", "127.0.0.1:{port}", "portal.wsgi"),
        ),
        Choice(
            "granian, WSGI",
            ("granian",),
            (*granian, "--interface", "wsgi", "--blocking-threads", threads, "--port", "{port}", "portal.wsgi:application"),
        ),
        Choice(
            "uvicorn, a2wsgi",
            ("uvicorn", "httptools", "uvloop", "a2wsgi"),
            (*uvicorn, "--port", "{port}", "bench.asgi:around_wsgi"),
        ),
        Choice(
            "uvicorn, Django's ASGI",
            ("uvicorn", "httptools", "uvloop"),
            (*uvicorn, "--port", "{port}", "bench.asgi:application"),
            has_page_cache=False,
        ),
    ]  # fmt: skip


@dataclass
class Compared:
    """One line of the table. `memory_mb` is what the server's processes hold together, shared pages counted once."""

    server: str
    page: str
    cpu_ms: float
    per_second: float
    memory_mb: float


PAGES = [
    ("a trivial view: robots.txt", "/robots.txt", "0", 1.0),
    ("the list, uncached", "/library/", "0", 0.25),
    ("the list, from the page cache", "/library/", "600", 1.0),
]


def compare(folder, shared, requests, say=print):
    """Measure every installed server on every page, in turns, so that what else the machine does falls on all."""
    there = [choice for choice in choices() if all(find_spec(name) for name in choice.packages)]
    for missing in (choice for choice in choices() if choice not in there):
        say(f"{missing.name}: not measured, {', '.join(missing.packages)} is not installed")
    results = []
    for page, address, seconds, share in PAGES:
        some = [choice for choice in there if choice.has_page_cache or seconds == "0"]
        with ExitStack() as stack:
            runs = []
            for number, choice in enumerate(some):
                server = services.web_server(
                    folder / f"{seconds}-{page[:5]}-{number}",
                    choice.command,
                    {"PAGE_CACHE_SECONDS": seconds, "WEB_THREADS": str(gunicorn.threads)},
                )
                child, port = stack.enter_context(server)
                runs.append(Run(choice.name, address, port, [child.pid], shared))
            for turn in range(TURNS):
                # Each turn begins with another one, so that none is always the first.
                for run in runs[turn % len(runs) :] + runs[: turn % len(runs)]:
                    run.ask(round(requests * share / TURNS))
            for run in runs:
                results.append(run.compared(page))
                say(line(results[-1]))
    return [asdict(result) for result in results]


class Run:
    """The requests to one server and what they cost."""

    def __init__(self, name, address, port, own, shared):
        self.name, self.port, self.own, self.processes = name, port, own, [*own, *shared]
        self.request = (
            f"GET {address} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: text/html\r\n"
            "Accept-Encoding: gzip\r\nAccept-Language: en\r\n\r\n"
        ).encode()
        self.count = self.spent = self.took = 0.0
        ask_all(port, self.request, WARM_UP)

    def ask(self, count):
        before, began = cpu_seconds(self.processes), monotonic()
        ask_all(self.port, self.request, count)
        self.took += monotonic() - began
        self.spent += cpu_seconds(self.processes) - before
        self.count += count

    def compared(self, page):
        return Compared(
            self.name,
            page,
            cpu_ms=self.spent * 1000 / self.count,
            per_second=self.count / self.took,
            memory_mb=memory(self.own) / 2**20,
        )


def line(result):
    return (
        f"{result.page:<32}{result.server:<26}{result.cpu_ms:>8.2f} ms CPU  "
        f"{result.per_second:>7.0f} a second  {result.memory_mb:>5.0f} MB"
    )


def ask_all(port, request, count):
    """Ask `count` times over kept connections that ask at the same time; any status but 200 is an error."""
    shares = [count // CONNECTIONS + (number < count % CONNECTIONS) for number in range(CONNECTIONS)]
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for _done in pool.map(lambda share: ask(port, request, share), shares):
            pass


def ask(port, request, count):
    """The cheapest client there is: whatever it spends, the servers cannot have."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        for _number in range(count):
            connection.sendall(request)
            read_answer(connection)


def read_answer(connection):
    data = b""
    while (end := data.find(b"\r\n\r\n")) < 0:
        data += received(connection)
    head = data[:end].lower()
    if not head.startswith(b"http/1.1 200"):
        raise ValueError(f"not a page: {head[:200]!r}")
    body = len(data) - end - 4
    _before, found, length = head.partition(b"\r\ncontent-length:")
    if not found:
        raise ValueError(f"an answer without its length: {head[:400]!r}")
    wanted = int(length.partition(b"\r\n")[0])
    while body < wanted:
        body += len(received(connection))


def received(connection):
    if not (chunk := connection.recv(65536)):
        raise ValueError("the server closed the connection in the middle of an answer")
    return chunk
