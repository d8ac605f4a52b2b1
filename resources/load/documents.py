"""A list of World Bank project documents: messy real input, read only from a folder given with --from."""

import re

from resources.load.dates import in_the_past, parse_date
from resources.load.names import parse_contributors
from resources.load.records import Record, Skipped
from resources.load.text import clean_title, cut_title, is_shouted, junk_reason
from resources.models import Kind, Publication, ResourceOrganisation

FILE = "testcorpora/wb_documents/worldbank_documents_500.csv"
SOURCE = "wb_documents"
LANGUAGES = {"english": "en", "french": "fr", "spanish": "es", "portuguese": "pt", "arabic": "ar"}
TYPES = {"Publications & Research": Publication.Type.REPORT}
# "Ecuador - LATIN AMERICA AND CARIBBEAN- P180688- Strengthening …": country and region stand before the number.
_REGION = re.compile(r"^(?:[^-]{3,60}\s-\s[A-Z,& ]{5,}-\s)?P\d{6}\s*-\s+")


def read(folder, vocabulary):
    """A record a document; documents without a title of their own are skipped."""
    found, seen = [], set()
    for row in folder.rows(FILE):
        record = (
            Skipped(SOURCE, row["id"], row["title"], "stands twice in the list")
            if row["id"] in seen
            else record_of(row, vocabulary)
        )
        seen.add(row["id"])
        found.append(record)
    return found


def record_of(row, vocabulary):
    notes = []
    title = _REGION.sub("", clean_title(row["title"]))
    reason = junk_reason(title)
    if reason:
        return Skipped(SOURCE, row["id"], row["title"], reason)
    if is_shouted(title):
        notes.append("capitals kept")
    day, precision = parse_date(row["docdt"])
    published_on, precision = in_the_past(day, precision)
    if day != published_on:
        notes.append(
            f"date {row['docdt']} lies in the future: only its year kept"
            if published_on
            else f"date {row['docdt']} lies in the future: left out"
        )
    iso3 = vocabulary.resolve_country(row["country"])
    return Record(
        kind=Kind.PUBLICATION,
        source=SOURCE,
        ref=row["id"],
        title=cut_title(title),
        language=LANGUAGES.get(row["lang"].lower(), "en"),
        url=row["url"][:1000] if row["url"].startswith("http") else "",
        published_on=published_on,
        precision=precision,
        year=published_on.year if published_on else None,
        contributors=parse_contributors(row["author"]),
        organisations=[(row["publisher"] or "World Bank", ResourceOrganisation.Role.PUBLISHER)],
        countries=[iso3] if iso3 else [],
        detail={
            "type": TYPES.get(row["majdocty"], Publication.Type.OTHER),
            "container": row["docty"].split(";")[0][:300],
            "number": row["id"],
        },
        distinct=row["id"],
        notes=notes,
    )
