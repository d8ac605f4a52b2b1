"""The fields of the tantivy index and how a document fills them."""

from functools import lru_cache

import tantivy

from kit.text import fold
from search.analysis import BREAK, LANGUAGES, analyser
from search.backends.tantivy_facets import add_columns, fill_columns
from search.documents import FACETS, PARTS

RAW = {"tokenizer_name": "raw", "index_option": "basic"}
WORDS = "words"


def make_schema():
    """Raw fields for keys and facets, folded fields for all languages, three stemmed fields a language.

    Text arrives folded and stemmed (search.analysis remembers what it made of a word), so all that is left to do is
    to part it at the blanks.
    """
    schema = tantivy.SchemaBuilder()
    keys = ("member", "model", "audience", "exact", "named", "concept", "mention")
    for name in (*keys, *(facet for facet in FACETS if facet != "year")):
        schema.add_text_field(name, **RAW)
    add_columns(schema, RAW)
    schema.add_text_field("suggest", tokenizer_name="whitespace", index_option="basic")
    schema.add_text_field("title_sort", fast=True, **RAW)
    for name in ("pk", "stamp", "year"):
        schema.add_unsigned_field(name, indexed=True, fast=True)
    schema.add_integer_field("day", fast=True)
    schema.add_float_field("weight", fast=True)
    for name in ("title", "all"):
        schema.add_text_field(name, tokenizer_name=WORDS, index_option="position")
    for name in ("name", "place"):
        schema.add_text_field(name, tokenizer_name=WORDS, index_option="freq")
    for code in LANGUAGES:
        for part in PARTS:
            schema.add_text_field(f"{part}_{code}", tokenizer_name=WORDS, index_option="freq")
    schema.add_bytes_field("shown", stored=True)
    return schema.build()


def register_analysers(index):
    index.register_tokenizer(WORDS, analyser(""))
    return index


@lru_cache(maxsize=20_000)
def fold_name(name):
    """The same names of countries, topics and organisations stand on very many documents."""
    return fold(name)


def to_tantivy(document):
    """The tantivy document of a Document."""
    made = tantivy.Document()
    made.add_text("model", document.model)
    made.add_unsigned("pk", document.pk)
    made.add_unsigned("stamp", document.stamp())
    made.add_integer("day", document.day)
    made.add_float("weight", document.weight())
    for name, values in (
        ("member", document.members),
        ("audience", document.audience),
        ("exact", document.said_exactly()),
        ("named", document.named),
        ("concept", document.concepts),
        ("mention", document.mentions),
    ):
        for value in values:
            made.add_text(name, value)
    for name in FACETS:
        for value in document.facets.get(name, ()):
            if name != "year":
                made.add_text(name, value)
    fill_columns(made, document)
    made.add_text("title_sort", " ".join(document.texts[0].words("title"))[:80])
    for text in document.texts:
        for part in PARTS:
            if words := text.words(part):
                folded = " ".join(words)
                made.add_text("all", folded)
                if part == "title":
                    made.add_text("title", folded)
                if stems := text.stems(part):
                    made.add_text(f"{part}_{text.language}", " ".join(stems))
    names, places = (
        [fold_name(name) for name in document.names],
        [fold_name(name) for name in document.places],
    )
    if names:
        made.add_text("name", " ".join(names))
    if places:
        made.add_text("place", " ".join(places))
    others = dict.fromkeys([*names, *places, *map(fold_name, document.topics)])
    made.add_text("all", f" {BREAK} ".join(others))
    if document.suggest:
        made.add_text("suggest", " ".join(document.suggest))
    made.add_bytes("shown", document.shown())
    return made
