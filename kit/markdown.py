"""Markdown to safe HTML: no raw HTML, no images, headings that fit into the page they stand in."""

from functools import lru_cache
from html import unescape

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("em", "strong", "s", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title", "rel"}, "ol": {"start"}, "table": {"class"}}
SCHEMES = {"http", "https", "mailto"}
STRANGER = "nofollow ugc noopener"
CACHED_LENGTH = 20_000


def to_html(text: str, *, top: int = 2, trusted: bool = True) -> SafeString:
    """Safe HTML of a Markdown text.

    top: the level of its highest heading; lower ones follow without a gap.
    trusted: written by editors. Links in other texts tell search engines not to follow them.
    """
    text = (text or "").strip()
    if not text:
        return mark_safe("")
    return (_kept if len(text) <= CACHED_LENGTH else _render)(text, top, trusted)


def to_words(text: str) -> str:
    """The words of a Markdown text in one line, without its marks."""
    return " ".join(unescape(strip_tags(to_html(text).replace("<", " <"))).split())


def plain_text(html: str) -> str:
    """The words of an HTML text, without its tags and what scripts and styles say."""
    return unescape(nh3.clean(html or "", tags=set(), clean_content_tags={"script", "style"})).strip()


def _render(text, top, trusted):
    html = _parser.render(text, {"top": top, "trusted": trusted})
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None))


# Parsing costs about a millisecond a page, and the same texts are read again and again.
_kept = lru_cache(maxsize=256)(_render)


def _fit_headings(state):
    """Give the first heading the level asked for; a deeper one lies at most one level below the one before."""
    levels = [int(token.tag[1]) for token in state.tokens if token.type == "heading_open"]
    if not levels:
        return
    top = state.env.get("top", 2)
    highest, last = min(levels), top - 1
    for token in state.tokens:
        if token.type == "heading_open":
            last = min(int(token.tag[1]) - highest + top, last + 1, 6)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{last}"


def _name_images(state):
    """Put a link with the image's own words where an image stood: a page loads nothing from other hosts."""
    for block in state.tokens:
        if not block.children:
            continue
        block.children = [part for token in block.children for part in _without_image(token)]


def _without_image(token):
    if token.type != "image":
        return [token]
    address = token.attrs.get("src", "")
    opening = Token("link_open", "a", 1, attrs={"href": address})
    return [opening, Token("text", "", 0, content=token.content or address), Token("link_close", "a", -1)]


def _dress_tables(state):
    for token in state.tokens:
        if token.type == "table_open":
            token.attrs["class"] = "table"


def _mark_links(state):
    if state.env.get("trusted", True):
        return
    for block in state.tokens:
        for token in block.children or ():
            if token.type == "link_open":
                token.attrs["rel"] = STRANGER


def _make_parser():
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.core.ruler.push("fit_headings", _fit_headings)
    parser.core.ruler.push("name_images", _name_images)
    parser.core.ruler.push("dress_tables", _dress_tables)
    parser.core.ruler.push("mark_links", _mark_links)
    return parser


_parser = _make_parser()
