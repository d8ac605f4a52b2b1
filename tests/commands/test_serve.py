"""`bin/serve` from outside: what it prints, what answers, and what is left when it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest
from django.conf import settings

SERVE = settings.BASE_DIR / "bin" / "serve"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(address):
    """(status, text) of an address of this machine."""
    try:
        with build_opener(ProxyHandler({})).open(address, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def family(pid):
    """All processes below one, by number."""
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                state, parent = file.read().rpartition(")")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if state != "Z":
            parents.setdefault(int(parent), []).append(int(name))
    found, waiting = [], [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def alive(pids):
    return [pid for pid in pids if os.path.exists(f"/proc/{pid}")]


@contextmanager
def serving(portal, *arguments):
    """Start bin/serve and wait until it says that it runs; yields the process and what it printed."""
    process = subprocess.Popen(
        [sys.executable, SERVE, *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env=portal.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    printed = []
    try:
        for line in process.stdout:
            printed.append(line)
            if "Ctrl-C stops it" in line:
                break
        assert "Ctrl-C stops it" in "".join(printed[-1:]), "".join(printed)
        yield process, "".join(printed)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_it_starts_an_empty_portal_and_stops_all_of_it_at_a_signal(empty_portal):
    port = free_port()

    with serving(empty_portal, "--port", port, "--data", "empty") as (process, printed):
        started = family(process.pid)
        home = get(f"http://127.0.0.1:{port}/")
        ready = get(f"http://127.0.0.1:{port}/readyz")
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()
        code = process.wait(30)

    assert "→ Bring the database up to date" in printed
    assert "→ Load countries, topics, organisations and languages" in printed
    assert f"The portal runs at http://localhost:{port}/" in printed
    assert "sign in as" not in printed
    assert (home[0], ready[0], json.loads(ready[1])["ready"]) == (200, 200, True)
    assert len(started) >= 4
    assert (code, alive(started)) == (0, [])
    assert "Traceback" not in printed + rest


def test_a_second_start_has_nothing_to_do(empty_portal):
    with serving(empty_portal, "--port", free_port(), "--data", "empty"):
        pass
    began = time.monotonic()

    with serving(empty_portal, "--port", free_port()) as (_process, printed):
        seconds = time.monotonic() - began

    assert "→" not in printed
    assert seconds < 15  # some 2 s on a quiet machine


def test_a_taken_port_is_refused_at_once(empty_portal):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        answer = empty_portal.run(sys.executable, SERVE, "--port", port)

    assert answer.returncode == 1
    assert answer.stderr.strip().splitlines() == [
        "bin/serve stopped.",
        f"Port {port} is taken.",
        f"What to do: choose another one: bin/serve --port {port + 1}",
    ]
    assert not empty_portal.folder.exists()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--port", "70000"], "--port must lie between 1 and 65535, not 70000"),
        (["--data", "everything"], "invalid choice: 'everything'"),
        (["--port", "http"], "invalid int value: 'http'"),
    ],
)
def test_options_that_make_no_sense_are_refused_with_the_usage(empty_portal, arguments, complaint):
    answer = empty_portal.run(sys.executable, SERVE, *arguments)

    assert answer.returncode == 2
    assert answer.stderr.startswith("usage: bin/serve")
    assert complaint in answer.stderr


def test_a_database_that_is_away_stops_the_start_and_is_named(empty_portal):
    empty_portal.environment["DATABASE_URL"] = f"postgresql://portal:geheim@127.0.0.1:{free_port()}/portal"

    answer = empty_portal.run(sys.executable, SERVE, "--port", free_port())

    assert answer.returncode == 1
    assert "The database does not answer" in answer.stdout + answer.stderr
    assert "geheim" not in answer.stdout + answer.stderr
    assert "Traceback" not in answer.stdout + answer.stderr
