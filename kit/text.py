"""Folding text for comparison."""

import re
import unicodedata

_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": None}
)
_ARABIC_LETTER = re.compile(r"[\u0600-\u06ff]")
_MARKS = re.compile(f"[{''.join(chr(c) for c in range(0x300, 0x10000) if unicodedata.combining(chr(c)))}]+")
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text):
    """Lower case without accents, Arabic letter forms and vowel signs, punctuation as single spaces."""
    text = text or ""
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text).casefold())
    if _ARABIC_LETTER.search(text):
        text = text.translate(_ARABIC)
    return _NOT_WORD.sub(" ", text).strip()


def one_line(text, limit):
    """The text without control characters and spare blanks, cut to `limit` characters, and whether it was cut."""
    text = "".join(
        " " if c in "\t\n\r" else c
        for c in text[: limit * 4]
        if c in "\t\n\r" or unicodedata.category(c)[0] != "C"
    )
    words = " ".join(text.split())
    return words[:limit].rstrip(), len(words) > limit
