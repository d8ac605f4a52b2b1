"""The search the other way round: one document, and which of many stored searches it answers to.

Asking every stored search would cost more with each of them. Instead each leaves its anchors behind: the few terms of
which a document must hold at least one to answer to it, those that the fewest documents have. The anchors that a
document's `terms` meet name the candidates, and `Single.answers` asks those: the very questions of `search.find`,
put to an index of one document, so both judge alike. Only what `find` offers instead of nothing (words set right, or
three words in five) is no answer here.
"""

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
MOST_PLANS = 5000
_plans, _plans_for = {}, None


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

    def answers(self, plan):
        """Whether the document answers to a plan in full: every part of its text, and every filter."""
        asked = SingleQuestion(plan, self)
        return asked.filtered(asked.text())

    def terms(self):
        """All anchors that could name this document."""
        found = {EVERY}
        found.update(f"w:{word}" for word in self.words)
        found.update(f"{code}:{stem}" for code, known in self.stems.items() for stem in known)
        found.update(f"c:{key}" for key in self.concepts)
        found.update(f"f:{name}:{value}" for name, values in self.facets.items() for value in values)
        return {term[:LONGEST] for term in found}


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


def plan_of(text, filters, models=()):
    """The plan of a stored search; plans are kept until the vocabulary changes."""
    global _plans, _plans_for
    if concepts() is not _plans_for or len(_plans) > MOST_PLANS:
        _plans, _plans_for = {}, concepts()
    key = (text, repr(filters), models)
    if key not in _plans:
        _plans[key] = make_plan(text, filters=filters, models=models)
    return _plans[key]


def anchors(plan):
    """The terms of which a document must hold one to answer to a plan: those of its rarest condition."""
    conditions = [terms for part in plan.parts for terms in part_terms(part, plan)]
    if plan.asked and not conditions:
        return set()  # nothing but signs was typed: find answers nothing, so nothing can
    conditions += [terms for name, value in plan.filters.items() if (terms := filter_terms(name, value))]
    if not conditions:
        return {EVERY}
    return {term[:LONGEST] for term in min(conditions, key=frequencies(plan))}


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
    """The terms of a filter's values; none for years without end, which say too little."""
    if name == "year" and value[0] == "between":
        first, last = value[1:]
        return {f"f:year:{year}" for year in range(first, last + 1)} if last - first < MOST_YEARS else set()
    known = [one for one in value if name != "year" or is_year(one)]
    return {f"f:{name}:{one}" for one in known} or {EVERY}


def frequencies(plan):
    """A function that says of a set of terms in how many documents of the index they stand, taken together."""
    try:
        ask = engine().asked(plan).frequency
    except SearchUnavailable:
        # Any choice is right; without an index to ask, long words are the better guess.
        return lambda terms: min(RARELY_KNOWN // len(term) for term in terms)

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
