"""The publications the T20 policy brief of August 2023 refers to, from its facts."""

import re

from resources.keys import normalise_doi
from resources.load.dates import month_date
from resources.load.names import parse_contributors
from resources.load.records import Record
from resources.load.text import clean_title
from resources.models import Kind, Publication, ResourceIdentifier

FILE = "activities/brief_facts.json"
SOURCE = "brief"
_ASIDE = re.compile(r"\s*\([^)]*\)")
_JOURNAL = re.compile(r"^(?P<name>.+?) (?P<volume>\d+)(?:\((?P<number>\d+)\))?(?:: (?P<pages>[\d–-]+))?$")
_BODIES = {"World Bank", "G20 DWG", "IPC-IG", "socialprotection.org"}


def read(folder, vocabulary):
    facts = folder.json(FILE) or {}
    return [record_of(reference) for reference in facts.get("publication_refs_in_brief", [])]


def record_of(reference):
    authors = _ASIDE.sub("", reference["authors"])
    title = clean_title(reference["title"])
    published_on, precision = month_date(reference["year"])
    doi = normalise_doi(reference.get("doi", ""))
    journal = _JOURNAL.match(reference.get("journal", ""))
    if journal:
        detail = {"type": Publication.Type.JOURNAL_ARTICLE, "container": journal["name"]}
        detail |= {part: journal[part] or "" for part in ("volume", "number", "pages")}
    else:
        detail = {"type": Publication.Type.OTHER, "container": reference.get("series", "")}
    return Record(
        kind=Kind.PUBLICATION,
        source=SOURCE,
        ref=f"{reference['year']}:{title[:100]}",
        title=title,
        url=f"https://doi.org/{doi}" if doi else "",
        published_on=published_on,
        precision=precision,
        year=reference["year"],
        contributors=[] if authors in _BODIES else parse_contributors(authors),
        organisations=[(authors, "author")] if authors in _BODIES else [],
        identifiers=[(ResourceIdentifier.Scheme.DOI, doi)] if doi else [],
        detail=detail,
    )
