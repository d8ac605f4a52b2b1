"""Folding text for comparison."""

import re
import unicodedata

_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": None}
)
_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)


def fold(text):
    """Lower case without accents, Arabic letter forms and vowel signs, punctuation as single spaces."""
    text = unicodedata.normalize("NFKD", text or "").casefold()
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(_ARABIC)
    return _NOT_WORD.sub(" ", text).replace("_", " ").strip()


def one_line(text, limit):
    """The text without control characters and spare blanks, cut to `limit` characters, and whether it was cut."""
    text = "".join(
        " " if c in "\t\n\r" else c
        for c in text[: limit * 4]
        if c in "\t\n\r" or unicodedata.category(c)[0] != "C"
    )
    words = " ".join(text.split())
    return words[:limit].rstrip(), len(words) > limit
