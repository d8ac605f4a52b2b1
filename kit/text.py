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
