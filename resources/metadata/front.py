"""What a PDF says of itself: its metadata and its first page. Read in the bounded process of `resources.files`."""

import re
from datetime import date

from resources.files.extraction import front_of
from resources.keys import normalise_doi
from resources.metadata.found import Found, person

SECONDS = 15
# What programs write as a title when nobody gave one.
NO_TITLE = re.compile(
    r"^(microsoft (word|powerpoint|excel)|untitled|document\d*|title|presentation\d*|slide \d+|.*\.(docx?|pptx?|indd|qxd|pdf|tex|dvi|rtf|odt)$)",
    re.IGNORECASE,
)
NO_AUTHOR = re.compile(
    r"^(user|admin(istrator)?|author|unknown|owner|microsoft.*|hp|dell|lenovo|.*@.*)$", re.IGNORECASE
)
PDF_DAY = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
TITLE_LENGTH = (8, 300)


def read_front(path):
    """The Found of a PDF on disk; empty for what cannot be read."""
    front = front_of(path, seconds=SECONDS)
    meta, text = front.get("meta", {}), front.get("text", "")
    return Found(
        title=title_of(meta.get("Title", ""), front.get("lines", [])),
        doi=normalise_doi(" ".join([meta.get("Subject", ""), meta.get("Keywords", "")]))
        or normalise_doi(text),
        contributors=authors_of(meta.get("Author", "")),
        published_on=day_of(meta.get("CreationDate", "")),
        published_precision="year",
    )


def title_of(given, lines):
    """The title in the metadata, or else the largest words of the first page."""
    given = " ".join(given.split())
    shortest, longest = TITLE_LENGTH
    if shortest <= len(given) <= longest and not NO_TITLE.match(given):
        return given
    if not lines:
        return ""
    largest = max(size for size, _words in lines)
    words = " ".join(words for size, words in lines if size >= largest * 0.95)
    words = " ".join(words.split())
    return words if shortest <= len(words) <= longest else ""


def authors_of(given):
    """The people in the metadata; names of programs and log-in names are none."""
    names = re.split(r"\s*(?:;|\band\b|&)\s*", given)
    if len(names) == 1 and given.count(",") > 1:
        names = given.split(",")
    names = [name.strip() for name in names if " " in name.strip() and not NO_AUTHOR.match(name.strip())]
    return [person(name) for name in names[:50]]


def day_of(given):
    """The day the file was made, of which only the year is trusted."""
    match = PDF_DAY.match(given)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
