"""How text becomes terms, the same for both engines: fold, then stem, one analyser a language."""

import re
from functools import cache, lru_cache

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer
from whoosh.lang.stopwords import stoplists

from kit.text import fold

LANGUAGES = {"en": "english", "fr": "french", "es": "spanish", "pt": "portuguese", "ar": "arabic"}
MAX_TERM_BYTES = 80
BREAK = "\x1e"  # stands between texts of a field as a word of its own, so that no phrase reaches over
WORDS_KEPT = 100_000  # a language; some 15 MB
WORD = re.compile(r"[\w\u0300-\u036f\u064b-\u065f\u0670\u0640]+")
_ARABIC_LETTER = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LATIN_LETTER = re.compile(r"[a-z]")

# What the Snowball stemmers miss of our field's words. The Arabic one knows the feminine ending only as ة,
# which folding made ه; the Portuguese one does not join pensão and pensões; the English one keeps
# programme and program, labour and labor apart.
_BEFORE_STEMMING = {
    "en": [
        (re.compile(r"\bprogramm(?=es?\b)"), "program"),
        (re.compile(r"\b(lab|behavi|fav|neighb)our"), r"\1or"),
        (re.compile(r"isation"), "ization"),
        (re.compile(r"\bageing\b"), "aging"),
    ],
    "pt": [(re.compile(r"(?:oes|aes)\b"), "ao"), (re.compile(r"(?<=\w\w[aou])is\b"), "l")],
    "ar": [(re.compile(r"ه\b"), "ة")],
}

# Arabic words without meaning of their own; the other languages' lists come with Whoosh.
_ARABIC_STOPWORDS = "في من على الى عن مع هذا هذه ذلك التي الذي التى الذين و او ثم ان لا ما هو هي كان بين بعد قبل كل حول ضمن لدي عند"


def in_language(folded, language):
    """Folded text made ready for the language's stemmer."""
    for pattern, replacement in _BEFORE_STEMMING.get(language, ()):
        folded = pattern.sub(replacement, folded)
    return folded


@cache
def analyser(language):
    """The stemmer of a language for text that went through `in_language`."""
    built = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.remove_long(MAX_TERM_BYTES))
    if language in LANGUAGES:
        built = built.filter(Filter.stemmer(LANGUAGES[language]))
    return built.build()


def stems(folded, language):
    """The terms of folded text in a language; without a stemmer for it, its words."""
    return analyser(language).analyze(in_language(folded, language))


def stems_of(words, language):
    """The stem of each of these folded words, "" for one too long to be a term; None without a stemmer for the language.

    What the stemmer made of a word is remembered: few words make up most of any text.
    """
    known = _stems.get(language)
    if known is None:
        return None
    found = list(map(known.get, words))
    if None in found:
        learn_stems({word for word, stem in zip(words, found, strict=True) if stem is None}, known, language)
        return stems_of(words, language)
    return found


def learn_stems(words, known, language):
    if len(known) > WORDS_KEPT:
        known.clear()
    short = [word for word in words if len(word.encode("utf-8", "replace")) < MAX_TERM_BYTES]
    known.update(dict.fromkeys(words, ""))
    known.update(zip(short, stems(" ".join(short), language), strict=True))


_stems = {code: {} for code in LANGUAGES}


@lru_cache(maxsize=100_000)
def term_of(word, language):
    """(folded, stemmed) of one written word; for queries and the highlighter, which see the same words again and again."""
    folded = fold(word)
    return folded, " ".join(stems(folded, language))


@cache
def stopwords():
    """Folded words of the five languages that carry no meaning of their own."""
    words = {fold(word) for word in stoplists["en"]}
    # Longer words of these lists mean something in another language ("estado": been, state).
    words |= {fold(word) for code in ("fr", "es", "pt") for word in stoplists[code] if len(word) <= 5}
    words |= {part for word in list(words) for part in word.split()}
    return frozenset(words | set(fold(_ARABIC_STOPWORDS).split()))


def languages_of(folded, reader):
    """The languages whose stemmers read a query: the reader's first, then those the script allows."""
    arabic, latin = bool(_ARABIC_LETTER.search(folded)), bool(_LATIN_LETTER.search(folded))
    possible = (["ar"] if arabic else []) + (
        [code for code in LANGUAGES if code != "ar"] if latin or not arabic else []
    )
    return sorted(possible, key=lambda code: code != reader[:2])
