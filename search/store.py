"""Index folders on disk: a pointer to the one in use, the lock around writing, and the journal of a rebuild.

PATH/current          name of the folder in use, replaced atomically
PATH/v-…/             one index; `portal.json` in it names the engine and the version of the schema
PATH/write.lock       held around each batch
PATH/rebuild.lock     held while a rebuild runs; what is written meanwhile is noted in PATH/journal
"""

import fcntl
import json
import os
import random
import shutil
import time
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from kit.generation import changed
from search.results import SearchUnavailable

SCHEMA_VERSION = 2
ABSENT = _("There is no search index yet. `bin/manage rebuild_index` makes it.")
DAMAGED = _("The search index is damaged. `bin/manage rebuild_index` repairs it.")
OTHER_VERSION = _("The search index was made by another version. `bin/manage rebuild_index` makes it anew.")
BUSY = _("The search index is being written by another program.")


class Locked(Exception):
    """Another process held the lock for as long as one may wait."""


class Store:
    """The folders of one index. Network file systems are not supported: the locks are the host's."""

    def __init__(self, path, engine):
        self.path, self.engine = Path(path), engine

    def name(self):
        """The folder in use, by name; "" where there is none."""
        try:
            return (self.path / "current").read_text().strip()
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise SearchUnavailable(DAMAGED) from error

    def folder(self):
        """The folder in use; SearchUnavailable where it is gone or was made by another version of the portal."""
        name = self.name()
        if not name:
            raise Missing(ABSENT)
        folder = self.path / name
        try:
            about = json.loads((folder / "portal.json").read_text())
        except (OSError, ValueError) as error:
            raise SearchUnavailable(DAMAGED) from error
        if about != self.about():
            raise SearchUnavailable(OTHER_VERSION)
        return folder

    def about(self):
        return {"engine": self.engine, "schema": SCHEMA_VERSION}

    def new_folder(self):
        """An empty folder for a new index, not yet in use."""
        folder = self.path / f"v-{time.time_ns():x}"
        folder.mkdir(parents=True)
        (folder / "portal.json").write_text(json.dumps(self.about()))
        return folder

    def use(self, folder):
        """Point to this folder at once for all processes, and drop the older ones, of which the last is kept.

        A reader may still be opening the one before; it stays until the next rebuild.
        """
        before = self.name()
        pointer = self.path / f"current.{os.getpid()}"
        pointer.write_text(folder.name)
        pointer.replace(self.path / "current")
        for other in self.path.glob("v-*"):
            if other.name not in (folder.name, before):
                shutil.rmtree(other, ignore_errors=True)

    @contextmanager
    def writing(self, wait=30.0):
        """Hold the write lock, waiting for it up to `wait` seconds with a random pause between tries.

        What pages show may be another thing afterwards, so those kept are made anew.
        """
        with self._lock("write.lock", wait):
            yield
        changed()

    @contextmanager
    def rebuilding(self):
        """Hold the rebuild lock with an empty journal; Locked where another rebuild runs."""
        with self._lock("rebuild.lock", 0.0):
            with self.writing():
                (self.path / "journal").write_text("")
            try:
                yield
            finally:
                (self.path / "journal").unlink(missing_ok=True)

    def note(self, identifiers):
        """While a rebuild runs, note what was written, for it to be written into the new index too."""
        journal = self.path / "journal"
        if not journal.exists():
            return
        try:
            with self._lock("rebuild.lock", 0.0):
                journal.unlink()  # left behind by a rebuild that was killed
        except Locked:
            with journal.open("a") as lines:
                lines.writelines(f"{identifier}\n" for identifier in identifiers)

    def noted(self):
        """What was written since the rebuild began, once each."""
        try:
            return list(dict.fromkeys((self.path / "journal").read_text().split()))
        except FileNotFoundError:
            return []

    @contextmanager
    def _lock(self, name, wait):
        self.path.mkdir(parents=True, exist_ok=True)
        until = time.monotonic() + wait
        with (self.path / name).open("a") as handle:
            while True:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError as error:
                    if time.monotonic() >= until:
                        raise Locked(f"another process holds {name}") from error
                    time.sleep(random.uniform(0.01, 0.05))  # noqa: S311 (a pause, not a secret)
            yield


class Missing(SearchUnavailable):
    """There is no index at all: never made, or its folder was removed."""
