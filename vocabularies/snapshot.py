"""The vocabularies as they stand in memory: read once a process, again when they were loaded anew."""

import time
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.core.cache import cache
from django.utils import translation
from django.utils.crypto import get_random_string

from kit.generation import changed
from kit.phrases import Phrases
from kit.text import fold
from search.analysis import LANGUAGES, stems
from vocabularies.load.files import DATA
from vocabularies.load.places import title_exceptions
from vocabularies.models import (
    NAME_LANGUAGES,
    Country,
    CountryAlias,
    IncomeGroup,
    Language,
    Region,
    Topic,
    TopicLabel,
)

STEMMED = frozenset(LANGUAGES)
GENERATION = "vocabularies.generation"
LOOK_SECONDS = 5


class Titled:
    """Something with a name in five languages; English stands in where another is missing."""

    def name(self, language="en"):
        return self.names.get(language[:2]) or self.names["en"]


@dataclass(slots=True, frozen=True)
class CountryInfo(Titled):
    iso3: str
    iso2: str
    m49: str
    names: dict
    wb_region: str | None
    m49_region: str | None
    income_group: str
    lending_category: str
    is_g20: bool
    is_ldc: bool
    is_lldc: bool
    is_sids: bool
    is_independent: bool
    population: int | None
    latitude: float | None
    longitude: float | None
    capital: str


@dataclass(slots=True, frozen=True)
class RegionInfo(Titled):
    code: str
    scheme: str
    parent: str | None
    names: dict


@dataclass(slots=True, frozen=True)
class LanguageInfo(Titled):
    code: str
    names: dict
    endonym: str
    is_rtl: bool


@dataclass(slots=True, frozen=True)
class TopicInfo(Titled):
    id: int
    code: str
    slug: str
    names: dict
    descriptions: dict
    categories: tuple
    parent: "TopicInfo | None"
    children: list

    def description(self, language="en"):
        """What it is about, in English where the vocabulary has no words for it in that language."""
        return self.descriptions.get(self.described_in(language), "")

    def described_in(self, language):
        """The language `description` answers in."""
        return language[:2] if language[:2] in self.descriptions else "en"

    @property
    def chain(self):
        """The area and the topic, or the area alone."""
        return [self.parent, self] if self.parent else [self]

    @property
    def slugs(self):
        """Its slug and those of the topics below it."""
        return [self.slug, *(child.slug for child in self.children)]


def names_of(row):
    return {language: name for language in NAME_LANGUAGES if (name := getattr(row, f"name_{language}"))}


def descriptions_of(row):
    return {code: text for code in NAME_LANGUAGES if (text := getattr(row, f"description_{code}"))}


class Snapshot:
    """All vocabularies but the organisations, with what looks things up in them."""

    def __init__(self, generation=None):
        self.generation = generation
        self.read_at = time.monotonic()
        self.regions = {
            row.code: RegionInfo(row.code, row.scheme, row.parent_id, names_of(row))
            for row in Region.objects.all()
        }
        self.languages = {
            row.code: LanguageInfo(row.code, names_of(row), row.endonym, row.is_rtl)
            for row in Language.objects.all()
        }
        rows = list(Country.objects.all())
        self.cldr_names = {row.iso3: row.cldr_names for row in rows}
        self.countries = {row.iso3: country_info(row) for row in rows}
        self.aliases = list(CountryAlias.objects.values_list("country_id", "text"))
        self.topics, self.areas = read_topics()
        self.labels = defaultdict(list)
        for label in TopicLabel.objects.order_by("pk"):
            self.labels[label.topic_id].append((label.language, label.text, label.kind))
        self._options = {}
        self._topic_phrases = {}

    # ── Labels ───────────────────────────────────────────────────────────────────────────────────────

    def options(self, field, language):
        """Labels by value, in the order a list shows them."""
        key = (field, language[:2])
        if key not in self._options:
            self._options[key] = self._labelled(field, language[:2])
        return self._options[key]

    def _labelled(self, field, language):
        if field == "income":
            with translation.override(language):
                return {value: str(label) for value, label in IncomeGroup.choices}
        if field == "topic":
            return {topic.slug: topic.name(language) for topic in self.topics.values()}
        tables = {"country": self.countries, "region": self.regions, "language": self.languages}
        if field not in tables:
            raise KeyError(f"{field!r} is not one of country, region, income, topic, language")
        labels = {value: row.name(language) for value, row in tables[field].items()}
        return dict(sorted(labels.items(), key=lambda item: fold(item[1])))

    # ── Topics ───────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def by_slug(self):
        return {topic.slug: topic for topic in self.topics.values()}

    @cached_property
    def by_category(self):
        found = defaultdict(set)
        for topic in self.topics.values():
            for code in topic.categories:
                found[code].add(topic.id)
        return found

    def topic_phrases(self, language):
        """(stemmed phrases, case-sensitive acronyms) of the topics in a language, English acronyms always."""
        if language not in self._topic_phrases:
            phrases, acronyms = Phrases(), {}
            for topic in self.topics.values():
                name = topic.names.get(language)
                texts = [(language, name, TopicLabel.Kind.SYNONYM)] if name else []
                for spoken, text, kind in [*texts, *self.labels.get(topic.id, ())]:
                    if kind == TopicLabel.Kind.ACRONYM:
                        if len(text) > 2 and spoken in (language, "en"):
                            acronyms.setdefault(text, set()).add(topic.id)
                    elif spoken == language:
                        phrases.add(stems(fold(text), language), topic.id)
            self._topic_phrases[language] = phrases, acronyms
        return self._topic_phrases[language]

    # ── Countries ────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def country_names(self):
        """iso3 by folded name: the UN's names first, then the aliases, then the CLDR's; English before others."""
        found = {}
        for language in NAME_LANGUAGES:
            for iso3, country in self.countries.items():
                if name := country.names.get(language):
                    found.setdefault(fold(name), iso3)
        for iso3, text in self.aliases:
            found.setdefault(fold(text), iso3)
        for language in NAME_LANGUAGES:
            for iso3, names in self.cldr_names.items():
                if name := names.get(language):
                    found.setdefault(fold(name), iso3)
        found.pop("", None)
        return found

    @cached_property
    def language_names(self):
        """Language codes by folded name and own name."""
        found = {}
        for code, language in self.languages.items():
            for name in [language.endonym, *language.names.values()]:
                found.setdefault(fold(name), code)
        found.pop("", None)
        return found

    @cached_property
    def country_phrases(self):
        """Phrases of country names for titles; a value is (iso3 or nothing, rule, exact spelling or nothing)."""
        exceptions = {fold(text): rule for text, rule in title_exceptions(DATA)}
        exact = {fold(text): text for _iso3, text in self.aliases if is_acronym(text)}
        phrases = Phrases()
        for folded, iso3 in self.country_names.items():
            if folded not in exceptions:
                phrases.add(folded.split(), (iso3, "", exact.get(folded, "")))
        for folded, rule in exceptions.items():
            if rule in self.countries:
                phrases.add(folded.split(), (rule, "", ""))
            elif rule == "never":
                phrases.add(folded.split(), (None, rule, ""))
            elif folded in self.country_names:
                phrases.add(folded.split(), (self.country_names[folded], rule, ""))
        return phrases


def is_acronym(text):
    """One short word with a capital after its first letter: USA, DRC, oPt."""
    return text.isalpha() and len(text) <= 4 and text[1:] != text[1:].lower()


def country_info(row):
    columns = [
        column for column in CountryInfo.__slots__ if column not in ("names", "wb_region", "m49_region")
    ]
    values = {column: getattr(row, column) for column in columns}
    return CountryInfo(
        names=names_of(row), wb_region=row.wb_region_id, m49_region=row.m49_region_id, **values
    )


def read_topics():
    """Topics by id in the order of the tree, and its areas."""
    rows = list(Topic.objects.order_by("position", "code"))
    topics = {}
    for row in sorted(rows, key=lambda row: row.parent_id is not None):
        parent = topics.get(row.parent_id)
        topic = TopicInfo(
            row.pk, row.code, row.slug, names_of(row), descriptions_of(row), tuple(row.categories), parent, []
        )
        topics[row.pk] = topic
        if parent:
            parent.children.append(topic)
    areas = [topic for topic in topics.values() if topic.parent is None]
    return {row.pk: topics[row.pk] for row in rows}, areas


_snapshot = None
_looked_at = 0.0


def current():
    """The snapshot of this process. Every few seconds the cache is asked whether another process loaded anew."""
    global _snapshot, _looked_at
    now = time.monotonic()
    if _snapshot is None or now - _looked_at > LOOK_SECONDS:
        generation = cache.get(GENERATION)
        if _snapshot is None or generation != _snapshot.generation:
            _snapshot = Snapshot(generation)
        _looked_at = now
    return _snapshot


def forget():
    """Read the tables again at the next question."""
    global _snapshot
    _snapshot = None


def announce():
    """Tell every process that the vocabularies were loaded anew."""
    cache.set(GENERATION, get_random_string(12), timeout=None)
    forget()
    changed()
