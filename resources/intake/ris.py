"""RIS, reference by reference: one that is broken does not take the others with it."""

import re

import rispy
from django.utils.translation import gettext as _

from resources.intake.entries import Entry, NotReadable, clean, digest_of
from resources.intake.texts import decode

_START = re.compile(r"^\s*TY\s{0,2}-", re.MULTILINE)
_END = re.compile(r"^\s*ER\s{0,2}-", re.MULTILINE)
# Programs leave out the blanks around the hyphen; the parser wants two before it and one after.
_TAG = re.compile(r"^\s{0,4}([A-Z][A-Z0-9])\s{0,2}-[ \t]?(.*)$")


def read_ris(content, encoding=""):
    """(entries, encoding) of a RIS file. NotReadable where no reference begins."""
    text, encoding = decode(content, encoding)
    starts = [match.start() for match in _START.finditer(text)]
    if not starts and text.strip():
        raise NotReadable(_("No reference begins in this file: no line starts with TY."))
    ends = [*starts[1:], len(text)]
    return (entry_of(text, start, end) for start, end in zip(starts, ends, strict=True)), encoding


def entry_of(text, start, end):
    block = text[start:end]
    line = text.count("\n", 0, start) + 1
    if not _END.search(block):
        block = f"{block}\nER  - "
        is_open = True
    else:
        is_open = False
    lines = [_TAG.sub(r"\1  - \2", row.rstrip()) for row in block.splitlines() if row.strip()]
    try:
        [found] = rispy.loads("\n".join(lines))[:1] or [{}]
    except Exception as error:  # the parser lets through what its dictionaries raise
        return Entry(
            ref=f"line {line}", unreadable=_("Line %(line)d: %(error)s") % {"line": line, "error": error}
        )
    words = clean({name: value for name, value in words_of(found).items() if value})
    if is_open and not words.get("title"):
        return Entry(
            ref=f"line {line}", unreadable=_("Line %(line)d: the reference has no end.") % {"line": line}
        )
    return Entry(
        ref=clean(str(found.get("id") or "")) or digest_of(words),
        title=str(words.get("title", ""))[:300],
        data=words,
    )


def words_of(found):
    def first(*names):
        return next((text for name in names if (text := joined(found.get(name)))), "")

    start, end = joined(found.get("start_page")), joined(found.get("end_page"))
    kind = joined(found.get("type_of_reference"))
    return {
        "title": first(
            "title",
            "primary_title",
            "secondary_title" if kind in ("BOOK", "EDBOOK") else "title",
            "short_title",
        ),
        "type": [kind] if kind else [],
        "authors": "; ".join([*listed(found, "authors"), *listed(found, "first_authors")]),
        "editors": "; ".join(
            listed(found, "secondary_authors") if kind in ("CHAP", "BOOK", "EDBOOK") else []
        ),
        "summary": first("abstract", "notes_abstract"),
        "date": first("date", "primary_date", "publication_year", "year"),
        "year": first("year", "publication_year"),
        "publisher": listed(found, "publisher"),
        "url": [
            *listed(found, "urls"),
            *listed(found, "url"),
            *listed(found, "link_to_full_text"),
            *listed(found, "link_to_pdf"),
        ],
        "doi": first("doi"),
        "isbn": first("issn") if kind in ("BOOK", "CHAP", "EDBOOK") else "",
        "issn": first("issn") if kind not in ("BOOK", "CHAP", "EDBOOK") else "",
        "language": first("language"),
        "topics": listed(found, "keywords"),
        "container": first(
            "journal_name", "secondary_title", "alternate_title1", "alternate_title3", "tertiary_title"
        ),
        "volume": first("volume"),
        "number": first("number"),
        "pages": f"{start}–{end}" if start and end and start != end else start,
        "edition": first("edition"),
        "place": first("place_published"),
    }


def listed(found, name):
    value = found.get(name) or []
    return [str(one) for one in (value if isinstance(value, list) else [value]) if str(one).strip()]


def joined(value):
    return " ".join(map(str, value)).strip() if isinstance(value, list) else str(value or "").strip()
