"""The fields of the tantivy index and how a document fills them."""

from functools import lru_cache

import tantivy

from kit.text import fold
from search.analysis import LANGUAGES, analyser, in_language
from search.backends.tantivy_facets import add_columns, fill_columns
from search.documents import FACETS, GROUP, suggest_terms

RAW = {"tokenizer_name": "raw", "index_option": "basic"}
WORDS, KEYS = "words", "keys"


def make_schema():
    """Raw fields for keys and facets, folded fields for all languages, three stemmed fields a language."""
    schema = tantivy.SchemaBuilder()
    keys = ("id", "member", "model", "audience", "exact", "named", "concept", "mention")
    for name in (*keys, *(facet for facet in FACETS if facet != "year")):
        schema.add_text_field(name, **RAW)
    add_columns(schema, RAW)
    schema.add_text_field("suggest", tokenizer_name=KEYS, index_option="basic")
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
        for part in ("title", "summary", "body"):
            schema.add_text_field(f"{part}_{code}", tokenizer_name=code, index_option="freq")
    schema.add_bytes_field("shown", stored=True)
    return schema.build()


def register_analysers(index):
    for code in LANGUAGES:
        index.register_tokenizer(code, analyser(code))
    index.register_tokenizer(WORDS, analyser(""))
    keys = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(rf"[^{GROUP}]+")).build()
    index.register_tokenizer(KEYS, keys)
    return index


@lru_cache(maxsize=20_000)
def fold_name(name):
    """The same names of countries, topics and organisations stand on very many documents."""
    return fold(name)


def to_tantivy(document):
    """The tantivy document of a Document."""
    made = tantivy.Document()
    made.add_text("id", document.id)
    made.add_text("model", document.model)
    made.add_unsigned("pk", document.pk)
    made.add_unsigned("stamp", document.stamp())
    made.add_integer("day", document.day)
    made.add_float("weight", document.weight())
    for name, values in (
        ("member", document.members),
        ("audience", document.audience),
        ("exact", {fold(text) for text in document.exact}),
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
    lead = document.texts[0]
    made.add_text("title_sort", fold(lead.title)[:80])
    for text in document.texts:
        for part, written in (("title", text.title), ("summary", text.summary), ("body", text.body)):
            if not written:
                continue
            folded = fold(written)
            made.add_text("all", folded)
            if part == "title":
                made.add_text("title", folded)
            if text.language in LANGUAGES:
                made.add_text(f"{part}_{text.language}", in_language(folded, text.language))
    for name, values in (("name", document.names), ("place", document.places), ("", document.topics)):
        for value in dict.fromkeys(values):
            folded = fold_name(value)
            made.add_text("all", folded)
            if name:
                made.add_text(name, folded)
    if document.suggest:
        made.add_text("suggest", suggest_terms(document))
    made.add_bytes("shown", document.shown())
    return made
