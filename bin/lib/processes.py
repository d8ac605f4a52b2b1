"""Child processes that never outlive the command that started them."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

PR_SET_PDEATHSIG = 1
QUICK_DEATH_SECONDS = 15
QUICK_DEATHS = 5
LONGEST_PAUSE = 30


def _libc():
    try:
        return ctypes.CDLL(None, use_errno=True)
    except OSError:
        return None


LIBC = _libc() if sys.platform == "linux" else None


def start(command, *, death_signal=signal.SIGTERM, **options):
    """A child in its own session, so that Ctrl-C reaches it only through us; the kernel ends it if we are killed."""
    parent = os.getpid()

    def tie():
        if LIBC:
            LIBC.prctl(PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:
            os._exit(1)

    return subprocess.Popen(
        [str(part) for part in command], start_new_session=True, preexec_fn=tie, **options
    )


def stop(children, *, patience=12, first=signal.SIGTERM):
    """Ask all children to end, wait together, then kill what is left with all that it started."""
    for child in children:
        if child.poll() is None:
            child.send_signal(first)
    until = time.monotonic() + patience
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.0, until - time.monotonic()))
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


class Child:
    """One named process: its output is shown with its name, and it is started again when it dies."""

    def __init__(self, name, command, **options):
        self.name, self.command, self.options = name, command, options
        self.process = None
        self.started = self.again_at = 0.0
        self.quick_deaths = 0

    def start(self):
        self.started = time.monotonic()
        self.process = start(
            self.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **self.options
        )
        threading.Thread(target=self._show, args=(self.process.stdout,), daemon=True).start()

    def _show(self, stream):
        for line in stream:
            print(f"{self.name:<7}│ {line.rstrip()}", flush=True)

    def look_after(self):
        """Start again what died, later each time it dies young; False where it keeps dying."""
        now = time.monotonic()
        if self.process.poll() is None:
            if now - self.started > QUICK_DEATH_SECONDS:
                self.quick_deaths = 0
            return True
        if not self.again_at:
            self.quick_deaths = self.quick_deaths + 1 if now - self.started < QUICK_DEATH_SECONDS else 1
            if self.quick_deaths >= QUICK_DEATHS:
                return False
            pause = min(2 ** (self.quick_deaths - 1), LONGEST_PAUSE)
            self.again_at = now + pause
            print(
                f"{self.name} ended ({ending(self.process.returncode)}); starting it again in {pause} s",
                flush=True,
            )
        elif now >= self.again_at:
            self.again_at = 0.0
            self.start()
        return True


def ending(code):
    if code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"


class Supervisor:
    """Runs children until a signal comes or one of them cannot be kept alive."""

    def __init__(self, children):
        self.children = children
        self.stopping = threading.Event()

    def stop_on_signals(self):
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._signalled)

    def _signalled(self, _number, _frame):
        if self.stopping.is_set():
            for child in self.children:
                if child.process and child.process.poll() is None:
                    os.killpg(child.process.pid, signal.SIGKILL)
        self.stopping.set()

    def run(self, when_started):
        """Start all, call `when_started()` in between, and look after them. Returns the exit code."""
        failed = None
        try:
            for child in self.children:
                child.start()
            if not self.stopping.is_set():
                when_started()
            while not self.stopping.wait(0.25):
                failed = next((child for child in self.children if not child.look_after()), None)
                if failed:
                    print(
                        f"{failed.name} ended {QUICK_DEATHS} times in a row; its last lines stand above.",
                        flush=True,
                    )
                    break
        finally:
            print("Stopping…", flush=True)
            stop([child.process for child in self.children if child.process])
        return 1 if failed else 0
