"""What a room hands to the index: one document for each thing a search can find."""

import datetime
import hashlib
import json
import marshal
from dataclasses import dataclass, field

from kit.text import fold, fold_words
from search.analysis import stems_of, stopwords
from search.results import Hit, Suggestion

FACETS = ("kind", "country", "region", "income", "topic", "language", "year", "organisation")
PARTS = ("title", "summary", "body")  # of a text
SUMMARY_SHOWN = 1200  # characters kept for highlighting; some 200 words


@dataclass(slots=True)
class Text:
    """One language version: what is searched and, but for the body, what a hit shows. `url` without language prefix."""

    language: str
    pk: int
    title: str
    summary: str = ""
    body: str = ""
    url: str = ""
    _parts: dict = field(default_factory=dict, init=False, repr=False, compare=False)

    def words(self, part):
        """The folded words of its title, summary or body, worked out once."""
        return self._read(part)[0]

    def stems(self, part):
        """Their stems in its language; None where there is no stemmer for it."""
        return self._read(part)[1]

    def _read(self, part):
        read = self._parts.get(part)
        if read is None:
            words = fold_words(getattr(self, part))
            read = self._parts[part] = words, stems_of(words, self.language)
        return read


@dataclass(slots=True)
class Name:
    """A name the search box suggests while one types: a topic, a country, an organisation."""

    text: str
    kind: str
    language: str = ""
    url: str = ""


@dataclass(slots=True)
class Document:
    """One findable thing with all its language versions; `texts[0]` leads.

    `facets` holds lists of codes by field of FACETS. `names`, `topics` and `places` are searched texts; what is always said
    together, like a topic's name in all languages, is best one text. `concepts` are the keys of the concepts the thing is about
    (see search.synonyms), `named` those its titles say, `mentions` those it only touches. `exact` are texts which, like its
    titles, typed alone mean this very thing; `front` puts it before everything else then. `suggest` holds what
    `suggest_terms` made of names. `day` counts from 1970-01-01.
    """

    model: str
    pk: int
    texts: list[Text]
    facets: dict[str, list[str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    concepts: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    mentions: set[str] = field(default_factory=set)
    exact: list[str] = field(default_factory=list)
    front: bool = False
    suggest: list[str] = field(default_factory=list)
    audience: tuple[str, ...] = ("public",)
    day: int = 0

    @property
    def id(self):
        return f"{self.model}.{self.pk}"

    @property
    def members(self):
        """Identifiers of all versions the document speaks for."""
        return [f"{self.model}.{text.pk}" for text in self.texts]

    @property
    def kind(self):
        return (self.facets.get("kind") or [""])[0]

    def shown(self):
        """What a hit needs without asking the database, as bytes; `Shown.read` reads it."""
        texts = [[t.language, t.pk, t.title, t.summary[:SUMMARY_SHOWN], t.url] for t in self.texts]
        parts = [self.model, self.kind, texts, sorted(self.concepts), self.facets.get("country", [])]
        return json.dumps(parts, ensure_ascii=False).encode("utf-8", "replace")

    def said_exactly(self):
        """The folded texts that mean this very thing."""
        return {*(" ".join(text.words("title")) for text in self.texts), *map(fold, self.exact)}

    def weight(self):
        """What the score is multiplied with: up to 6 % more for what is recent, a tenth more in front."""
        age = max(0.0, datetime.date.today().year - (1970 + self.day / 365.25))
        return 1.0 + 0.06 * max(0.0, 1.0 - age / 40) + (0.1 if self.front else 0.0)

    def stamp(self):
        """A 63-bit checksum of everything in the document; drift shows by it."""
        parts = (
            self.model,
            [(t.language, t.pk, t.title, t.summary, t.body, t.url) for t in self.texts],
            sorted((k, sorted(v)) for k, v in self.facets.items()),
            self.names,
            self.topics,
            self.places,
            sorted(self.concepts),
            sorted(self.named),
            sorted(self.mentions),
            self.exact,
            self.front,
            sorted(self.suggest),
            sorted(self.audience),
            self.day,
        )
        # Format 2 of marshal has no references, so equal values always give the same bytes.
        digest = hashlib.blake2b(marshal.dumps(parts, 2), digest_size=8).digest()
        return int.from_bytes(digest, "big") >> 1


@dataclass(slots=True)
class Shown:
    """What the index keeps of a document to show it. Each text is language, pk, title, summary, url."""

    model: str
    kind: str
    texts: list[list]
    concepts: list[str]
    countries: list[str]

    @classmethod
    def read(cls, kept):
        return cls(*json.loads(kept))

    @property
    def members(self):
        return [f"{self.model}.{text[1]}" for text in self.texts]

    def hit(self, score, languages, marker=None):
        """The hit for a reader of these languages, with what the marker found in its title and summary."""
        code, pk, title, summary, _url = self.text_in(languages)
        hit = Hit(model=self.model, pk=str(pk), score=score, kind=self.kind)
        if marker is not None:
            hit.title, hit.snippet = marker.title(title, code), marker.snippet(summary, code)
        return hit

    def suggestion(self, language):
        text = self.text_in([language[:2]])
        return Suggestion(text=text[2], kind=self.kind, url=text[4])

    def text_in(self, languages):
        """The version in the first of these languages there is, or the leading one."""
        return next((text for code in languages for text in self.texts if text[0] == code), self.texts[0])


SEPARATOR, BLANK = "\x1f", "\x1c"  # between the parts of a term; for a blank in one


def suggest_terms(names):
    """One term for each word that one of these names can be asked by: the name from there on, then what it names."""
    return " ".join(dict.fromkeys(term for name in names for term in _terms_of_name(name)))


def _terms_of_name(name):
    words = fold(name.text).split()
    for start, word in enumerate(words[:6]):
        if start == 0 or word not in stopwords():
            rest, text = " ".join(words[start:])[:100], " ".join(name.text.split())[:200]
            yield to_suggest_term(
                SEPARATOR.join((rest, str(start), name.kind, name.language, text, name.url))
            )


def to_suggest_term(text):
    """A text, or the beginning of one, as it stands in a term: without blanks."""
    return text.replace(" ", BLANK)


def read_suggestions(terms, language):
    """(text, kind, url) of what these (term, count) pairs name: the reader's language, the beginning, the most used first."""
    found = {}
    for term, count in terms:
        _rest, start, kind, code, text, url = term.replace(BLANK, " ").split(SEPARATOR)
        rank = (code not in ("", language[:2]), start != "0", -count, text)
        known = found.get(url or text)
        if known is None or rank < known[0]:
            found[url or text] = (rank, (text, kind, url))
    return [named for _rank, named in sorted(found.values())]
