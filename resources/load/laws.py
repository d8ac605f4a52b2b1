"""Laws: employment injury and social insurance, 1854 to 2020 (Global Work-Injury Policy data set, CC0)."""

import re
from decimal import Decimal, InvalidOperation

from kit.text import fold
from resources.load.dates import month_date
from resources.load.records import Record, Skipped
from resources.load.text import clean_title, cut_title
from resources.models import Kind, LegalFramework

FILE = "legal/legal_frameworks.csv"
SOURCE = "gwip"
LICENCE = "CC0 1.0"
TOPIC = "2.4"  # workers' compensation
Instrument = LegalFramework.Instrument
# The first that matches names the instrument.
INSTRUMENTS = (
    (re.compile(r"\bconstitution\b", re.I), Instrument.CONSTITUTION),
    (re.compile(r"\b(decree|decreto|ordinances?|proclamation|regulations?|order|resolution|legal notice)\b", re.I), Instrument.DECREE),
    (re.compile(r"\b(agreement|convention|treaty)\b", re.I), Instrument.AGREEMENT),
    (re.compile(r"\b(acts?|laws?|codes?|bill|ley|loi|statutes?|legal regime)\b", re.I), Instrument.ACT),
    (re.compile(r"\b(strategy|plan)\b", re.I), Instrument.STRATEGY),
    (re.compile(r"\bpolicy\b", re.I), Instrument.POLICY),
)  # fmt: skip
SCHEME_TYPOS = {"lliability": "liability", "insruance": "insurance", "insurane": "insurance"}
NO_VALUE = {"", "-99", "NA"}
_UNSPECIFIED = re.compile(r"^unspeci\w+\b[\s,.]*", re.I)
_AMENDMENT = re.compile(r"[\s,(]*\b(?:various\s+)?amend(?:ment|ments|ed|ing)?\b[)\s,]*", re.I)
_NUMBER = re.compile(
    r"\b(?:Act|Law|Decree|Ordinance|Decreto Supremo|Proclamation)s?\b\.?,?\s*(?:No\.?|núm\.?)?\s*((?:[A-Z]{1,3}-)?\d[\d./-]*\d|\d)"
    r"|,\s((?:[A-Z]-)?\d+-\d{2,4})\b"
)


def read(folder, vocabulary):
    """Records of legal_frameworks.csv, each law before its amendments."""
    rows = sorted(folder.rows(FILE), key=lambda r: (r["iso3"], r["year"], r["source_ref"]))
    found, chain = [], {}
    for row in rows:
        record = record_of(row, vocabulary)
        if isinstance(record, Record):
            link_amendment(record, chain)
        found.append(record)
    return found


def record_of(row, vocabulary):
    iso3 = (
        row["iso3"]
        if row["iso3"] in vocabulary.countries
        else vocabulary.resolve_country(row["country_as_given"])
    )
    if not iso3 or not row["year"].isdigit():
        missing = "year" if iso3 else f"country ({row['country_as_given']})"
        return Skipped(SOURCE, row["source_ref"], row["title"], f"no known {missing}")
    title, is_description = title_of(row, vocabulary.country_name(iso3))
    published_on, precision = month_date(int(row["year"]))
    return Record(
        kind=Kind.LAW,
        source=SOURCE,
        ref=row["source_ref"],
        title=cut_title(title),
        licence=LICENCE,
        published_on=published_on,
        precision=precision,
        year=published_on.year,
        countries=[iso3],
        topics=[TOPIC],
        detail={
            "instrument": Instrument.OTHER if is_description else instrument_of(title),
            "number": "" if is_description else number_of(title),
            "adopted_year": published_on.year,
            "branch": row["branch"][:100],
            "scheme_type": scheme_of(row["scheme_type"]),
            "coverage_share": share_of(row["coverage_pct_labour_force"]),
            "references": row["sources"][:500],
            "title_is_description": is_description,
        },
        distinct="" if is_description else number_of(title),
        notes=["the source gives no title"] if is_description else [],
    )


def title_of(row, country):
    """(title, whether we described it): "Employment injury law, rate updates, Ecuador, 1981" where the source has no title."""
    title = clean_title(row["title"])
    if (
        row["title_specified"] != "0"
        and title
        and not _UNSPECIFIED.match(title)
        and fold(title) != "rate updates"
    ):
        return title, False
    rest = "" if row["title_specified"] == "0" else _UNSPECIFIED.sub("", title).strip()
    if rest and not rest.startswith("("):
        rest = f", {rest[:1].lower()}{rest[1:]}"
    elif rest:
        rest = f" {rest}"
    branch = row["branch"] or "social protection"
    return f"{branch[:1].upper()}{branch[1:]} law{rest}, {country}, {row['year']}", True


def instrument_of(title):
    return next((instrument for words, instrument in INSTRUMENTS if words.search(title)), Instrument.OTHER)


def number_of(title):
    found = _NUMBER.search(title)
    return (found.group(1) or found.group(2) or "") if found else ""


def scheme_of(text):
    if text in NO_VALUE:
        return ""
    return " ".join(
        SCHEME_TYPOS.get(word.rstrip(","), word.rstrip(",")) + ("," if word.endswith(",") else "")
        for word in text.split()
    )[:200]


def share_of(text):
    """Percent of the labour force, or None where the source has none."""
    try:
        share = Decimal(text)
    except InvalidOperation:
        return None
    return share if 0 <= share <= 100 else None


def link_amendment(record, chain):
    """Point an amendment at the last law of the same country and the same title, where the source has one."""
    if record.detail["title_is_description"]:
        return
    base = fold(_AMENDMENT.sub(" ", record.title))
    is_amendment = bool(_AMENDMENT.search(record.title))
    key = (record.countries[0], base)
    earlier = chain.get(key)
    if is_amendment and earlier and base:
        record.amends = earlier.ref
        earlier.detail["force"] = LegalFramework.Force.AMENDED
    if base:
        chain[key] = record if not is_amendment else earlier or record
