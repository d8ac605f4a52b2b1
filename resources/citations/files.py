"""Citations as files: BibTeX, RIS, CSL-JSON, CSV. Each function takes CSL-JSON items and returns text."""

import csv
import json
import re
from io import StringIO
from urllib.parse import quote

import rispy
from django.utils.translation import gettext_lazy as _
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer

from kit.csvs import safe

BIBTEX_TYPES = {
    "article-journal": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "thesis": "phdthesis",
    "report": "techreport",
}
RIS_TYPES = {
    "article-journal": "JOUR",
    "article-newspaper": "NEWS",
    "post-weblog": "BLOG",
    "book": "BOOK",
    "chapter": "CHAP",
    "thesis": "THES",
    "report": "RPRT",
    "webpage": "ELEC",
    "dataset": "DATA",
    "legislation": "STAT",
    "motion_picture": "VIDEO",
    "song": "SOUND",
    "broadcast": "SOUND",
    "graphic": "ART",
    "speech": "SLIDE",
}
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
CSV_COLUMNS = [
    "id",
    "type",
    "title",
    "authors",
    "year",
    "publisher",
    "container",
    "number",
    "doi",
    "url",
    "language",
]
# As Zotero writes and reads them; an escaped brace is balanced by one that takes no room.
TEX = {
    "\\": "{\\textbackslash}",
    "~": "{\\textasciitilde}",
    "^": "{\\textasciicircum}",
    "{": "\\{\\vphantom{\\}}",
    "}": "\\vphantom{\\{}\\}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}
_SPECIAL = re.compile(r"[\\~^{}#$%&_]")
_LIGATURES = re.compile(r"(?<=-)-|(?<=`)`|(?<=')'")
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
# In an address nothing is escaped, so what would end the field there is written in percent.
_NOT_IN_ADDRESS = re.compile(r"[{}\\\"\s]")
VERBATIM = ("url", "doi")
_PARTED = re.compile(r",|\\|\band\b", re.IGNORECASE)


class EscapedWriter(Writer):
    """Writes values that are TeX already; the library's own escaping leaves $, ~ and braces to chance."""

    def _encode(self, text):
        return text


def bibtex(items):
    """UTF-8 BibTeX that its readers turn back into the very same texts, whatever signs they hold."""
    entries = {item["id"]: bibtex_entry(item) for item in items}
    return EscapedWriter(encoding="UTF-8").to_string(BibliographyData(entries=entries)) if entries else ""


def tex(text):
    """A text as TeX prints it: in one line, with its special signs escaped and no two signs run together to one."""
    return _LIGATURES.sub(r"{}\g<0>", _SPECIAL.sub(lambda found: TEX[found[0]], one_line(text)))


def verbatim(text):
    return _NOT_IN_ADDRESS.sub(lambda found: quote(found[0]), one_line(text))


def bibtex_entry(item):
    issued = date_parts(item)
    fields = {
        "title": item["title"],
        "year": str(issued[0]) if issued else "",
        "month": MONTHS[issued[1] - 1] if len(issued) > 1 else "",
        "journal": item.get("container-title", "") if item["type"].startswith("article") else "",
        "booktitle": item.get("container-title", "") if item["type"] == "chapter" else "",
        "series": item.get("collection-title", ""),
        "type": item.get("genre", ""),
        "institution" if item["type"] == "report" else "publisher": item.get("publisher", ""),
        "address": item.get("publisher-place", ""),
        "edition": item.get("edition", ""),
        "volume": item.get("volume", ""),
        "number": item.get("number", "") or item.get("issue", ""),
        "pages": item.get("page", ""),
        "doi": item.get("DOI", ""),
        "isbn": item.get("ISBN", ""),
        "issn": item.get("ISSN", ""),
        "url": item.get("URL", ""),
        "language": item.get("language", ""),
    }
    persons = {role: [person(name) for name in item[role]] for role in ("author", "editor") if item.get(role)}
    kept = {key: (verbatim if key in VERBATIM else tex)(value) for key, value in fields.items() if value}
    return Entry(BIBTEX_TYPES.get(item["type"], "misc"), fields=kept, persons=persons)


def person(name):
    """A body stands in braces, so that no reader takes "World Bank" apart; so does a name that looks like two."""
    if "literal" in name:
        return Person(last=f"{{{tex(name['literal'])}}}")
    return Person(last=name_part(name["family"]), first=name_part(name.get("given", "")))


def name_part(text):
    text = tex(text)
    return f"{{{text}}}" if _PARTED.search(text) else text


def ris(items):
    return rispy.dumps([ris_entry(item) for item in items]) if items else ""


def ris_entry(item):
    issued = date_parts(item)
    entry = {
        "type_of_reference": RIS_TYPES.get(item["type"], "GEN"),
        "id": item["id"],
        "title": item["title"],
        "authors": [ris_name(name) for name in item.get("author", [])],
        "year": str(issued[0]) if issued else "",
        "date": "/".join(f"{part:02}" for part in issued) if len(issued) > 1 else "",
        "secondary_title": item.get("container-title", "") or item.get("collection-title", ""),
        "publisher": item.get("publisher", ""),
        "place_published": item.get("publisher-place", ""),
        "volume": item.get("volume", ""),
        "number": item.get("number", "") or item.get("issue", ""),
        "start_page": item.get("page", ""),
        "edition": item.get("edition", ""),
        "doi": item.get("DOI", ""),
        "issn": item.get("ISSN", "") or item.get("ISBN", ""),
        "urls": [item["URL"]] if item.get("URL") else [],
        "language": item.get("language", ""),
    }
    return {key: one_line(value) for key, value in entry.items() if value}


def ris_name(name):
    """A comma parts the family from the given names, so a family name has none of its own."""
    if "literal" in name:
        return name["literal"]
    return f"{name['family'].replace(',', '')}, {name.get('given', '')}".rstrip(", ")


def one_line(value):
    """A line break inside a value would begin a new tag or field; control characters mean nothing to readers."""
    if isinstance(value, list):
        return [one_line(part) for part in value]
    return " ".join(_UNPRINTED.sub(" ", value).split())


def csl_json(items):
    return json.dumps(items, ensure_ascii=False, indent=1)


def table(items):
    """CSV with a header row. A cell that a spreadsheet would calculate is led by an apostrophe."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    for item in items:
        issued = date_parts(item)
        row = [
            item["id"],
            item["type"],
            item["title"],
            "; ".join(ris_name(name) for name in item.get("author", [])),
            issued[0] if issued else "",
            item.get("publisher", ""),
            item.get("container-title", "") or item.get("collection-title", ""),
            item.get("number", "") or item.get("issue", ""),
            item.get("DOI", ""),
            item.get("URL", ""),
            item.get("language", ""),
        ]
        writer.writerow([safe(cell) for cell in row])
    return out.getvalue()


def date_parts(item):
    return item.get("issued", {}).get("date-parts", [[]])[0]


FORMATS = {
    "bibtex": (bibtex, "application/x-bibtex", "bib"),
    "ris": (ris, "application/x-research-info-systems", "ris"),
    "csl": (csl_json, "application/vnd.citationstyles.csl+json", "json"),
    "csv": (table, "text/csv", "csv"),
}
FORMAT_NAMES = {
    "bibtex": _("BibTeX (.bib)"),
    "ris": _("RIS (.ris)"),
    "csl": _("CSL-JSON (.json)"),
    "csv": _("Table (.csv)"),
}
