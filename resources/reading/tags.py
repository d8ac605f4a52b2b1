"""Dublin Core (https://www.dublincore.org/specifications/dublin-core/dcq-html/) and COinS
(https://archive.org/details/OpenURLContextObjectInSpanCoins) of a resource: older ways to read a page, still asked for."""

from urllib.parse import urlencode

from django.utils.html import escape
from django.utils.safestring import mark_safe

from resources.models import Contributor, Kind, Publication, ResourceIdentifier, ResourceOrganisation
from resources.reading.facts import LICENCES

DC_TYPES = {
    Kind.EVENT: "Event",
    Kind.MULTIMEDIA: "Sound",
    Kind.DATABASE: "Dataset",
    Kind.PROGRAMME: "Service",
}
MULTIMEDIA_TYPES = {"video": "MovingImage", "infographic": "StillImage"}
BOOKS = (Publication.Type.BOOK, Publication.Type.MANUAL)
GENRES = {
    Publication.Type.JOURNAL_ARTICLE: "article",
    Publication.Type.BOOK_CHAPTER: "bookitem",
    **dict.fromkeys(BOOKS, "book"),
}
CREATORS = (Contributor.Role.AUTHOR, Contributor.Role.SPEAKER)


def dublin_core(resource, detail, parts, canonical, about, dated):
    """The fifteen elements, as far as they are known, as tags for the head of the page."""
    pairs = [
        ("title", resource.title),
        *(("creator", name) for name in creators(parts)),
        *(("subject", name) for _slug, name in parts.topics),
        ("description", about),
        *(("publisher", name) for name in publishers(parts)),
        *(("contributor", person.name) for person in parts.people if person.role not in CREATORS),
        ("date", dated),
        ("type", dc_type(resource, detail)),
        *(("format", media_type) for media_type in dict.fromkeys(file.media_type for file in parts.files)),
        ("identifier", canonical),
        *(("identifier", named(scheme, value)) for scheme, value in parts.identifiers),
        ("source", resource.url),
        ("language", resource.language_id),
        *(("coverage", name) for _iso3, name in parts.countries),
        ("rights", LICENCES.get(resource.licence, resource.licence)),
    ]
    return [
        '<link rel="schema.DC" href="http://purl.org/dc/elements/1.1/">',
        *(f'<meta name="DC.{name}" content="{escape(value)}">' for name, value in pairs if value),
    ]


def dc_type(resource, detail):
    if resource.kind == Kind.MULTIMEDIA:
        return MULTIMEDIA_TYPES.get(detail.type, DC_TYPES[Kind.MULTIMEDIA])
    return DC_TYPES.get(resource.kind, "Text")


def named(scheme, value):
    """An identifier with its scheme: a DOI as info URI, a number as URN."""
    shapes = {
        ResourceIdentifier.Scheme.DOI: "info:doi/{}",
        ResourceIdentifier.Scheme.HANDLE: "info:hdl/{}",
        ResourceIdentifier.Scheme.ISBN: "urn:isbn:{}",
        ResourceIdentifier.Scheme.ISSN: "urn:issn:{}",
    }
    return shapes[scheme].format(value)


def creators(parts):
    """Authors and speakers as "Family, Given"; the bodies that wrote it where it names no people."""
    people = [
        f"{person.family}, {person.given}" if person.given else person.family
        for person in parts.people
        if person.role in CREATORS
    ]
    return people or [body.name for body in parts.bodies if body.role == ResourceOrganisation.Role.AUTHOR]


def publishers(parts):
    return [body.name for body in parts.bodies if body.role == ResourceOrganisation.Role.PUBLISHER]


def coins(resource, detail, parts, canonical, dated):
    """An empty element whose title is an OpenURL context object, as reference managers look for in a page."""
    paper = detail if resource.kind == Kind.PUBLICATION else None
    is_article = paper and paper.type == Publication.Type.JOURNAL_ARTICLE
    genre = GENRES.get(paper.type, "document") if paper else "document"
    form = "journal" if is_article else "book" if paper else "dc"
    title = {"article": "atitle", "bookitem": "atitle", "book": "btitle"}.get(genre, "title")
    first, _dash, last = (paper.pages if paper else "").replace("–", "-").partition("-")
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"),
        *([("rft.genre", genre)] if paper else [("rft.type", dc_type(resource, detail))]),
        (f"rft.{title}" if paper else "rft.title", resource.title),
        *(("rft.au" if paper else "rft.creator", name) for name in creators(parts)),
        *(("rft.pub" if paper else "rft.publisher", name) for name in publishers(parts)),
        ("rft.date", dated),
        ("rft.language", resource.language_id),
        *(book_or_journal(paper, genre) if paper else ()),
        ("rft.spage", first.strip()),
        ("rft.epage", last.strip()),
        *((f"rft.{s}", v) for s, v in parts.identifiers if paper and s in ("isbn", "issn")),
        *(("rft_id", named(s, v)) for s, v in parts.identifiers if s in ("doi", "handle")),
        ("rft_id", canonical),
    ]
    title = urlencode([(name, value) for name, value in pairs if value])
    return mark_safe(f'<span class="Z3988" title="{escape(title)}"></span>')


def book_or_journal(paper, genre):
    if genre == "article":
        return [("rft.jtitle", paper.container), ("rft.volume", paper.volume), ("rft.issue", paper.number)]
    if genre == "bookitem":
        return [("rft.btitle", paper.container), ("rft.place", paper.place), ("rft.edition", paper.edition)]
    return [("rft.series", paper.container), ("rft.place", paper.place), ("rft.edition", paper.edition)]
