"""All that can be learnt of a document from its DOI and its file, before its form is shown."""

from contextlib import contextmanager
from tempfile import NamedTemporaryFile

from django.core.exceptions import ValidationError

from kit.uploads import media_type_of
from resources.metadata.found import Found
from resources.metadata.front import read_front
from resources.metadata.registry import Unavailable, registry


def gather(*, doi="", file=None):
    """(Found, what the registry came to: "found", "unknown", "away" or "" where none was asked).

    What the registry says goes before what the file says; a DOI found in the file is asked for, too.
    """
    inside = front_of(file) if file else Found()
    doi = doi or inside.doi
    asked, said = registry(), None
    if not doi or asked is None:
        return inside, ""
    try:
        said = asked.find(doi)
    except Unavailable:
        return inside.completed_by(Found(doi=doi)), "away"
    if said is None:
        return inside.completed_by(Found(doi=doi)), "unknown"
    return said.completed_by(inside), "found"


def front_of(file):
    """The Found of an uploaded file; empty for what is no PDF."""
    try:
        if media_type_of(file) != "application/pdf":
            return Found()
    except ValidationError:
        return Found()
    with on_disk(file) as path:
        return read_front(path)


@contextmanager
def on_disk(file):
    """A path to an uploaded file, which may be in memory."""
    if hasattr(file, "temporary_file_path"):
        yield file.temporary_file_path()
        return
    with NamedTemporaryFile(prefix="portal-", suffix=".pdf") as copy:
        file.seek(0)
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        file.seek(0)
        yield copy.name
