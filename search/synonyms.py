"""Concepts: words that mean the same in any of the five languages ("CCT", "conditional cash transfer").

A room above registers where they come from; search never asks upwards:

    register_synonyms(source)

`source()` returns (key, labels) pairs, where `key` is the code the documents carry in their topic facet (a
topic's slug) and `labels` is a list of (language, text) pairs, the concept's own name first. A label of capital
letters ("CCT", "SRSP") is an acronym: in documents it counts only where it is written in capitals.
"""

import re
import time
from dataclasses import dataclass, field

from kit.text import fold
from search.analysis import LANGUAGES, stems, stopwords

MAX_WORDS = 7
FRESH_SECONDS = 60
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]{1,9}s?\b")
_sources = []
_cached = None


@dataclass
class Concepts:
    """The labels of all concepts, ready to be looked for in a text."""

    phrases: dict[str, dict[tuple, set]] = field(default_factory=lambda: {code: {} for code in LANGUAGES})
    acronyms: dict[str, set] = field(default_factory=dict)
    labels: dict[str, list] = field(default_factory=dict)
    spoken: dict[str, list] = field(
        default_factory=dict
    )  # key → (language, stems) of each label, "" for acronyms
    firsts: dict[str, dict] = field(default_factory=dict)  # first word → the lengths of its phrases
    capitals: set[str] = field(default_factory=set)  # the folded words an acronym may stand as in a text

    def add(self, key, labels):
        self.labels[key] = [text for _language, text in labels]
        for language, text in labels:
            if _ACRONYM.fullmatch(text):
                self.acronyms.setdefault(fold(text), set()).add(key)
                self.capitals |= {fold(text), f"{fold(text)}s"}
                self.spoken.setdefault(key, []).append(("", (fold(text),)))
                continue
            # "Cash+" would fold to the plain word "cash".
            words = tuple(stems(fold(text), language)) if language in LANGUAGES and "+" not in text else ()
            if 0 < len(words) <= MAX_WORDS:
                self.phrases[language].setdefault(words, set()).add(key)
                self.spoken.setdefault(key, []).append((language, words))
                self.firsts.setdefault(language, {}).setdefault(words[0], set()).add(len(words))

    def in_part(self, text, part):
        """Keys of the concepts that a part of a document's Text names in its language, acronyms in capitals included."""
        found = set()
        if not self.capitals.isdisjoint(text.words(part)):
            for acronym in _ACRONYM.findall(getattr(text, part)):
                folded = acronym.lower()
                found |= self.acronyms.get(folded) or self.acronyms.get(folded.removesuffix("s"), set())
        phrases, firsts = self.phrases.get(text.language), self.firsts.get(text.language)
        if phrases:
            stemmed = text.stems(part)
            for start, stem in enumerate(stemmed):
                if stem in firsts:
                    for size in firsts[stem]:
                        found |= phrases.get(tuple(stemmed[start : start + size]), set())
        return found

    def in_query(self, words, languages):
        """(start, length, keys) of the concepts a query names, the longest first, without overlap."""
        stemmed = {code: stems(" ".join(words), code) for code in languages if code in self.phrases}
        found, start = [], 0
        while start < len(words):
            for size in range(min(MAX_WORDS, len(words) - start), 0, -1):
                keys = set()
                for code, line in stemmed.items():
                    keys |= self.phrases[code].get(tuple(line[start : start + size]), set())
                if size == 1 and words[start] not in stopwords():
                    acronym = words[start]
                    keys |= self.acronyms.get(acronym) or self.acronyms.get(acronym.removesuffix("s"), set())
                if keys:
                    found.append((start, size, sorted(keys)))
                    start += size
                    break
            else:
                start += 1
        return found

    def others(self, keys, words, limit=5):
        """Labels of these concepts that say it in other words than the query did."""
        said = " ".join(words)
        labels = [text for key in keys for text in self.labels.get(key, ()) if fold(text) not in said]
        return list(dict.fromkeys(labels))[:limit]


def register_synonyms(source):
    """Take (key, labels) pairs from `source()`, asked again at most once a minute."""
    if source not in _sources:
        _sources.append(source)
        forget()
    return source


def forget():
    """Ask the sources anew at the next search."""
    global _cached
    _cached = None


def concepts():
    """The concepts of all sources."""
    global _cached
    now = time.monotonic()
    if _cached is None or now - _cached[0] > FRESH_SECONDS:
        asked = [(key, list(labels)) for source in _sources for key, labels in source()]
        if _cached is None or _cached[1] != asked:
            made = Concepts()
            for key, labels in asked:
                made.add(key, labels)
            _cached = (now, asked, made)
        else:
            _cached = (now, asked, _cached[2])
    return _cached[2]
