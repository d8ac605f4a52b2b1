"""Reading the text of a file without trusting it."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

SECONDS = 90


@dataclass(frozen=True)
class Extraction:
    """What came of reading a file. `state` is a value of ResourceFile.Reading; `reason` says why there is no text."""

    state: str
    reason: str = ""
    pages: int | None = None
    text: str = ""
    thumbnail: bytes = b""
    thumbnail_size: tuple[int, int] | None = None


def extract(path, *, seconds=SECONDS):
    """The Extraction of a PDF on disk; never raises for what is in the file, never takes longer than `seconds`."""
    with tempfile.TemporaryDirectory(prefix="portal-file-") as folder:
        try:
            done = run_child(path, folder, seconds)
        except subprocess.TimeoutExpired:
            return Extraction("too_long", f"Reading it took longer than {seconds} seconds.")
        result = Path(folder, "result.json")
        if done.returncode or not result.exists():
            return Extraction("broken", failure(done))
        thumbnail = Path(folder, "page.webp")
        return Extraction(
            **json.loads(result.read_text()), thumbnail=thumbnail.read_bytes() if thumbnail.exists() else b""
        )


def front_of(path, *, seconds):
    """What a PDF on disk says of itself (see the child's `front`); {} where nothing came of reading it in time."""
    with tempfile.TemporaryDirectory(prefix="portal-file-") as folder:
        try:
            done = run_child(path, folder, seconds, "front")
        except subprocess.TimeoutExpired:
            return {}
        result = Path(folder, "result.json")
        return {} if done.returncode or not result.exists() else json.loads(result.read_text())


def run_child(path, folder, seconds, *parts):
    return subprocess.run(  # noqa: S603 (our own module, an absolute path)
        [sys.executable, "-m", "resources.files.child", str(path), folder, *parts],
        cwd=settings.BASE_DIR,
        capture_output=True,
        timeout=seconds,
        check=False,
        env={"PATH": "/usr/bin:/bin"},
    )


def failure(done):
    """Why the child ended without a result."""
    if done.returncode < 0:
        return f"Reading it was stopped (signal {-done.returncode}): too much memory or time."
    last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
    return (last[0] if last else f"Reading it failed ({done.returncode}).")[:200]
