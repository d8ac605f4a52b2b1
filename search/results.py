"""The shapes search answers in."""

from dataclasses import dataclass, field


class SearchUnavailable(Exception):
    """The index is missing, damaged or locked; the page says so and browses the database instead."""


@dataclass(slots=True)
class Hit:
    """One found object. `title` and `snippet` are safe HTML with <mark>, or "" where nothing is to be marked."""

    model: str  # "resources.resource"
    pk: str
    score: float = 0.0
    title: str = ""
    snippet: str = ""
    kind: str = ""


@dataclass(slots=True)
class Results:
    """A page of hits. `facets` maps a field to (value, count) pairs, most frequent first."""

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    suggestion: str = ""  # did you mean
    also: list[str] = field(default_factory=list)  # synonyms the query was widened with


@dataclass(slots=True)
class Suggestion:
    """One line under the search box: a text to search for, and an address where it names one thing."""

    text: str
    kind: str = ""
    url: str = ""
