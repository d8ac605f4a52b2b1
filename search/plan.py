"""From what a person typed to what is asked of the engine. No query language: every character is only text."""

import re
from dataclasses import dataclass, field

from kit.text import fold
from search.analysis import languages_of, stopwords
from search.documents import FACETS
from search.synonyms import concepts

MAX_CHARACTERS = 2000
MAX_TERMS = 32
MAX_WORD = 60
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]+)["“”„«»]')


@dataclass(slots=True)
class Part:
    """Words that belong together: one word, a quoted phrase, or the words that name a concept."""

    words: list[str]
    is_phrase: bool = False
    concepts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """What is asked. Every part must match; `languages` are those whose stemmers read it, the reader's first."""

    parts: list[Part] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    filters: dict[str, object] = field(default_factory=dict)
    audience: tuple[str, ...] = ("public",)
    models: tuple[str, ...] = ()
    also: list[str] = field(default_factory=list)
    asked: bool = False  # something was typed, even if no word was left of it
    typed: list[str] = field(default_factory=list)  # all words in their order, those without meaning as well

    @property
    def words(self):
        return [word for part in self.parts for word in part.words]

    @property
    def key(self):
        """What makes two plans the same question, apart from page and order."""
        parts = tuple((tuple(p.words), p.is_phrase) for p in self.parts)
        return (
            parts,
            tuple(self.typed),
            tuple(self.languages),
            self.asked,
            tuple(sorted(self.filters.items())),
            self.audience,
            self.models,
        )


def make_plan(text="", *, filters=None, language="en", audience=("public",), models=()):
    """The plan for a typed text and chosen filters; whatever the text holds, it is bounded and safe."""
    plan = Plan(
        audience=tuple(sorted(audience)), models=tuple(sorted(models)), filters=clean_filters(filters)
    )
    text = (text or "")[:MAX_CHARACTERS]
    plan.asked = bool(text.strip())
    plan.typed = words_of(text)[:MAX_TERMS]
    left = MAX_TERMS
    for start, piece in enumerate(_QUOTED.split(text)):
        words = words_of(piece)[:left]
        left -= len(words)
        if not words:
            continue
        if start % 2:
            plan.parts.append(Part(words, is_phrase=True))
        else:
            plan.parts += loose_parts(words, languages_of(" ".join(words), language))
    plan.languages = languages_of(" ".join(plan.words), language)
    named = sorted({key for part in plan.parts for key in part.concepts})
    plan.also = concepts().others(named, plan.words) if named else []
    return plan


def words_of(text):
    """The folded words of a text that an index term can hold."""
    return [word for word in fold(text).split() if len(word) <= MAX_WORD]


def loose_parts(words, languages):
    """Unquoted words as parts: concepts first, then word by word, leaving out what carries no meaning."""
    named = {start: (size, keys) for start, size, keys in concepts().in_query(words, languages)}
    parts, at = [], 0
    while at < len(words):
        size, keys = named.get(at, (1, []))
        parts.append(Part(words[at : at + size], concepts=keys))
        at += size
    parts = list({tuple(part.words): part for part in parts}.values())
    meant = [part for part in parts if part.concepts or part.words[0] not in stopwords()]
    return meant or parts


def clean_filters(filters):
    """Filters of known fields as sorted tuples of texts, the year as (first, last) or as years; empty ones left out."""
    clean = {}
    for name, value in (filters or {}).items():
        if name not in FACETS or value in (None, "", [], (), set()):
            continue
        if name == "year" and isinstance(value, tuple) and len(value) == 2:
            first, last = (_year(year) for year in value)
            clean[name] = ("between", 0 if first is None else first, 9999 if last is None else last)
        else:
            values = [value] if isinstance(value, str | int) else value
            clean[name] = tuple(sorted({str(one)[:200] for one in values}))
    return clean


def _year(value):
    """A year as a number from 0 to 9999, or None where there is none."""
    try:
        return min(max(int(value), 0), 9999)
    except (TypeError, ValueError, OverflowError):
        return None
