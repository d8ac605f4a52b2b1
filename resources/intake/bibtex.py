"""BibTeX, entry by entry: one that is broken does not take the others with it."""

import codecs
import contextlib
import re

import latexcodec  # noqa: F401 - registers the codec "ulatex"
from django.utils.translation import gettext as _
from pybtex.database import Person
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError

from resources.intake.entries import Entry, clean, digest_of
from resources.intake.texts import decode

NO_ENTRY = {"string", "preamble", "comment"}
SAME = {
    "journaltitle": "journal",
    "location": "address",
    "institution": "publisher",
    "school": "publisher",
    "organization": "publisher",
    "annotation": "annote",
    "keyword": "keywords",
    "link": "url",
    "authors": "author",
    "editors": "editor",
    "urls": "url",
    "links": "url",
    "langid": "language",
}
# What a part takes over from the whole it names in its crossref, and under which name.
INHERITED = ("year", "month", "date", "publisher", "address", "editor", "series", "volume", "edition")
DEEPEST = 8
_BRACES = re.compile(r"[{}]")
_ACCENT = re.compile(r"\\[^\W\d_]+\s?|\\[^\w\s]")


class Reader(LowLevelParser):
    """Goes on after a mistake; `mistakes` are those of the entry at hand."""

    def __init__(self, text):
        super().__init__(text, macros={name.lower(): value for name, value in month_names.items()})
        self.mistakes = []

    def handle_error(self, error):
        self.mistakes.append(str(error))

    def substitute_macro(self, name):
        """The text a @string gave; a name nobody has defined stands for itself."""
        return self.macros.get(name, self.macros.get(name.lower(), name))


def read_bibtex(content, encoding=""):
    """(entries, encoding) of a BibTeX file."""
    text, encoding = decode(content, encoding)
    return entries_of(text), encoding


def entries_of(text):
    reader, found = Reader(text), []
    for name, parts in reader:
        mistakes, reader.mistakes = reader.mistakes, []
        if name.lower() not in NO_ENTRY:
            found.append((name.lower(), parts[0], parts[1], reader.lineno, mistakes))
        elif mistakes:
            found.append((name.lower(), f"@{name}", [], reader.lineno, mistakes))
    if reader.mistakes:
        found.append(("", "", [], reader.lineno, reader.mistakes))
    fields = {}
    for _kind, key, pairs, _line, _mistakes in found:
        if key and pairs:
            fields.setdefault(key.lower(), fields_of(pairs))
    for kind, key, pairs, line, mistakes in found:
        yield entry_of(kind, key, fields_of(pairs), line, mistakes, fields)


def fields_of(pairs):
    found = {}
    for name, parts in pairs:
        name = name.lower()
        found.setdefault(SAME.get(name, name), " ".join("".join(parts).split()))
    return found


def entry_of(kind, key, own, line, mistakes, known):
    fields = with_parents(own, known)
    ref = clean(key or "")
    title = plain(fields.get("title", "") or fields.get("booktitle", ""))
    if mistakes and not own.get("title"):
        return Entry(
            ref=ref or f"line {line}",
            title=clean(title)[:300],
            unreadable=_("Near line %(line)d: %(mistake)s") % {"line": line, "mistake": mistakes[0]},
        )
    words = {
        "title": title,
        "subtitle": plain(fields.get("subtitle", "")),
        "type": [kind, plain(fields.get("type", ""))] if fields.get("type") else [kind],
        "people": people(fields.get("author"), "") + people(fields.get("editor"), "editor"),
        "summary": plain(fields.get("abstract", "")),
        "date": fields.get("date") or date_of(fields),
        "publisher": [plain(fields["publisher"])] if fields.get("publisher") else [],
        "url": [
            address(fields.get(name, ""))
            for name in ("url", "howpublished", "ee")
            if address(fields.get(name, ""))
        ],
        "doi": plain(fields.get("doi", "")),
        "isbn": fields.get("isbn", ""),
        "issn": fields.get("issn", ""),
        "language": plain(fields.get("language", "")),
        "topics": re.split(r"\s*[;,]\s*", plain(fields.get("keywords", "")))
        if fields.get("keywords")
        else [],
        "container": plain(fields.get("journal") or fields.get("booktitle", "") or fields.get("series", "")),
        "volume": plain(fields.get("volume", "")),
        "number": plain(fields.get("number", "") or fields.get("issue", "")),
        "pages": re.sub(r"\s*-{2,}\s*", "–", plain(fields.get("pages", ""))),
        "edition": plain(fields.get("edition", "")),
        "place": plain(fields.get("address", "")),
    }
    if words["container"] == title:
        words["container"] = ""
    words = clean({name: value for name, value in words.items() if value})
    return Entry(ref=ref or digest_of(words), title=clean(title)[:300], data=words)


def with_parents(fields, known):
    """The fields of an entry and, where it has none, those of the entries its crossref leads to."""
    found, parent, depth = dict(fields), fields.get("crossref", ""), 0
    while parent and depth < DEEPEST and (whole := known.get(parent.lower())):
        if "booktitle" not in found and "title" in whole:
            found["booktitle"] = whole.get("booktitle", whole["title"])
        for name in INHERITED:
            if name in whole:
                found.setdefault(name, whole[name])
        parent, depth = whole.get("crossref", ""), depth + 1
    return found


def date_of(fields):
    year = plain(fields.get("year", ""))
    month = plain(fields.get("month", ""))
    return (
        f"{month} {year}".strip() if month and not month.isdigit() else "-".join(filter(None, [year, month]))
    )


def people(text, role):
    """[family, given, role] of names as BibTeX parts them; a name wholly in braces is a body's."""
    found = []
    for name in re.split(r"\s+and\s+", " ".join((text or "").split()), flags=re.IGNORECASE):
        name = name.strip(" ,;")
        if not name or name.lower() == "others":
            continue
        if name.startswith("{") and name.endswith("}") and not re.search(r"\}.*\{", name):
            found.append([plain(name), "", f"{role}body"])
            continue
        try:
            one = Person(name)
        except PybtexError:
            found.append([plain(name), "", role])
            continue
        family = " ".join([*one.prelast_names, *one.last_names, *one.lineage_names])
        given = " ".join([*one.first_names, *one.middle_names])
        if family or given:
            found.append([plain(family) or plain(given), plain(given) if family else "", role])
    return found


def address(text):
    match = re.search(
        r"https?://[^\s{}\"<>]+", text.replace("\\_", "_").replace("\\&", "&").replace("\\%", "%")
    )
    return match.group().rstrip(".,;)") if match else ""


def plain(text):
    """A field without TeX: accents as letters, braces and commands gone."""
    if "\\" in text or "$" in text or "~" in text or "--" in text:
        with contextlib.suppress(ValueError):
            text = codecs.decode(text, "ulatex")
        text = _ACCENT.sub(lambda found: found.group()[1:] if found.group()[1] in "&%$#_{}" else " ", text)
    return " ".join(_BRACES.sub("", text).replace("$", "").split())
