"""Looks things up in the vocabularies without a query: they stand in the memory of the process.

Codes: a country by its iso3, a region by its code, an income group by its value, a topic by its slug, a language by
its code, an organisation by its slug. Kosovo is not in ISO 3166, so it is no country here and resolves to nothing.
"""

import re
import unicodedata

from kit.text import fold
from search import synonyms
from search.analysis import term_of
from search.synonyms import register_synonyms
from vocabularies import organisations
from vocabularies.models import TopicLabel
from vocabularies.organisations import (  # noqa: F401
    forget_organisations,
    resolve_organisation,
    suggest_organisations,
)
from vocabularies.snapshot import STEMMED, announce, current  # noqa: F401
from vocabularies.snapshot import forget as _forget_snapshot

_WORD = re.compile(r"\w+")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_AND = re.compile(r"\s+(?:and|et|y|e|&|و)\s+", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{2,3}")


def forget():
    """Forget what stands in memory; the next question reads the tables."""
    _forget_snapshot()
    forget_organisations()
    synonyms.forget()


# ── Labels ───────────────────────────────────────────────────────────────────────────────────────────


def label(field, value, language="en"):
    """How a facet value is called in a language; a value nobody knows is its own label."""
    if field == "organisation":
        return organisations.labels([value])[value]
    return current().options(field, language).get(value, value)


def labels(field, values, language="en"):
    """Labels by value, for a whole facet at once."""
    if field == "organisation":
        return organisations.labels(values)
    known = current().options(field, language)
    return {value: known.get(value, value) for value in values}


def options(field, language="en"):
    """(value, label) pairs of country, region, income, topic or language, in the order a list shows them."""
    return list(current().options(field, language).items())


def is_known(field, value):
    """Is this a value of the facet?"""
    if field == "organisation":
        return organisations.is_known(value)
    return value in current().options(field, "en")


# ── Countries, regions, languages ────────────────────────────────────────────────────────────────────


def countries():
    """CountryInfo by iso3."""
    return current().countries


def regions(scheme=""):
    """RegionInfo by code, of one scheme ("wb", "m49") or of both."""
    return {code: region for code, region in current().regions.items() if scheme in ("", region.scheme)}


def languages():
    """LanguageInfo by code."""
    return current().languages


def region_chain(code):
    """The codes of a region and of the regions it lies in, the smallest first."""
    known, chain = current().regions, []
    while code in known and code not in chain:
        chain.append(code)
        code = known[code].parent
    return chain


def regions_of(iso3):
    """The codes of every region a country belongs to, the World Bank's first."""
    country = current().countries.get(iso3)
    if country is None:
        return []
    return [*region_chain(country.wb_region), *region_chain(country.m49_region)]


def countries_of(region):
    """The iso3 codes of the countries of a region, in the order of their English names."""
    found = [country for country in current().countries.values() if region in regions_of(country.iso3)]
    return [country.iso3 for country in sorted(found, key=lambda country: fold(country.name()))]


def resolve_country(text):
    """The iso3 of a country by any of its names, aliases or ISO codes; None for what is not a country."""
    known = current()
    text = (text or "").strip()
    if _CODE.fullmatch(text):
        if text in known.countries:
            return text
        for iso3, country in known.countries.items():
            if country.iso2 == text:
                return iso3
    return known.country_names.get(fold(text))


def split_countries(text):
    """(part, iso3 or None) of each country named in one cell ("Rwanda; Burundi", "Ghana, Iran, Islamic Rep.")."""
    text = (text or "").strip()
    if not text:
        return []
    if iso3 := resolve_country(text):
        return [(text, iso3)]
    found = []
    for part in filter(None, (part.strip() for part in re.split(r"[;|/\n،؛]", text))):
        found += _split_at_commas(part)
    return found


def _split_at_commas(text):
    pieces, found, start = [piece.strip() for piece in text.split(",") if piece.strip()], [], 0
    while start < len(pieces):
        for end in range(len(pieces), start, -1):
            joined = ", ".join(pieces[start:end])
            if iso3 := resolve_country(joined):
                found.append((joined, iso3))
                start = end
                break
        else:
            text = re.sub(r"^(?:and|et|y|e)\s+", "", pieces[start])
            parts = [(part, resolve_country(part)) for part in _AND.split(text)]
            named = resolve_country(text)
            found += parts if not named and any(iso3 for _part, iso3 in parts) else [(text, named)]
            start += 1
    return found


def resolve_countries(text):
    """The iso3 codes of the countries named in one cell, each once; `split_countries` tells what was not one."""
    return list(dict.fromkeys(iso3 for _part, iso3 in split_countries(text) if iso3))


def countries_in(title):
    """The iso3 codes of the countries a title names, in its order.

    A name counts only with a capital where its script has them. Names that mean something else too are left out,
    or wait for another country in the same title: see `data/title_exceptions.csv`.
    """
    written = _words(title)
    folded = [_folded(word) for word in written]
    if _ARABIC.search(title or ""):
        folded = [_without_prefix(word) for word in folded]
    shouted = title.isupper() if title else False
    sure, waiting = [], []
    for start, length, values in current().country_phrases.find(folded):
        iso3, rule, exact = min(values, key=str)
        name = written[start : start + length]
        if iso3 is None or (exact and (shouted or name != [exact])):
            continue
        if not exact and all(word[0].islower() for word in name):
            continue
        (waiting if rule else sure).append((start, iso3))
    if any(iso3 != "USA" for _start, iso3 in sure):
        sure = sorted(sure + waiting)
    return list(dict.fromkeys(iso3 for _start, iso3 in sure))


def _words(text):
    """The words of a text as written, without accents."""
    text = text or ""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = text.replace("ـ", "")
    return _WORD.findall(text.replace("_", " "))


def _folded(word):
    return word.lower() if word.isascii() else fold(word)


def _without_prefix(word):
    """An Arabic word without و (and), ب (in), ل (to), ف (so), ك (as) before it, where what is left is a country's first word."""
    first = current().country_phrases.starts
    for length in (0, 1, 2):
        rest = word[length:]
        if not set(word[:length]) <= set("وبلفك") or len(rest) < 3:
            break
        if rest in first:
            return rest
        if rest.startswith("لل") and (whole := f"ال{rest[2:]}") in first:
            return whole
    return word


def resolve_language(text):
    """The code of a language by its code ("en-US"), its name in the five languages or its own name; else None."""
    known, text = current().languages, (text or "").strip()
    code = re.split(r"[-_]", text.lower())[0]
    return code if code in known else current().language_names.get(fold(text))


# ── Topics ───────────────────────────────────────────────────────────────────────────────────────────


def topics():
    """TopicInfo by id, in the order of the tree."""
    return current().topics


def topic(slug):
    """The topic of a slug, or None; `chain`, `parent`, `children` and `slugs` lead on from it."""
    return current().by_slug.get(slug)


def topic_tree(language="en"):
    """The areas with their topics: dicts of slug, name, description (and its language) and `topics`."""
    return [
        {
            "slug": area.slug,
            "name": area.name(language),
            "description": area.description(language),
            "described_in": area.described_in(language),
            "topics": [
                {"slug": child.slug, "name": child.name(language), "description": child.description(language)}
                for child in area.children
            ],
        }
        for area in current().areas
    ]


def topics_in(text, language="en"):
    """The ids of the topics a text names: whole words in the forms of its language, the longest name first.

    Acronyms count as written ("CCT", "CCTs"), English ones in every language, those of two letters in none.
    Where its language finds nothing the text may be English under a wrong label, so English has a second look.
    """
    language = (language or "en")[:2]
    language = language if language in STEMMED else "en"
    found = _topics_in(text, language)
    return found if found or language == "en" else _topics_in(text, "en")


def _topics_in(text, language):
    phrases, acronyms = current().topic_phrases(language)
    words = _words(text)
    found = set()
    for _start, _length, ids in phrases.find([term_of(word, language)[1] for word in words]):
        found |= ids
    if not (text or "").isupper():
        for word in words:
            if ids := acronyms.get(word) or acronyms.get(word.removesuffix("s")):
                found |= ids
    return found


def topics_of_category(text):
    """The ids of the topics for a category of social protection and jobs ("1.2.1. Conditional cash transfers")."""
    by_category = current().by_category
    number = re.match(r"\s*(\d+(?:\.\d+)*)", text or "")
    code = number[1] if number else ""
    while code and code not in by_category:
        code = code.rpartition(".")[0]
    return set(by_category.get(code, ()))


@register_synonyms
def topic_synonyms():
    """(slug, [(language, text)]) of each topic for the search room: its name first, then synonyms and acronyms."""
    known = current()
    for topic in known.topics.values():
        said = [
            (language, text)
            for language, text, kind in known.labels.get(topic.id, ())
            if kind != TopicLabel.Kind.NARROWER
        ]
        yield topic.slug, [*topic.names.items(), *said]
