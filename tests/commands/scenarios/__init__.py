"""What happens to a portal with real processes. Each module is run as a program and prints one line of JSON."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager

import django

django.setup()


@contextmanager
def worker():
    """A real worker for both queues."""
    command = ["-m", "celery", "-A", "portal", "--quiet", "worker", "-P", "solo", "-Q", "celery,search"]
    quiet = ["--loglevel", "ERROR", "--without-gossip", "--without-mingle"]
    process = subprocess.Popen(
        [sys.executable, *command, *quiet], env={**os.environ, "PYTHONWARNINGS": "ignore"}
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(condition, seconds=30):
    """Seconds until the condition held; None when it did not in time."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if condition():
            return time.monotonic() - began
        time.sleep(0.03)
    return None
