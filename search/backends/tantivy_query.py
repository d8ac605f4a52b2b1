"""Tantivy queries out of a Plan, built as objects: nothing a person typed is ever parsed."""

import math
from functools import cache

from tantivy import FieldType, Occur, Query

from search.analysis import stems

MUST, SHOULD = Occur.Must, Occur.Should
# Title and topic outrank the summary, the summary outranks body and file text.
BOOSTS = {"title": 5.0, "summary": 2.0, "body": 0.8}
OTHER_LANGUAGE = 0.8
FOLDED = {"title": 2.5, "name": 3.0, "place": 1.5, "all": 0.3}
CONCEPT, MENTION = 6.0, 1.5
CORRECTED = 0.5
PHRASE_IN_TITLE = 3.0
EXACT = 60.0
MAX_CORRECTED = 6
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz0123456789", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي")


class QueryMaker:
    """Makes the queries of one plan against one searcher."""

    def __init__(self, schema, searcher, plan):
        self.schema, self.searcher, self.plan = schema, searcher, plan
        self.corrected = {}  # word the index does not know → words it knows

    def term(self, field, value):
        return Query.term_query(self.schema, field, value)

    def knows(self, field, value):
        return self.searcher.doc_freq(field, value) > 0

    # ── text ─────────────────────────────────────────────────────────────────────────────────────────
    def text(self, relaxed=False):
        """The words: all parts must match; `relaxed`, two in three. None where nothing was asked."""
        parts = self.plan.parts
        if not parts:
            return Query.empty_query() if self.plan.asked else None
        queries = [self.part(part) for part in parts]
        if relaxed:
            need = max(1, math.ceil(len(queries) * 0.6)) if len(queries) > 2 else 1
            core = Query.boolean_query(
                [(SHOULD, query) for query in queries], minimum_number_should_match=need
            )
        else:
            core = Query.boolean_query([(MUST, query) for query in queries])
        extras = self.extras()
        return Query.boolean_query([(MUST, core), *((SHOULD, extra) for extra in extras)]) if extras else core

    def part(self, part):
        if part.is_phrase and len(part.words) > 1:
            whole = Query.phrase_query(self.schema, "all", part.words)
            title = Query.boost_query(Query.phrase_query(self.schema, "title", part.words), PHRASE_IN_TITLE)
            return Query.boolean_query([(MUST, whole), (SHOULD, title)])
        if part.is_phrase:
            return Query.boolean_query(
                [(MUST, self.term("all", part.words[0])), (SHOULD, self.word(part.words[0]))]
            )
        words = Query.boolean_query([(MUST, self.word(word)) for word in part.words])
        if not part.concepts:
            return words
        ways = [(SHOULD, words)]
        for key in part.concepts:
            ways.append((SHOULD, Query.boost_query(self.term("concept", key), CONCEPT)))
            ways.append((SHOULD, Query.boost_query(self.term("mention", key), MENTION)))
        return Query.boolean_query(ways)

    def word(self, word):
        """A word in every field that knows it, stemmed by every language that may be meant; else near words."""
        ways = self.ways(word)
        if not ways and len(self.corrected) < MAX_CORRECTED:
            for other in self.corrections(word):
                ways += [(SHOULD, Query.boost_query(query, CORRECTED)) for _should, query in self.ways(other)]
        return Query.boolean_query(ways) if ways else Query.empty_query()

    def ways(self, word):
        ways = [
            (SHOULD, Query.boost_query(self.term(field, word), boost))
            for field, boost in FOLDED.items()
            if self.knows(field, word)
        ]
        for number, code in enumerate(self.plan.languages):
            stem = " ".join(stems(word, code))
            for part, boost in BOOSTS.items():
                field = f"{part}_{code}"
                if stem and self.knows(field, stem):
                    boosted = boost if number == 0 else boost * OTHER_LANGUAGE
                    ways.append((SHOULD, Query.boost_query(self.term(field, stem), boosted)))
        return ways

    def extras(self):
        """What lifts a hit without being asked for: the words side by side in the title, and the very name of a thing."""
        words = self.plan.words
        extras = []
        if 2 <= len(words) <= 12:
            together = Query.phrase_query(self.schema, "title", words, slop=1)
            extras.append(Query.boost_query(together, PHRASE_IN_TITLE))
        name = " ".join(words)
        if self.knows("exact", name):
            extras.append(Query.const_score_query(self.term("exact", name), EXACT))
        return extras

    # ── spelling ─────────────────────────────────────────────────────────────────────────────────────
    def corrections(self, word, limit=4):
        """Words of titles one edit away from a word the index does not know, or that it begins; most frequent first."""
        if word not in self.corrected:
            found = {}
            if len(word) >= 4 and not word.isdigit():
                found = {near: self.searcher.doc_freq("title", near) for near in edits(word)}
                for longer, count in self.searcher.terms_with_prefix("title", word, limit=3):
                    found.setdefault(longer, count * 0.5)
            best = sorted(
                (near for near, count in found.items() if count), key=lambda near: (-found[near], near)
            )
            self.corrected[word] = best[:limit]
        return self.corrected[word]

    # ── filters ──────────────────────────────────────────────────────────────────────────────────────
    def filtered(self, text, without=None):
        """The text query within audience, models and filters, but for the filter named `without`."""
        plan = self.plan
        conditions = [self.any_of("audience", plan.audience)]
        if plan.models:
            conditions.append(self.any_of("model", plan.models))
        conditions += [self.filter(name, value) for name, value in plan.filters.items() if name != without]
        silent = [(MUST, Query.const_score_query(condition, 0.0)) for condition in conditions]
        return Query.boolean_query(silent if text is None else [(MUST, text), *silent])

    def filter(self, name, value):
        if name != "year":
            return self.any_of(name, value)
        if value and value[0] == "between":
            return Query.range_query(self.schema, "year", FieldType.Unsigned, value[1], value[2])
        years = [int(one) for one in value if one.isascii() and one.isdigit() and len(one) <= 4]
        return (
            Query.boolean_query([(SHOULD, self.term("year", year)) for year in years])
            if years
            else Query.empty_query()
        )

    def any_of(self, field, values):
        if len(values) == 1:
            return self.term(field, values[0])
        return (
            Query.boolean_query([(SHOULD, self.term(field, value)) for value in values])
            if values
            else Query.empty_query()
        )


@cache
def _letters(arabic):
    return _ALPHABETS[arabic]


def edits(word):
    """All words one insertion, deletion, exchange or swap away."""
    letters = _letters(any("\u0600" <= letter <= "\u06ff" for letter in word))
    near = set()
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        near.update(head + letter + tail for letter in letters)
        if tail:
            near.add(head + tail[1:])
            near.update(head + letter + tail[1:] for letter in letters)
        if len(tail) > 1:
            near.add(head + tail[1] + tail[0] + tail[2:])
    near.discard(word)
    return near
