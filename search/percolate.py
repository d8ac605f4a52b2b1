"""The search the other way round: one document, and which of many stored searches it answers to.

Asking every stored search would cost more with each of them. Instead each leaves its anchors behind: the few terms of
which a document must hold at least one to answer to it, those that the fewest documents have. The anchors that a
document's `terms` meet name the candidates. `Single.answers` turns most of them away because another condition meets
no term, and asks the rest: the very questions of `search.find`, put to an index of one document, so both judge alike. Only what `find` offers instead of nothing (words set right, or
three words in five) is no answer here.
"""

from functools import cached_property

from kit.text import fold
from search.analysis import LANGUAGES, MAX_TERM_BYTES, stems
from search.find import engine
from search.plan import make_plan
from search.questions import Question
from search.results import SearchUnavailable
from search.synonyms import concepts

EVERY = "*"  # the anchor of a search that asks for nothing in particular
LONGEST = 200
MOST_YEARS = 40
RARELY_KNOWN = 10**6
MOST_KEPT = 20_000
_kept, _kept_for = {}, None


class Single:
    """One document as an index that holds nothing else."""

    def __init__(self, document):
        self.lines, self.stems = [], {code: set() for code in LANGUAGES}
        for text in document.texts:
            for written in filter(None, (text.title, text.summary, text.body)):
                folded = fold(written)
                self.lines.append(folded.split())
                if text.language in LANGUAGES:
                    self.stems[text.language].update(stems(folded, text.language))
        for value in dict.fromkeys([*document.names, *document.places, *document.topics]):
            self.lines.append(fold(value).split())
        self.words = {
            word
            for line in self.lines
            for word in line
            if len(word) < 20 or len(word.encode("utf-8", "replace")) < MAX_TERM_BYTES
        }
        self.concepts = document.named | document.concepts | document.mentions
        self.facets = {
            "audience": set(document.audience),
            "model": {document.model},
            **{name: set(values) for name, values in document.facets.items()},
        }

    def answers(self, stored):
        """Whether the document answers to a stored search in full: every part of its text, and every filter."""
        if any(condition.isdisjoint(self.terms) for condition in stored.conditions):
            return False
        asked = SingleQuestion(stored.plan, self)
        return asked.filtered(asked.text())

    @cached_property
    def terms(self):
        """All anchors that could name this document."""
        found = {EVERY}
        found.update(f"w:{word}" for word in self.words)
        found.update(f"{code}:{stem}" for code, known in self.stems.items() for stem in known)
        found.update(f"c:{key}" for key in self.concepts)
        found.update(f"f:{name}:{value}" for name, values in self.facets.items() for value in values)
        return cut(found)


class SingleQuestion(Question):
    """A plan asked of one document: every answer is yes or no, so weights and lifts fall away."""

    def __init__(self, plan, single):
        super().__init__(plan)
        self.single = single

    def term(self, field, value):
        single = self.single
        if field in single.facets or field == "year":
            return str(value) in single.facets.get(field, ())
        if field in ("named", "concept", "mention"):
            return value in single.concepts
        code = field.rpartition("_")[2]
        return value in single.stems.get(code, single.words)

    def phrase(self, field, words, slop=0):
        size = len(words)
        return words[0] in self.single.words and any(
            line[start : start + size] == words
            for line in self.single.lines
            for start in range(len(line) - size + 1)
            if line[start] == words[0]
        )

    def between(self, field, first, last):
        return any(first <= int(value) <= last for value in self.single.facets.get(field, ()))

    def every(self, queries):
        return all(queries)

    def some(self, queries, at_least=1):
        return sum(queries) >= at_least

    def lifted(self, query, extras):
        return query

    def boosted(self, query, factor):
        return query

    def constant(self, query, score):
        return query

    def nothing(self):
        return False

    def narrowed(self, query, conditions):
        return query is not False and all(conditions)

    def frequency(self, field, value):
        return int(self.term(field, value))

    def extras(self):
        return []

    def corrections(self, word, limit=4):
        return []


class Stored:
    """A stored search: its plan, and the sets of terms of which a document must hold one each."""

    __slots__ = ("conditions", "plan")

    def __init__(self, plan):
        self.plan = plan
        self.conditions = [cut(terms) for part in plan.parts for terms in part_terms(part, plan)]
        if plan.asked and not plan.parts:
            self.conditions.append(set())  # only signs were typed: find answers nothing, so nothing can
        self.conditions += [cut(filter_terms(name, value)) for name, value in plan.filters.items()]

    def anchors(self):
        """The terms of the rarest condition: a document that holds none of them does not answer."""
        return min(self.conditions, key=frequencies(self.plan), default={EVERY})


def stored(text, filters, models=()):
    """The stored search of a text and filters, kept in memory until the vocabulary changes."""
    global _kept, _kept_for
    if concepts() is not _kept_for or len(_kept) > MOST_KEPT:
        _kept, _kept_for = {}, concepts()
    key = (text, repr(filters), models)
    if key not in _kept:
        _kept[key] = Stored(make_plan(text, filters=filters, models=models))
    return _kept[key]


def cut(terms):
    return {term[:LONGEST] for term in terms}


def part_terms(part, plan):
    """For each word of a part the terms of which one must be there; what names a concept may say it otherwise."""
    ways = set() if part.is_phrase else {f"c:{key}" for key in part.concepts}
    return [ways | word_terms(word, plan, is_exact=part.is_phrase) for word in part.words]


def word_terms(word, plan, *, is_exact):
    terms = {f"w:{word}"}
    if is_exact:
        return terms
    if is_year(word):
        terms.add(f"f:year:{int(word)}")
    stemmed = {code: " ".join(stems(word, code)) for code in plan.languages}
    return terms | {f"{code}:{stem}" for code, stem in stemmed.items() if stem}


def is_year(word):
    return word.isascii() and word.isdigit() and len(word) <= 4


def filter_terms(name, value):
    """The terms of a filter's values; any document's for years without end, which say too little."""
    if name == "year" and value[0] == "between":
        first, last = value[1:]
        is_short = last - first < MOST_YEARS
        return {f"f:year:{year}" for year in range(first, last + 1)} if is_short else {EVERY}
    known = [one for one in value if name != "year" or is_year(one)]
    return {f"f:{name}:{one}" for one in known} or {EVERY}


def frequencies(plan):
    """A function that says of a set of terms in how many documents of the index they stand, taken together."""
    try:
        ask = engine().asked(plan).frequency
    except SearchUnavailable:
        # Any choice is right; without an index to ask, long words are the better guess.
        return lambda terms: min((RARELY_KNOWN // len(term) for term in terms), default=0)

    def count(term):
        kind, _colon, value = term.partition(":")
        if term == EVERY:
            return RARELY_KNOWN
        if kind == "f":
            name, _colon, value = value.partition(":")
            return ask(name, int(value) if name == "year" else value)
        if kind == "c":
            return sum(ask(field, value) for field in ("named", "concept", "mention"))
        fields = ["all"] if kind == "w" else [f"{part}_{kind}" for part in ("title", "summary", "body")]
        return max(ask(field, value) for field in fields)

    return lambda terms: sum(map(count, terms))
