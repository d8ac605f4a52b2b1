"""Which format a file is in, and its entries; the next page of what is harvested."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _

from resources.intake import feeds, marcxml, oai
from resources.intake.bibtex import read_bibtex
from resources.intake.entries import NotReadable
from resources.intake.ris import read_ris
from resources.intake.tables import read_csv, read_xlsx
from resources.intake.texts import decode
from resources.models import Import

Form = Import.Form
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
ROOTS = {
    "collection": Form.MARCXML,
    "record": Form.MARCXML,
    "OAI-PMH": Form.OAI,
    "rss": Form.FEED,
    "feed": Form.FEED,
    "RDF": Form.FEED,
}


@dataclass
class Found:
    """What opening a file gave. Tables have a header."""

    entries: Iterable
    header: list = field(default_factory=list)
    encoding: str = ""


def form_of(name, start):
    """The format of a file by its first bytes, then by the ending of its name. NotReadable for what is none of ours."""
    if start.startswith(b"PK\x03\x04"):
        return Form.XLSX
    if start.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")):
        raise NotReadable(
            _(
                "This kind of file cannot be imported. Choose CSV, XLSX, BibTeX, RIS, MARCXML, OAI-PMH, RSS or Atom."
            )
        )
    text = decode(start, "latin-1")[0] if b"\0" not in start else start.decode("utf-16", "replace")
    text = text.removeprefix("ï»¿").lstrip()
    ending = name.lower().rpartition(".")[2]
    if text.startswith("<"):
        root = _ROOT.search(
            re.sub(r"<!--.*?(?:-->|$)|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", "", text, flags=re.DOTALL)
        )
        form = root and ROOTS.get(root.group(1))
        if form is None:
            raise NotReadable(_("This XML is neither MARCXML, nor OAI-PMH, nor an RSS or Atom feed."))
        return form
    if ending == "ris" or re.search(r"^\s*TY\s{0,2}-", text, re.MULTILINE):
        return Form.RIS
    if ending in ("bib", "bibtex") or re.search(r"^\s*@\w+\s*[{(]", text, re.MULTILINE):
        return Form.BIBTEX
    return Form.CSV


def open_file(file, form, encoding=""):
    """The entries of an open binary file. NotReadable, at once or while they are read, for what is not in its format."""
    if form == Form.XLSX:
        return Found(*sorted_out(read_xlsx(file)))
    content = file.read()
    if form == Form.CSV:
        return Found(*sorted_out(read_csv(content, encoding)))
    if form in (Form.BIBTEX, Form.RIS):
        entries, encoding = {Form.BIBTEX: read_bibtex, Form.RIS: read_ris}[form](content, encoding)
        return Found(entries, encoding=encoding)
    read = {Form.MARCXML: marcxml.read_marcxml, Form.OAI: oai.read_oai, Form.FEED: feeds.read_feed}[form]
    return Found(read(content))


def sorted_out(found):
    header, entries, encoding = found
    return entries, header, encoding


@dataclass
class Page:
    """One answer of a harvest. `asked_with` is the token it was asked with; `token` asks for the next."""

    entries: list
    asked_with: str = ""
    token: str = ""
    responded: str = ""
    retry_after: timedelta | None = None
    trouble: str = ""


def next_page(job):
    """Fetch the next page of a harvest, without touching the database."""
    if job.form == Form.FEED:
        return feeds.fetch(job, Page)
    return oai.fetch(job, Page)
