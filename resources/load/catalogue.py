"""The sets a load goes through, in order: laws before what names them, originals before their duplicates."""

from collections.abc import Callable
from dataclasses import dataclass

from resources.load import brief, documents, facts, laws, profiles, programmes, publications, samples


@dataclass(frozen=True)
class Set:
    """A set of records: `read(folder, vocabulary)` gives Records and Skipped rows."""

    name: str
    read: Callable
    file: str = ""


SETS = (
    Set("country profiles", profiles.read),
    Set("publications", publications.read, publications.FILE),
    Set("laws", laws.read, laws.FILE),
    Set("programmes", programmes.read, programmes.FILE),
    Set("references of the brief", brief.read, brief.FILE),
    Set("samples", samples.read),
    Set("documents", documents.read, documents.FILE),
)
FILES = (facts.FILE, facts.TREATIES_FILE, programmes.SERIES_FILE, *(s.file for s in SETS if s.file))
