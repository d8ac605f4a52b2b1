"""Marks the found words in a title and in the best part of a summary; safe HTML out of any text."""

import re
import unicodedata
from collections import defaultdict
from functools import cache
from itertools import pairwise

from django.utils.html import escape

from search.analysis import term_of

SNIPPET_CHARACTERS = 240
BEFORE = 50
# Letters of a word as written: accents may follow as signs of their own, and Arabic vowel signs and tatweel.
_LETTER = r"[\w\u0300-\u036f\u064b-\u065f\u0670\u0640]"
_ARABIC = "[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"
_ACCENT = "[\u0300-\u036f]?"
_WORD_LETTER = re.compile(r"\w")


class Highlighter:
    """Knows the words of one query, and the (language, stems) of the concepts it names, "" for any language.

    Marks a word that is one of the query's, or has the same stem in the text's language, and whole labels of
    its concepts.
    """

    def __init__(self, words, stems_by_language, labels=()):
        self.words, self.stems = frozenset(words), stems_by_language
        self.labels, self.acronyms = defaultdict(set), set()  # labels by language and first stem
        for language, label in labels:
            if language:
                self.labels[language, label[0]].add(label)
            else:
                self.acronyms |= {label[0], f"{label[0]}s"}
        beginnings = sorted(
            {_beginning(word) for word in [*self.words, *(w for _l, label in labels for w in label)]}
        )
        self.candidates = (
            re.compile(rf"(?<!\w)(?:{'|'.join(beginnings)}){_LETTER}*", re.IGNORECASE) if beginnings else None
        )

    def title(self, text, language):
        """The whole title with <mark>, or "" where nothing is to be marked."""
        found = self._found(text, language)
        return _marked(text, found, 0, len(text)) if found else ""

    def snippet(self, text, language):
        """Some 40 words of the summary where most of the query's words stand, or "" where none does."""
        found = self._found(text, language)
        if not found:
            return ""
        if len(text) <= SNIPPET_CHARACTERS * 1.2:
            return _marked(text, found, 0, len(text))
        reach = SNIPPET_CHARACTERS - BEFORE
        best = max(
            found,
            key=lambda one: (len({stem for at, _end, stem in found if 0 <= at - one[0] < reach}), -one[0]),
        )
        start = max(0, min(best[0] - BEFORE, len(text) - SNIPPET_CHARACTERS))
        end = min(len(text), start + SNIPPET_CHARACTERS)
        start = text.rfind(" ", 0, start + 1) + 1 if start else 0
        end = text.find(" ", end) if end < len(text) and " " in text[end:] else len(text)
        return ("… " if start else "") + _marked(text, found, start, end) + (" …" if end < len(text) else "")

    def _found(self, text, language):
        """(start, end, stem) of the words to be marked."""
        if self.candidates is None:
            return []
        stems, words = self.stems.get(language, frozenset()), self.words
        near = [(*match.span(), *term_of(match[0], language)) for match in self.candidates.finditer(text)]
        acronyms, labelled = self.acronyms, set()
        for first, (_start, _end, _folded, stem) in enumerate(near):
            for label in self.labels.get((language, stem), ()):
                if _says(near[first : first + len(label)], label, text):
                    labelled.update(range(first, first + len(label)))
        return [
            (start, end, stem)
            for at, (start, end, folded, stem) in enumerate(near)
            if folded in words or stem in stems or folded in acronyms or at in labelled
        ]


def _says(run, label, text):
    """Whether these candidates stand side by side in the text and say a label."""
    return [stem for _start, _end, _folded, stem in run] == list(label) and not any(
        _WORD_LETTER.search(text, left[1], right[0]) for left, right in pairwise(run)
    )


def _marked(text, found, start, end):
    out, at = [], start
    for begin, stop, _stem in found:
        if start <= begin and stop <= end:
            out += [escape(text[at:begin]), "<mark>", escape(text[begin:stop]), "</mark>"]
            at = stop
    return "".join([*out, escape(text[at:end])]).strip()


@cache
def _spellings():
    """{letter: all letters that fold to it}, for the Latin alphabet."""
    spellings = defaultdict(str)
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFKD", chr(code)).casefold()[:1]
        if base.isascii():
            spellings[base] += chr(code)
    return spellings


def _beginning(word):
    """A pattern for how a word that may have this one's stem begins: stemmers change endings (Arabic: any part)."""
    if re.match(_ARABIC, word):
        return _ARABIC
    return "".join(f"[{re.escape(letter)}{_spellings()[letter]}]{_ACCENT}" for letter in word[:3])
