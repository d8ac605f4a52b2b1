"""The project's own Python environment: made once, kept in step with the requirements, quick when nothing changed."""

import fcntl
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
REQUIREMENTS = {"run": ["requirements.txt"], "dev": ["requirements.txt", "requirements-dev.txt"]}
SHOWN = re.compile(r"^\s*(Collecting|Building wheel for|Installing collected) ")


class StepFailed(Exception):
    """A step of a command did not work: what went wrong, and what to do about it."""

    def __init__(self, reason, advice):
        super().__init__(reason)
        self.reason, self.advice, self.step = reason, advice, ""

    def report(self, command):
        lines = [
            f"{command} stopped" + (f" at: {self.step}" if self.step else "."),
            *self.reason.strip().splitlines(),
        ]
        return "\n".join(["", *lines, f"What to do: {self.advice}"])


@contextmanager
def step(title):
    """Say what begins and how long it took; a failure inside carries the title."""
    print(f"→ {title}", flush=True)
    started = time.monotonic()
    try:
        yield
    except StepFailed as failure:
        failure.step = failure.step or title
        raise
    print(f"  done in {time.monotonic() - started:.1f} s", flush=True)


def ensure(*, dev=False, venv=ROOT / ".venv", base=None):
    """The path of the environment's Python; makes the environment and installs what is missing or has changed."""
    python = venv / "bin" / "python"
    wanted = {name: fingerprint(files) for name, files in REQUIREMENTS.items() if dev or name == "run"}
    if python.exists() and installed(venv).items() >= wanted.items():
        return python
    with only_one_at_a_time():
        if not python.exists():
            create(venv, base or getattr(sys, "_base_executable", sys.executable))
        if not installed(venv).items() >= wanted.items():
            install(python, venv, REQUIREMENTS["dev" if dev else "run"][-1])
            stamp = {name: fingerprint(files) for name, files in REQUIREMENTS.items() if dev or name == "run"}
            (venv / "installed.json").write_text(json.dumps(stamp))
    return python


def fingerprint(files):
    return hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in files)).hexdigest()


def installed(venv):
    """Fingerprints of the requirements that were installed to the end."""
    try:
        return json.loads((venv / "installed.json").read_text())
    except (OSError, ValueError):
        return {}


@contextmanager
def only_one_at_a_time():
    """Two commands started together must not install into one environment at once."""
    with (ROOT / "requirements.txt").open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("→ Waiting for another command that is setting up the environment", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def create(venv, base):
    with step(f"Create the Python environment in {venv.name}"):
        if base == getattr(sys, "_base_executable", sys.executable) and find_spec("ensurepip") is None:
            raise StepFailed(
                f"{base} has no venv module (ensurepip is missing).",
                "install it, as root: apt install python3-venv. Then start this command again.",
            )
        made = subprocess.run(
            [base, "-m", "venv", "--clear", str(venv)], capture_output=True, text=True, check=False
        )
        if made.returncode:
            raise StepFailed(
                made.stdout + made.stderr,
                f"see that {venv.parent} can be written by you and that python3-venv is installed.",
            )


def install(python, venv, requirements):
    """Install with pip, naming each package as it comes; the whole output stays in the environment's install.log."""
    with step(f"Install what {requirements} lists (the first time takes a minute)"):
        command = [
            python,
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--no-input",
            "--progress-bar",
            "off",
        ]
        log = venv / "install.log"
        with log.open("w") as file:
            pip = subprocess.Popen(
                [*command, "-r", ROOT / requirements],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            for line in pip.stdout:
                file.write(line)
                if SHOWN.match(line):
                    print("  " + line.split(" (")[0].strip()[:100], flush=True)
        if pip.wait():
            end = "\n".join(log.read_text().splitlines()[-12:])
            raise StepFailed(
                end,
                "see that the network reaches the package index that pip is set to use (pip config list), then start"
                f" this command again. The whole output: {log.relative_to(ROOT)}",
            )


def dotenv_names():
    """Names that the checkout's own .env sets; the commands must not override those."""
    try:
        text = (ROOT / ".env").read_text()
    except OSError:
        return set()
    return set(re.findall(r"^\s*(?:export\s+)?([A-Z_][A-Z0-9_]*)\s*=", text, re.MULTILINE))


def is_set(name):
    return name in os.environ or name in dotenv_names()
