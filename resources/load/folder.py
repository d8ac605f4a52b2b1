"""Where the files of the sources are: a folder given with --from, else the sets shipped with the repository."""

import csv
import json
from pathlib import Path

SHIPPED = Path(__file__).resolve().parent.parent / "data"


class MissingData(Exception):
    """A folder or a file the load needs is not there; the message says which and what was expected."""


class Folder:
    """Files by their path inside the data folder; what the given folder lacks is read from the shipped sets."""

    def __init__(self, root=None):
        self.root = Path(root).expanduser() if root else SHIPPED
        if not self.root.is_dir():
            raise MissingData(f"There is no folder {self.root}.")

    def expect_any(self, paths):
        """Refuse a folder that holds none of the files a load could use."""
        if not any((self.root / path).is_file() for path in paths):
            listing = "\n".join(f"  {path}" for path in paths)
            raise MissingData(f"{self.root} holds none of the files to load. Expected some of:\n{listing}")

    def path(self, name):
        """The file in this folder or in the shipped sets; None where neither has it."""
        for root in (self.root, SHIPPED):
            if (root / name).is_file():
                return root / name
        return None

    def rows(self, name):
        """The rows of a CSV file as dicts of stripped texts."""
        path = self.path(name)
        if path is None:
            return []
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [
                {key: (value or "").strip() for key, value in row.items() if key}
                for row in csv.DictReader(file)
            ]

    def json(self, name):
        """A JSON file, or None."""
        path = self.path(name)
        return json.loads(path.read_text(encoding="utf-8")) if path else None
