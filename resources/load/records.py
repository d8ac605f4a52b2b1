"""The shapes a source hands to the writer."""

import hashlib
from dataclasses import dataclass, field, fields
from datetime import date

LOADER_VERSION = 1  # raise it when the same row is read differently: every row is then compared again


@dataclass(slots=True)
class Record:
    """One resource as a source gives it.

    contributors: dicts of `Contributor` fields; organisations: (name, role) pairs; countries: iso3;
    topics: codes of the vocabulary; identifiers: (scheme, value); detail: fields of the kind's table.
    `translation_of` and `amends` are references in the same source.
    `distinct` is a number (a report's, a law's) that tells two records with the same title apart.
    """

    kind: str
    source: str
    ref: str
    title: str
    language: str = "en"
    summary: str = ""
    body: str = ""
    url: str = ""
    licence: str = ""
    published_on: date | None = None
    precision: str = "day"
    year: int | None = None
    sort_on: date | None = None
    contributors: list[dict] = field(default_factory=list)
    organisations: list[tuple[str, str]] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    other_languages: list[str] = field(default_factory=list)
    detail: dict = field(default_factory=dict)
    is_sample: bool = False
    translation_of: str = ""
    amends: str = ""
    duplicate_of: str = ""
    distinct: str = ""
    notes: list[str] = field(default_factory=list)

    def digest(self):
        """Equal for two readings of the same row by the same loader."""
        text = repr((LOADER_VERSION, [(name, getattr(self, name)) for name in DIGESTED]))
        return hashlib.sha256(text.encode()).hexdigest()[:32]


DIGESTED = sorted(one.name for one in fields(Record) if one.name != "notes")


@dataclass(slots=True)
class Skipped:
    """A row that is not loaded, and why."""

    source: str
    ref: str
    title: str
    why: str
