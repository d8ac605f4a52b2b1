"""Throw-away web servers beside the throw-away PostgreSQL and Redis of `bin/lib`."""

import os
import socket
import subprocess
import sys
from contextlib import contextmanager

from lib.environment import ROOT
from lib.processes import start, stop
from lib.services import free_port, wait_until

WORKERS = 3


def gunicorn(folder, application, options, environment):
    """The portal's own web server on a free port; gives (process, port)."""
    return web_server(folder, ["gunicorn", "-b", "127.0.0.1:{port}", *options, application], environment)


@contextmanager
def web_server(folder, command, environment):
    """A web server, `command` being what stands after `python -m`, on a free port; gives (process, port)."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [sys.executable, "-m", *(part.format(port=port) for part in command)]
    with (folder / "log").open("w+") as log:
        child = start(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until(lambda: connects(port), child, log, command[2])
            yield child, port
        finally:
            stop([child])


def connects(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
