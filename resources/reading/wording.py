"""Pieces of HTML the facts of a page are made of. Whatever comes from a record is escaped here."""

from functools import lru_cache
from urllib.parse import quote, urlsplit

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import mark_safe
from django.utils.text import get_text_list
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from kit.html import escape
from kit.links import address_of

FORMATS = {
    "application/pdf": "PDF",
    "application/epub+zip": "EPUB",
    "application/msword": "DOC",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PPTX",
    "application/zip": "ZIP",
    "text/csv": "CSV",
    "text/plain": "TXT",
    "text/html": "HTML",
    "audio/mpeg": "MP3",
    "audio/mp4": "M4A",
    "video/mp4": "MP4",
    "video/webm": "WebM",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/svg+xml": "SVG",
}


def link(url, text, *, language="", direction="", rel=""):
    tongue = f' lang="{escape(language)}" dir="{direction}"' if language else ""
    rel = f' rel="{rel}"' if rel else ""
    return mark_safe(f'<a href="{escape(url)}"{tongue}{rel}>{escape(text)}</a>')


def to_edition(edition):
    """A link to the same work in another language, which is named as it names itself where that is known."""
    try:
        name = get_language_info(edition.language)["name_local"].capitalize()
    except KeyError:
        return mark_safe(
            f'<a href="{escape(edition.url)}" hreflang="{escape(edition.language)}">{escape(edition.language_name)}</a>'
        )
    return mark_safe(
        f'<a href="{escape(edition.url)}" hreflang="{escape(edition.language)}"'
        f' lang="{escape(edition.language)}" dir="{edition.dir}">{escape(name)}</a>'
    )


def outward(url, text=""):
    """A link to another site, named by its host unless `text` says otherwise."""
    return link(url, text or host(url) or url, rel="external noopener")


def to_other(other):
    return link(other.url, other.title, language=other.language, direction=other.dir)


def host(url):
    """The host of an address as a reader knows it, without www."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def search(text):
    """The library, searched for these words."""
    return f"{address_of('library')}?q={quote(text)}"


def filtered(**filters):
    """The library, narrowed by these facets."""
    asked = "&".join([f"{name}={quote(str(value))}" for name, value in filters.items()])
    return f"{address_of('library')}?{asked}"


def country_page(iso3):
    return page_address("country", iso3.lower(), get_language())


def topic_page(slug):
    return page_address("topic", slug, get_language())


@lru_cache(maxsize=4096)
def page_address(name, key, _language):
    return reverse(name, args=[key])


def listed(items):
    """a, b, c as safe HTML."""
    return mark_safe(", ".join(escape(item) for item in items))


def in_a_sentence(items):
    """a, b and c as safe HTML."""
    return mark_safe(get_text_list([escape(item) for item in items], _("and")))


def not_reported():
    words = escape(_("Not reported"))
    return mark_safe(f'<span class="muted normal">{words}</span>')


def isolated(text, direction=""):
    """A run of text that keeps its own direction."""
    own = f' dir="{direction}"' if direction else ""
    return mark_safe(f"<bdi{own}>{escape(text)}</bdi>")


def number(value):
    """The number with separators of thousands, and no more decimals than it has."""
    value = float(value)
    return number_format(int(value) if value == int(value) else round(value, 2), force_grouping=True)


def size(count):
    return filesizeformat(count)


def media_format(media_type):
    """PDF, MP3, …; the second half of the media type where it has no short name."""
    return FORMATS.get(media_type) or media_type.rpartition("/")[2].removeprefix("x-").upper()
