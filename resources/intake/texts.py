"""Text out of bytes of an unknown encoding."""

import codecs

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.intake.entries import NotReadable

ENCODINGS = [
    ("", gettext_lazy("Find out")),
    ("utf-8-sig", "UTF-8"),
    ("utf-16", "UTF-16"),
    ("cp1252", gettext_lazy("Western European (Windows-1252)")),
    ("cp1256", gettext_lazy("Arabic (Windows-1256)")),
    ("cp1251", gettext_lazy("Cyrillic (Windows-1251)")),
    ("cp1250", gettext_lazy("Central European (Windows-1250)")),
]
_MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]


def encoding_of(content):
    """The encoding by its mark, by zeros at every second byte, by being UTF-8; else the Western European of Windows."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    start = content[:2000]
    if len(start) >= 4 and b"\0" in start:
        even, odd = start[::2].count(0), start[1::2].count(0)
        if max(even, odd) * 5 > len(start):
            return "utf-16-be" if even > odd else "utf-16-le"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def decode(content, encoding=""):
    """(text, name of the encoding). NotReadable where the bytes are no text in it."""
    name = encoding or encoding_of(content)
    try:
        return content.decode(name), name
    except UnicodeDecodeError as error:
        if not encoding and name == "cp1252":
            # Five bytes stand for nothing in Windows-1252; ISO 8859-1 takes every byte.
            return content.decode("latin-1"), "latin-1"
        raise NotReadable(
            _("The text is not in %(encoding)s: byte %(place)d cannot be read. Choose another encoding.")
            % {"encoding": name, "place": error.start + 1}
        ) from error
    except UnicodeError as error:
        raise NotReadable(
            _("The text is not in %(encoding)s. Choose another encoding.") % {"encoding": name}
        ) from error
