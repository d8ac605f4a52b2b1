"""`bin/serve`: the whole portal on this machine, from a fresh checkout to pages in the browser."""

import argparse
import errno
import json
import os
import signal
import socket
import tempfile
import time
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from lib import environment
from lib.environment import ROOT, StepFailed
from lib.processes import Child, Supervisor, start, stop

START_SECONDS = 60


def main(arguments):
    options = parse(arguments)
    began = time.monotonic()
    signal.signal(signal.SIGTERM, interrupt)
    refuse_a_taken_port(options.host, options.port)
    python = environment.ensure()
    settings_for(options)
    summary = prepare(python, options.data)
    supervisor = Supervisor(children(python, options, summary))
    supervisor.stop_on_signals()
    return supervisor.run(lambda: announce(supervisor, options, summary, began))


def interrupt(_number, _frame):
    """A SIGTERM during the set-up ends it as Ctrl-C does, so that children are stopped."""
    raise KeyboardInterrupt


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="bin/serve",
        description="Set up and start the whole portal: web, worker and clock. With nothing configured it runs on SQLite"
        " in var/; DATABASE_URL and REDIS_URL (environment or .env) choose PostgreSQL and Redis. Ctrl-C stops it.",
    )
    parser.add_argument("--port", type=int, default=8000, help="port of the web server (8000)")
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (127.0.0.1; 0.0.0.0 for all)"
    )
    parser.add_argument(
        "--data",
        choices=["demo", "empty"],
        help="demo: load the shipped records and two accounts to sign in with; empty: vocabularies only."
        " Without it: what the last start used, or else demo (empty where DATABASE_URL is set)",
    )
    options = parser.parse_args(arguments)
    if not 1 <= options.port <= 65535:
        parser.error(f"--port must lie between 1 and 65535, not {options.port}")
    return options


def refuse_a_taken_port(host, port):
    """Say at once that the port is taken, before anything is installed or loaded."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror:
            raise StepFailed(
                f"{host} is not an address of this machine.", "use --host 127.0.0.1 or --host 0.0.0.0."
            ) from None
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise StepFailed(
                    f"Port {port} is taken.", f"choose another one: bin/serve --port {port + 1}"
                ) from None
            if error.errno == errno.EACCES:
                raise StepFailed(
                    f"Port {port} needs root.", "choose one above 1023: bin/serve --port 8000"
                ) from None
            raise StepFailed(
                f"Cannot listen on {host}:{port}: {error.strerror}.", "choose another --host or --port."
            ) from None


def settings_for(options):
    """Names of this machine, where neither the environment nor .env says otherwise."""
    everywhere = options.host in {"0.0.0.0", "::"}  # noqa: S104
    name = socket.gethostname() if everywhere else options.host
    if not environment.is_set("SITE_URL"):
        shown = "localhost" if options.host == "127.0.0.1" else name
        os.environ["SITE_URL"] = f"http://{shown}:{options.port}"
    if not environment.is_set("ALLOWED_HOSTS"):
        names = dict.fromkeys(["localhost", "127.0.0.1", "[::1]", name, *(addresses() if everywhere else [])])
        os.environ["ALLOWED_HOSTS"] = ",".join(names)


def addresses():
    try:
        return [info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    except socket.gaierror:
        return []


def prepare(python, data):
    """Bring database, translations, static files, data and index up to date; returns what `prepare` reports."""
    with tempfile.NamedTemporaryFile("r", suffix=".json") as report:
        command = [
            python,
            ROOT / "manage.py",
            "prepare",
            "--report",
            report.name,
            *(["--data", data] if data else []),
        ]
        child = start(command, cwd=ROOT)
        try:
            code = child.wait()
        finally:
            stop([child])
        if code:
            raise StepFailed(
                "",
                "the message above names the step; mend it and start bin/serve again. What was done stays done.",
            )
        return json.load(report)


def children(python, options, summary):
    """Embedded: one worker for both queues. Server profile: deliveries beside the one process that writes the index."""
    celery = [python, "-m", "celery", "-A", "portal", "--quiet"]
    worker = [*celery, "worker", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    # Celery warns at length when root starts it; on a small machine that is how a demonstration is run.
    here = {"cwd": ROOT, "env": {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore"}}
    address = f"[{options.host}]:{options.port}" if ":" in options.host else f"{options.host}:{options.port}"
    web = Child(
        "web",
        [python, "-m", "gunicorn", "-c", "python:portal.gunicorn", "-b", address, "portal.wsgi"],
        **here,
    )
    clock = Child("clock", [*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""], **here)
    if summary["profile"] == "embedded":
        return [
            web,
            Child("worker", [*worker, "-P", "solo", "-Q", "celery,search", "-n", "worker@%h"], **here),
            clock,
        ]
    return [
        web,
        Child("worker", [*worker, "-c", "2", "-Q", "celery", "-n", "worker@%h"], **here),
        Child("index", [*worker, "-P", "solo", "-Q", "search", "-n", "index@%h"], **here),
        clock,
    ]


def announce(supervisor, options, summary, began):
    """Wait until pages come, then say where, and with which accounts."""
    host = "127.0.0.1" if options.host == "0.0.0.0" else options.host  # noqa: S104
    host = f"[{host}]" if ":" in host else host
    until = time.monotonic() + START_SECONDS
    opener = build_opener(ProxyHandler({}))
    while not supervisor.stopping.wait(0.05):
        try:
            opener.open(f"http://{host}:{options.port}/healthz", timeout=5).close()
            break
        except (URLError, OSError):
            if supervisor.children[0].process.poll() is not None or time.monotonic() > until:
                print("The web server did not start; its lines stand above.", flush=True)
                return
    if supervisor.stopping.is_set():
        return
    lines = [f"The portal runs at {os.environ.get('SITE_URL') or summary['site_url']}/"]
    lines += [f"  sign in as {a['email']} with {a['password']} ({a['role']})" for a in summary["accounts"]]
    lines.append(
        f"  {summary['profile']} profile, data in {summary['data_in']}; started in {time.monotonic() - began:.1f} s"
    )
    lines.append("  Ctrl-C stops it.")
    print("\n" + "\n".join(lines) + "\n", flush=True)
