"""What a room hands to the index: one document for each thing a search can find."""

import hashlib
from dataclasses import dataclass, field

FACETS = ("kind", "country", "region", "income", "topic", "language", "year", "organisation")
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

    `facets` holds lists of codes by field of FACETS, `concepts` the keys of concepts the thing is about (see
    search.synonyms), `mentions` those it only touches. `exact` are texts which, typed alone, mean this very
    thing; `front` puts it before everything else then. `day` counts from 1970-01-01.
    """

    model: str
    pk: int
    texts: list[Text]
    facets: dict[str, list[str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    concepts: set[str] = field(default_factory=set)
    mentions: set[str] = field(default_factory=set)
    exact: list[str] = field(default_factory=list)
    front: bool = False
    suggest: list[Name] = field(default_factory=list)
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
            sorted(self.mentions),
            self.exact,
            self.front,
            sorted((n.text, n.kind, n.language, n.url) for n in self.suggest),
            sorted(self.audience),
            self.day,
        )
        digest = hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "big") >> 1
