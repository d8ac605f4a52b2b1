"""How a Plan is asked, the same on every engine: which words count in which field, and for how much."""

import math

from kit.text import fold
from search.analysis import LANGUAGES, stopwords, term_of
from search.highlight import Highlighter
from search.synonyms import concepts

# Title and topic outrank the summary, the summary outranks body and file text.
BOOSTS = {"title": 5.0, "summary": 2.0, "body": 0.8}
OTHER_LANGUAGE = 0.8
FOLDED = {"title": 2.5, "name": 3.0, "place": 1.5, "all": 0.3}
NAMED, CONCEPT, MENTION = 4.0, 4.0, 1.5
YEAR = 2.0
CORRECTED = 0.5
PHRASE_IN_TITLE = 3.0
EXACT = 500.0
ALIKE_WORDS = 6
MAX_CORRECTED = 6
SAME_COUNTRY, SAME_KIND = 3.0, 0.5
_LATIN, _ARABIC = "abcdefghijklmnopqrstuvwxyz0123456789", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


class Question:
    """A plan asked of one state of an index. An engine's subclass gives the primitives; their answers are its own.

    term(field, value) · phrase(field, words, slop) · between(field, first, last) · every(queries) ·
    some(queries, at_least) · lifted(query, extras) · boosted(query, factor) · constant(query, score) · nothing() ·
    narrowed(query or None, conditions) · frequency(field, value) · continued(field, prefix, limit)
    """

    def __init__(self, plan):
        self.plan = plan
        self.relaxed = False
        self.corrected = {}  # word the index does not know → words it knows

    # ── text ─────────────────────────────────────────────────────────────────────────────────────────
    def text(self, relaxed=False):
        """The words: all parts must match; `relaxed`, three in five. None where nothing was asked."""
        parts = self.plan.parts
        if not parts:
            return self.nothing() if self.plan.asked else None
        self.relaxed = relaxed
        queries = [self.part(part) for part in parts]
        if relaxed:
            core = self.some(queries, math.ceil(len(queries) * 0.6) if len(queries) > 2 else 1)
        else:
            core = self.every(queries)
        extras = self.extras()
        return self.lifted(core, extras) if extras else core

    def part(self, part):
        if part.is_phrase and len(part.words) > 1:
            title = self.boosted(self.phrase("title", part.words), PHRASE_IN_TITLE)
            return self.lifted(self.phrase("all", part.words), [title])
        if part.is_phrase:
            return self.lifted(self.term("all", part.words[0]), [self.word(part.words[0])])
        words = self.every([self.word(word) for word in part.words])
        if not part.concepts:
            return words
        ways = [words]
        for key in part.concepts:
            ways.append(self.boosted(self.term("named", key), NAMED))
            ways.append(self.boosted(self.term("concept", key), CONCEPT))
            ways.append(self.boosted(self.term("mention", key), MENTION))
        return self.some(ways)

    def word(self, word):
        """A word in every field that knows it, stemmed by every language that may be meant; else near words."""
        ways = self.ways(word)
        if not ways and len(self.corrected) < MAX_CORRECTED:
            ways = [
                self.boosted(way, CORRECTED) for other in self.corrections(word) for way in self.ways(other)
            ]
        return self.some(ways) if ways else self.nothing()

    def ways(self, word):
        """The fields that know a word, each with its weight."""
        ways = [
            self.boosted(self.term(field, word), boost)
            for field, boost in FOLDED.items()
            if self.frequency(field, word)
        ]
        if word.isascii() and word.isdigit() and 1900 <= int(word) < 2100:
            ways.append(self.constant(self.term("year", int(word)), YEAR))
        for number, code in enumerate(self.plan.languages):
            _folded, stem = term_of(word, code)
            for part, boost in BOOSTS.items():
                field = f"{part}_{code}"
                if stem and self.frequency(field, stem):
                    ways.append(
                        self.boosted(self.term(field, stem), boost if number == 0 else boost * OTHER_LANGUAGE)
                    )
        return ways

    def extras(self):
        """What lifts a hit unasked: the words side by side in the title, and the very name of a thing."""
        words, extras = self.plan.typed, []
        if 2 <= len(words) <= 12:
            extras.append(self.boosted(self.phrase("title", words, slop=1), PHRASE_IN_TITLE))
        name = " ".join(words)
        if self.frequency("exact", name):
            extras.append(self.constant(self.term("exact", name), EXACT))
        return extras

    # ── spelling ─────────────────────────────────────────────────────────────────────────────────────
    def corrections(self, word, limit=4):
        """Title words one edit away from an unknown word, or that it begins; the most frequent first."""
        if word not in self.corrected:
            found = {}
            if len(word) >= 4 and not word.isdigit():
                found = {near: self.frequency("title", near) for near in edits(word)}
                for longer, count in self.continued("title", word, 3):
                    found.setdefault(longer, count * 0.5)
            best = sorted(
                (near for near, count in found.items() if count), key=lambda near: (-found[near], near)
            )
            self.corrected[word] = best[:limit]
        return self.corrected[word]

    def unknown(self):
        """{word: near words} of the words that no field knows."""
        return {word: self.corrections(word) for word in self.plan.words[:12] if not self.ways(word)}

    def highlighter(self):
        """Marks what this question found: its words, set right where they were unknown, and their stems."""
        words = [near for word in self.plan.words for near in self.corrected.get(word) or [word]]
        stemmed = {code: {term_of(word, code)[1] for word in words} for code in LANGUAGES}
        keys = {key for part in self.plan.parts for key in part.concepts}
        return Highlighter(
            words, stemmed, [label for key in keys for label in concepts().spoken.get(key, ())]
        )

    # ── filters ──────────────────────────────────────────────────────────────────────────────────────
    def filtered(self, text, without=None):
        """The text query within audience, models and filters, but for the filter named `without`."""
        plan = self.plan
        conditions = [self.any_of("audience", plan.audience)]
        if plan.models:
            conditions.append(self.any_of("model", plan.models))
        conditions += [self.filter(name, value) for name, value in plan.filters.items() if name != without]
        return self.narrowed(text, conditions)

    def filter(self, name, value):
        if name != "year":
            return self.any_of(name, value)
        if value[0] == "between":
            return self.between("year", max(1, value[1]), value[2])  # 0 stands for no year
        numbers = [int(one) for one in value if one.isascii() and one.isdigit() and len(one) <= 4]
        return self.any_of("year", [number for number in numbers if number])

    def any_of(self, field, values):
        queries = [self.term(field, value) for value in values]
        return queries[0] if len(queries) == 1 else self.some(queries) if queries else self.nothing()

    # ── related, suggestions ─────────────────────────────────────────────────────────────────────────
    def alike(self, shown):
        """What shares concepts, title words or countries with a document; see search.documents.Shown."""
        ways = [self.boosted(self.term("concept", key), CONCEPT) for key in shown.concepts]
        title = {
            word: count
            for word in dict.fromkeys(fold(shown.texts[0][2]).split()[:40])
            if len(word) > 2 and word not in stopwords() and (count := self.frequency("title", word)) > 1
        }
        # The rarest say most, and each further word makes more documents to weigh.
        ways += [
            self.boosted(self.term("title", word), FOLDED["title"])
            for word in sorted(title, key=title.get)[:ALIKE_WORDS]
        ]
        if not ways:
            return self.nothing()
        extras = [self.constant(self.term("country", code), SAME_COUNTRY) for code in shown.countries[:5]]
        return self.lifted(
            self.some(ways), [*extras, self.constant(self.term("kind", shown.kind), SAME_KIND)]
        )

    def titled(self, words, beginning):
        """Titles with all these words and one that begins like `beginning`."""
        parts = [self.term("title", word) for word in words]
        if beginning:
            endings = sorted(self.continued("title", beginning, 60), key=lambda pair: (-pair[1], pair[0]))[
                :20
            ]
            parts.append(self.any_of("title", [word for word, _count in endings]))
        return self.every(parts) if parts else self.nothing()


def edits(word):
    """All words one insertion, deletion, exchange or swap away."""
    letters = _ARABIC if any("\u0600" <= letter <= "\u06ff" for letter in word) else _LATIN
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
