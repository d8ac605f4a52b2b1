"""Publications: NBER working papers, IDB, graduation and livelihoods reviews, UN ESCWA documents."""

import re

from resources.keys import normalise_doi
from resources.load.dates import in_the_past, month_date
from resources.load.names import GivenNames, parse_contributors
from resources.load.records import Record, Skipped
from resources.load.text import (
    Lexicon,
    clean_title,
    cut_title,
    guess_language,
    is_broken,
    is_shouted,
    junk_reason,
)
from resources.models import Kind, Publication, ResourceIdentifier, ResourceOrganisation

FILE = "publications/publications.csv"
TYPES = {
    "working paper": Publication.Type.WORKING_PAPER,
    "journalarticle": Publication.Type.JOURNAL_ARTICLE,
    "report": Publication.Type.REPORT,
    "thesis": Publication.Type.THESIS,
    "webpage": Publication.Type.WEB_PAGE,
    "book": Publication.Type.BOOK,
    "booksection": Publication.Type.BOOK_CHAPTER,
    "un document": Publication.Type.UN_DOCUMENT,
    "presentation": Publication.Type.PRESENTATION,
    "dataset": Publication.Type.DATASET,
}
LICENCES = {
    "nberwp": "",
    "idb": "",
}  # the licences of the lists are in SOURCE.txt; they are not the documents'
LANGUAGES = {"EP": "en", "AP": "ar", "FP": "fr"}  # ESCWA: English, Arabic, French print
GUESSED = {"idb", "grad_ftr", "om_qex"}  # sources whose language column is empty or a guess
PUBLISHERS = {"United Nations. ESCWA": "United Nations Economic and Social Commission for Western Asia"}
NO_CONTAINER = {"other", "n/a", "-", "undefined", "unknown"}
_ADDRESS = re.compile(r"https?://[^\s\"<>]+", re.I)
_LOST_END = re.compile(r"[-_/.]$")


def read(folder, vocabulary):
    """Records and skipped rows of publications.csv, originals before their duplicates."""
    rows = folder.rows(FILE)
    lexicon = Lexicon([r["title"] for r in rows], proper=vocabulary.proper_names)
    names = GivenNames(r["authors"] for r in rows if r["source"] != "nberwp")
    names.learn_given_first(r["authors"] for r in rows if r["source"] == "nberwp")
    found, seen = [], set()
    for row in sorted(rows, key=lambda r: bool(r["derived_duplicate_of"])):
        ref = row["id"]
        if ref in seen:
            found.append(
                Skipped(row["source"], ref, row["title"], "the same reference stands twice in the source")
            )
            continue
        seen.add(ref)
        found.extend(records_of(row, lexicon, names, vocabulary))
    return found


def records_of(row, lexicon, names, vocabulary):
    """One record a language version of a row, or the reason why there is none."""
    title, title_ar, notes = titles_of(row, lexicon)
    if not title and title_ar:
        title, title_ar = title_ar, ""
    reason = junk_reason(title)
    if reason:
        return [Skipped(row["source"], row["id"], title, reason)]
    record = record_of(row, title, names, vocabulary, notes)
    if not title_ar:
        return [record]
    record.other_languages = []
    arabic = record_of(row, title_ar, names, vocabulary, [])
    arabic.ref, arabic.translation_of, arabic.language = f"{row['id']}#ar", record.ref, "ar"
    return [record, arabic]


def titles_of(row, lexicon):
    """(title, Arabic title, notes): an "Arabic" title in another script is the title of a row without one."""
    notes = []
    title, title_ar = clean_title(row["title"]), clean_title(row["title_ar"])
    if title_ar and guess_language(title_ar)[0] != "ar":
        title, title_ar = title or title_ar, ""
        notes.append("the Arabic title is not Arabic")
    if is_shouted(title):
        cased = lexicon.sentence_case(title)
        notes.append("capitals lowered" if cased != title else "capitals kept: too many unknown words")
        title = cased
    if is_broken(title):
        notes.append("title broken by text recognition: kept as given")
    if len(title) > 600:
        notes.append("title cut at 600 characters")
    return cut_title(title), cut_title(title_ar), notes


def record_of(row, title, names, vocabulary, notes):
    source = row["source"]
    language, others = language_of(row, title, notes)
    published_on, precision, year = date_of(row, notes)
    url = address_of(row)
    publisher = PUBLISHERS.get(row["publisher"], row["publisher"])
    return Record(
        kind=Kind.PUBLICATION,
        source=source,
        ref=row["id"],
        title=title,
        language=language,
        other_languages=others,
        url=url,
        licence=LICENCES.get(source, ""),
        published_on=published_on,
        precision=precision,
        year=year,
        contributors=[]
        if source == "escwa"
        else parse_contributors(
            row["authors"], given_first=True if source == "nberwp" else None, names=names
        ),
        organisations=[(publisher, ResourceOrganisation.Role.PUBLISHER)] if publisher else [],
        countries=countries_of(row, title, vocabulary),
        identifiers=identifiers_of(row, notes),
        detail=detail_of(row),
        duplicate_of=row["derived_duplicate_of"],
        distinct=row["number"],
        notes=notes,
    )


def language_of(row, title, notes):
    """(language, further languages of the document). Codes of ESCWA; a guess of the source is checked by the title."""
    printed = [LANGUAGES[code] for code in row["language"].split() if code in LANGUAGES]
    if printed:
        language = guess_language(title, printed[0])[0]
        return language, [code for code in printed if code != language]
    given = row["language"][:2].lower() or "en"
    if row["source"] not in GUESSED:
        return given, []
    language, differs = guess_language(title, given)
    if differs and row["language"]:
        notes.append(f"language {given} corrected to {language} by the title")
    return language, []


def date_of(row, notes):
    """(date, precision, year); a date in the future is kept only as far as it is past."""
    year = int(row["year"]) if row["year"].isdigit() else None
    if year is None or not year > 1500:
        return None, "day", None
    month = int(row["month"]) if row["month"].isdigit() and 1 <= int(row["month"]) <= 12 else None
    published_on, precision = in_the_past(*month_date(year, month))
    if published_on is None:
        notes.append(f"year {year} lies in the future: left out")
        return None, "day", None
    return published_on, precision, year


def address_of(row):
    found = _ADDRESS.search(row["url"] or row["derived_url"])
    return found.group().rstrip(".,;)")[:1000] if found else ""


def identifiers_of(row, notes):
    """The DOI of the DOI column or of a doi.org address, cleaned; debris is left out."""
    given = row["doi"] or (row["url"] if "doi.org/" in row["url"].lower() else "") or row["derived_doi"]
    doi = normalise_doi(given.replace("doi:", " "))
    if doi and _LOST_END.search(doi):
        notes.append(f"DOI {doi} lost its end: left out")
        doi = ""
    if row["doi"] and not doi and not notes:
        notes.append(f"no DOI in {row['doi'][:60]!r}")
    return [(ResourceIdentifier.Scheme.DOI, doi)] if doi else []


def countries_of(row, title, vocabulary):
    """Countries the source names and those its title names; the list's own guess only where the title says nothing to us."""
    named = vocabulary.countries_in(title) or row["derived_countries"].split("|")
    found = {*vocabulary.resolve_countries(row["given_country"]), *named}
    return sorted(found & vocabulary.countries.keys())


def detail_of(row):
    container = " ".join(row["container"].split()).lstrip(",;:. ")
    kind = TYPES.get(row["type"].lower(), Publication.Type.OTHER)
    return {
        "type": kind,
        "container": "" if container.lower() in NO_CONTAINER else container[:300],
        "number": row["number"][:60],
    }
