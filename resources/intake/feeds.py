"""RSS and Atom, as news, podcasts or whatever the import says they are."""

import io
from datetime import date

import feedparser
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from kit import web
from kit.markdown import plain_text
from resources.intake import oai
from resources.intake.entries import Entry, NotReadable, clean, digest_of

SECONDS = 60
MOST_BYTES = 20 * 1024 * 1024
NAMESPACES = ("http", "urn")


def read_feed(content):
    """Entries of a feed. What is not quite XML is read as far as it goes; NotReadable for what is no feed at all."""
    refuse_entities(content)
    # A stream, never the text itself: the library would take a text for an address or a file name, and open it.
    found = feedparser.parse(io.BytesIO(content), sanitize_html=True, resolve_relative_uris=True)
    if not found.version and not found.entries:
        raise NotReadable(_("This is neither an RSS nor an Atom feed."))
    language = found.feed.get("language", "")
    return [entry_of(entry, language) for entry in found.entries]


def refuse_entities(content):
    """NotReadable for a document type that defines entities; what is not well-formed is none of its business."""
    try:
        fromstring(content, forbid_dtd=False)
    except DefusedXmlException as error:
        raise NotReadable(_("The feed defines entities of its own; for safety it is not read.")) from error
    except Exception:  # noqa: S110 - ill-formed feeds are read all the same
        pass


def entry_of(entry, language):
    texts = [part.get("value", "") for part in entry.get("content", [])]
    summary = entry.get("summary", "") or next(iter(texts), "")
    published = entry.get("published_parsed") or entry.get("updated_parsed") or entry.get("created_parsed")
    media = next((one for one in entry.get("enclosures", []) if one.get("href")), None)
    words = {
        "title": plain_text(entry.get("title", "")),
        "authors": "; ".join(one.get("name", "") for one in entry.get("authors", []) if one.get("name")),
        "summary": plain_text(summary),
        "date": day_of(published),
        "url": [entry.get("link", "")] if str(entry.get("link", "")).startswith("http") else [],
        "topics": [tag.get("term") or "" for tag in entry.get("tags", []) if tag.get("term")],
        "language": [entry.get("language") or language] if entry.get("language") or language else [],
        "licence": plain_text(entry.get("rights", ""))[:100],
        "media": media_of(media) if media else None,
    }
    words = clean({name: value for name, value in words.items() if value})
    if not words:
        return Entry(ref=digest_of(dict(entry)), unreadable=_("The entry is empty."))
    ref = clean(str(entry.get("id") or entry.get("link") or "")) or digest_of(words)
    return Entry(
        ref=ref[:110] if len(ref) <= 110 else digest_of(ref), title=words.get("title", "")[:300], data=words
    )


def day_of(moment):
    try:
        return date(*moment[:3]).isoformat() if moment else ""
    except ValueError:
        return ""


def media_of(enclosure):
    size = str(enclosure.get("length") or "")
    return {
        "enclosure_url": str(enclosure["href"])[:1000],
        "enclosure_type": str(enclosure.get("type") or "")[:100],
        "enclosure_size": int(size) if size.isdigit() and len(size) < 15 else None,
    }


def fetch(job, page_of):
    """The feed as it stands now: one page."""
    try:
        answer = web.fetch(job.address, seconds=SECONDS, most_bytes=MOST_BYTES)
    except web.Unreachable as error:
        if error.code in ("address", "private", "too_large", "protocol"):
            raise NotReadable(_("The address cannot be fetched: %(error)s.") % {"error": error}) from error
        return oai.later(job, page_of, str(error))
    if answer.status in (429, 500, 502, 503, 504):
        return oai.later(job, page_of, f"HTTP {answer.status}", answer.headers.get("retry-after", ""))
    if answer.status != 200:
        raise NotReadable(_("The address answers with status %(status)d.") % {"status": answer.status})
    return page_of(entries=list(read_feed(answer.body)), asked_with=job.token)
