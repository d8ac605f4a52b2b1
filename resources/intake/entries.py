"""What a format hands on: entries one after the other, cleaned so that any database takes them."""

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass, field

MOST_ROWS = 50_000
LONGEST_VALUE = 100_000
MOST_VALUES = 500
# Control characters but tab and line end, half characters, and marks that turn the text around them.
_BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


class NotReadable(Exception):
    """The file or the answer as a whole cannot be read; the message says why, for the person who sent it."""


@dataclass(slots=True)
class Entry:
    """One record as it stands in its source. `unreadable` says why nothing can be made of it."""

    ref: str
    title: str = ""
    data: dict = field(default_factory=dict)
    unreadable: str = ""
    is_deleted: bool = False


def clean(value):
    """The value with every text in it in composed letters, without control characters, of a bearable length."""
    if isinstance(value, str):
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        text = _BAD.sub("", text)
        return (text if text.isascii() else unicodedata.normalize("NFC", text))[:LONGEST_VALUE].strip()
    if isinstance(value, dict):
        return {clean(str(name)): clean(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [clean(one) for one in value[:MOST_VALUES]]
    return value


def digest_of(data):
    """A reference for an entry that brings none: equal for equal content."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=10).hexdigest()
