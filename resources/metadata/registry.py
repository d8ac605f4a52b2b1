"""Registries of DOIs, behind one interface: `find(doi)` answers a Found, None for an unknown DOI, or Unavailable.

The address of a registry is a setting; a member's text only ever becomes one quoted part of its path, and `kit.web` bounds
an answer in time and size and asks no private address, so that nobody can make the portal ask another machine.
"""

import json
from datetime import date
from urllib.parse import quote

from django.conf import settings
from django.utils.html import strip_tags

from kit.web import Unreachable, fetch
from resources.metadata.found import Found
from resources.models import Publication

SECONDS = 6
MOST_BYTES = 2 * 1024 * 1024
MOST_PEOPLE = 300
Type = Publication.Type
TYPES = {
    "journal-article": Type.JOURNAL_ARTICLE,
    "report": Type.REPORT,
    "report-component": Type.REPORT,
    "posted-content": Type.WORKING_PAPER,
    "book": Type.BOOK,
    "monograph": Type.BOOK,
    "edited-book": Type.BOOK,
    "reference-book": Type.BOOK,
    "book-chapter": Type.BOOK_CHAPTER,
    "book-section": Type.BOOK_CHAPTER,
    "dissertation": Type.THESIS,
    "dataset": Type.DATASET,
}


class Unavailable(Exception):
    """The registry gave no answer that can be used; the message says what went wrong."""


class Crossref:
    """The REST API of Crossref (https://api.crossref.org), or one of the same shape."""

    def __init__(self, address, contact=""):
        self.address, self.contact = address.rstrip("/"), contact

    def find(self, doi):
        answer = ask(f"{self.address}/works/{quote(doi, safe='')}", self.contact)
        return None if answer is None else read_work(answer, doi)


def registry():
    """The registry that is asked, or None where the site asks none."""
    return Crossref(settings.CROSSREF_URL, settings.DEFAULT_FROM_EMAIL) if settings.CROSSREF_URL else None


def ask(address, contact):
    """The JSON at an address, None for 404."""
    headers = {"User-Agent": f"portal (mailto:{contact})", "Accept": "application/json"}
    try:
        answer = fetch(address, headers=headers, seconds=SECONDS, most_bytes=MOST_BYTES)
        if answer.status == 404:
            return None
        if answer.status != 200:
            raise Unavailable(f"it answered {answer.status}")
        return json.loads(answer.body)
    except (Unreachable, ValueError, RecursionError) as error:
        raise Unavailable(str(error)[:200]) from error


def read_work(answer, doi):
    """The Found of an answer, whatever its parts are: a registry's answer is input like any other."""
    work = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(work, dict):
        raise Unavailable("its answer has another shape")
    published_on, precision = day_of(work)
    return Found(
        title=first(work.get("title"))[:600],
        summary=plain(work.get("abstract"))[:20_000],
        url=text_of(work.get("URL"))[:1000],
        doi=doi,
        language=text_of(work.get("language"))[:2].lower(),
        published_on=published_on,
        published_precision=precision,
        type=TYPES.get(text_of(work.get("type")), ""),
        container=first(work.get("container-title"))[:300],
        volume=text_of(work.get("volume"))[:30],
        number=text_of(work.get("issue"))[:60],
        pages=text_of(work.get("page"))[:30],
        contributors=people(work),
        publisher=text_of(work.get("publisher"))[:255],
    )


def people(work):
    found = []
    for part, role in (("author", "author"), ("editor", "editor")):
        rows = work.get(part)
        for row in rows if isinstance(rows, list) else []:
            if not isinstance(row, dict):
                continue
            family, given = text_of(row.get("family")), text_of(row.get("given"))
            body = text_of(row.get("name"))
            if family or body:
                found.append(
                    {
                        "family_name": (family or body)[:200],
                        "given_name": given[:200],
                        "is_body": not family,
                        "role": role,
                    }
                )
    return found[:MOST_PEOPLE]


def day_of(work):
    """(date, precision) of the first of the dates that a work has."""
    for name in ("published", "published-online", "published-print", "issued"):
        try:
            parts = work[name]["date-parts"][0][:3]
            found = date(*[*parts, 1, 1][:3])
        except (KeyError, IndexError, TypeError, ValueError):
            continue
        return found, ("year", "month", "day")[len(parts) - 1]
    return None, "day"


def text_of(value):
    """A text as one line without control characters, "" for anything else."""
    if not isinstance(value, str):
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def first(values):
    return plain(values[0]) if isinstance(values, list) and values else ""


def plain(value):
    """A text without the markup (JATS) that registries keep in it."""
    return text_of(strip_tags(value).replace("&amp;", "&")) if isinstance(value, str) else ""
