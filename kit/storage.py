"""Reading stored files wherever they lie: on a disk, or in a bucket that has no paths."""

from contextlib import contextmanager
from tempfile import NamedTemporaryFile

CHUNK = 64 * 1024


class StorageUnavailable(OSError):
    """The storage does not answer, or refuses. It says nothing about the file itself."""


def open_part(stored, first, last):
    """An open stored file that gives the bytes from `first` to `last`: something to read and to close.

    A bucket sends no more than these bytes; a file on disk is opened and placed, and read no further by `Part`.
    FileNotFoundError where the content is gone.
    """
    if hasattr(stored.storage, "open_part"):
        return stored.storage.open_part(stored.name, first, last)
    content = stored.storage.open(stored.name, "rb")
    content.seek(first)
    return content


class Part:
    """So many bytes of an open file as chunks; closing it closes the file."""

    def __init__(self, content, length):
        self.content, self.left = content, length

    def __iter__(self):
        while self.left and (chunk := self.content.read(min(CHUNK, self.left))):
            self.left -= len(chunk)
            yield chunk

    def close(self):
        self.content.close()


@contextmanager
def on_disk(stored, size):
    """A path to the content, copied where the storage has no paths. FileNotFoundError where the content is gone."""
    if not hasattr(stored.storage, "open_part"):
        if not stored.storage.exists(stored.name):
            raise FileNotFoundError(stored.name)
        yield stored.path
        return
    with NamedTemporaryFile(prefix="portal-") as copy:
        part = Part(open_part(stored, 0, size - 1), size)
        try:
            copy.writelines(part)
        finally:
            part.close()
        copy.flush()
        yield copy.name
