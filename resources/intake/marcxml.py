"""MARCXML: the bibliographic fields of MARC 21, record by record."""

import io
import re
from xml.sax import SAXException
from xml.sax.handler import feature_namespaces

import defusedxml.sax
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from pymarc.marcxml import XmlHandler

from resources.intake.entries import Entry, NotReadable, clean, digest_of

_ARABIC = re.compile("[\u0621-\u064a]{2}")
_END = re.compile(r"[\s/:;,=]+$")
ROLES = {"edt": "editor", "ed": "editor", "editor": "editor", "trl": "translator", "translator": "translator"}


class Handler(XmlHandler):
    """Leaves the leader out: nothing of it is used, and one of the wrong length would refuse the whole file."""

    def endElementNS(self, name, qname):
        if name[1] == "leader":
            self._text = []
        else:
            super().endElementNS(name, qname)


def read_marcxml(content):
    """Entries of a MARCXML file. NotReadable where it is no XML, or defines entities."""
    handler = Handler(strict=False)
    parser = defusedxml.sax.make_parser()
    parser.setContentHandler(handler)
    parser.setFeature(feature_namespaces, 1)
    try:
        parser.parse(io.BytesIO(content))
    except DefusedXmlException as error:
        raise NotReadable(_("The file defines entities of its own; for safety it is not read.")) from error
    except (SAXException, ValueError, KeyError, AttributeError, TypeError, IndexError) as error:
        raise NotReadable(_("The file is no MARCXML: %(error)s") % {"error": error}) from error
    return [entry for record in handler.records for entry in entries_of(record)]


def entries_of(record):
    """The record, and a second one where it gives the title in Arabic beside another: the language version."""
    words = clean({name: value for name, value in words_of(record).items() if value})
    ref = clean(control(record, "001") or sub(record, "191", "a")) or digest_of(words)
    title = str(words.get("title", ""))
    yield Entry(ref=ref, title=title[:300], data=words)
    other = clean(sub(record, "246", "a"))
    if _ARABIC.search(other) and title and not _ARABIC.search(title):
        version = words | {"title": other, "language": ["ara"], "translation_of": ref}
        version.pop("subtitle", None)
        yield Entry(ref=f"{ref[:100]}#ar", title=other[:300], data=version)


def words_of(record):
    title = joined(sub(record, "245", "a"), sub(record, "245", "b"))
    languages = languages_of(record)
    return {
        "title": title or sub(record, "246", "a"),
        "type": [*subs(record, "655", "a"), *subs(record, "980", "a")],
        "people": people(record),
        "summary": "\n\n".join([*subs(record, "520", "a"), *subs(record, "500", "a")]),
        "date": sub(record, "269", "a") or bare(sub(record, "264", "c") or sub(record, "260", "c")),
        "year": control(record, "008")[7:11].strip("|u# "),
        "publisher": [bare(name) for tag in ("264", "260") for name in subs(record, tag, "b")],
        "url": [url for field in record.get_fields("856") for url in field.get_subfields("u")],
        "doi": next(
            (f["a"] for f in record.get_fields("024") if "doi" in (f.get("2") or "").lower() and f.get("a")),
            "",
        ),
        "isbn": "; ".join(text.split()[0] for text in subs(record, "020", "a") if text.split()),
        "issn": sub(record, "022", "a"),
        "language": languages[:1],
        "countries": [bare(name) for name in [*subs(record, "651", "a"), *subs(record, "650", "z")]],
        "topics": [bare(name) for tag in ("650", "653") for name in subs(record, tag, "a")],
        "container": bare(sub(record, "773", "t") or sub(record, "490", "a") or sub(record, "830", "a")),
        "volume": bare(sub(record, "490", "v")),
        "number": sub(record, "191", "a") or sub(record, "088", "a"),
        "pages": bare(sub(record, "300", "a")),
        "edition": bare(sub(record, "250", "a")),
        "place": bare(sub(record, "264", "a") or sub(record, "260", "a")),
        "licence": sub(record, "540", "a"),
    }


def languages_of(record):
    """Language codes, the one of field 008 first: three letters each, run together in field 041 of some catalogues."""
    found = [control(record, "008")[35:38]]
    for text in [*subs(record, "041", "a"), *subs(record, "041", "d")]:
        found += re.findall(r"[a-z]{3}", text.lower())
    return [code for code in dict.fromkeys(found) if re.fullmatch("[a-z]{3}", code)]


def people(record):
    found = []
    for tag, is_body in (("100", False), ("700", False), ("110", True), ("710", True)):
        for field in record.get_fields(tag):
            name = bare(" ".join(field.get_subfields("a", "b") if is_body else field.get_subfields("a")))
            told = " ".join([*field.get_subfields("e"), *field.get_subfields("4")]).lower().strip(" .")
            role = ROLES.get(told, "")
            if not name:
                continue
            family, comma, given = name.partition(",")
            found.append([name, "", f"{role}body"] if is_body or not comma else [family, given.strip(), role])
    return found


def control(record, tag):
    field = record.get(tag)
    return (field.data or "") if field is not None and field.data else ""


def subs(record, tag, code):
    return [
        text
        for field in record.get_fields(tag)
        if not field.is_control_field()
        for text in field.get_subfields(code)
        if text
    ]


def sub(record, tag, code):
    return next(iter(subs(record, tag, code)), "")


def bare(text):
    """Without the punctuation that catalogues put between fields."""
    text = _END.sub("", text or "").strip()
    return text[:-1] if text.endswith(".") and not re.search(r"\b\w\.$", text) else text


def joined(title, rest):
    return f"{bare(title)}: {bare(rest)}" if rest else bare(title)
