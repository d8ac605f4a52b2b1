"""What machines read of a resource: JSON-LD (schema.org), Highwire tags for scholarly indexes, Open Graph."""

import json

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from kit.html import escape
from resources.models import (
    Contributor,
    Event,
    Kind,
    LegalFramework,
    Multimedia,
    Publication,
    ResourceIdentifier,
    ResourceOrganisation,
)
from resources.reading.facts import LICENCES
from resources.reading.tags import creators, dublin_core

DESCRIPTION_LENGTH = 300
# As Django's json_script: nothing in the data can close the element it stands in.
ESCAPES = {
    ord(">"): "\\u003E",
    ord("<"): "\\u003C",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
TYPES = {
    Kind.NEWS: "NewsArticle",
    Kind.EVENT: "Event",
    Kind.JOB: "JobPosting",
    Kind.PROGRAMME: "GovernmentService",
    Kind.LAW: "Legislation",
    Kind.BLOG: "BlogPosting",
    Kind.DATABASE: "Dataset",
}
PUBLICATION_TYPES = {
    Publication.Type.WORKING_PAPER: "ScholarlyArticle",
    Publication.Type.JOURNAL_ARTICLE: "ScholarlyArticle",
    Publication.Type.REPORT: "Report",
    Publication.Type.POLICY_BRIEF: "Report",
    Publication.Type.EVALUATION: "Report",
    Publication.Type.UN_DOCUMENT: "Report",
    Publication.Type.BOOK: "Book",
    Publication.Type.MANUAL: "Book",
    Publication.Type.BOOK_CHAPTER: "Chapter",
    Publication.Type.THESIS: "Thesis",
    Publication.Type.WEB_PAGE: "WebPage",
    Publication.Type.PRESENTATION: "PresentationDigitalDocument",
    Publication.Type.DATASET: "Dataset",
}
MULTIMEDIA_TYPES = {
    Multimedia.Type.VIDEO: "VideoObject",
    Multimedia.Type.PODCAST: "PodcastEpisode",
    Multimedia.Type.AUDIO: "AudioObject",
    Multimedia.Type.INFOGRAPHIC: "ImageObject",
}
FORCE = {
    LegalFramework.Force.IN_FORCE: "https://schema.org/InForce",
    LegalFramework.Force.AMENDED: "https://schema.org/PartiallyInForce",
    LegalFramework.Force.REPEALED: "https://schema.org/NotInForce",
}
ATTENDANCE = {
    Event.Mode.IN_PERSON: "https://schema.org/OfflineEventAttendanceMode",
    Event.Mode.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
    Event.Mode.HYBRID: "https://schema.org/MixedEventAttendanceMode",
}


def description(resource):
    """The beginning of the summary in one line; "" where there is none."""
    text = " ".join(resource.summary.split())
    return text if len(text) <= DESCRIPTION_LENGTH else f"{text[: DESCRIPTION_LENGTH - 1].rstrip()}…"


def head(resource, detail, parts, canonical, data):
    """All of it as HTML for the head of the page; `data` is what `described` gives."""
    about = description(resource)
    tags = [
        format_html('<meta name="description" content="{}">', about) if about else "",
        *open_graph(resource, parts, canonical, about),
        *(highwire(resource, detail, parts, canonical) if resource.kind == Kind.PUBLICATION else ()),
        *dublin_core(resource, detail, parts, canonical, about, iso_date(resource)),
        json_ld(data),
    ]
    return mark_safe("".join(tags))


def json_ld(data):
    """A data block; scripts may not stand in a page, data may."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def open_graph(resource, parts, canonical, about):
    pairs = [
        ("og:site_name", settings.SITE_NAME),
        ("og:type", "article"),
        ("og:title", resource.title),
        ("og:url", canonical),
        ("og:description", about),
    ]
    if drawn := next((file for file in parts.files if file.first_page), None):
        width, height = drawn.first_page
        pairs += [
            ("og:image", f"{canonical}{drawn.path}page.webp"),
            ("og:image:type", "image/webp"),
            ("og:image:width", str(width)),
            ("og:image:height", str(height)),
        ]
    return [f'<meta property="{name}" content="{escape(value)}">' for name, value in pairs if value]


def highwire(resource, detail, parts, canonical):
    """The tags by which scholarly indexes read a publication."""
    pairs = [
        ("title", resource.title),
        *(("author", name) for name in creators(parts)),
        ("publication_date", publication_date(resource)),
        ("language", resource.language_id),
        ("volume", detail.volume),
        *container(detail),
        *pages(detail.pages),
        *(
            (scheme, value)
            for scheme, value in parts.identifiers
            if scheme != ResourceIdentifier.Scheme.HANDLE
        ),
        *(("publisher", body.name) for body in publishers(parts)),
        ("abstract_html_url", canonical),
        *(
            ("pdf_url", canonical + file.named_path)
            for file in parts.files
            if file.media_type == "application/pdf"
        ),
    ]
    return [f'<meta name="citation_{name}" content="{escape(value)}">' for name, value in pairs if value]


def publication_date(resource):
    """2026/11/14, or as much of it as is known."""
    if resource.published_on and resource.published_precision != "year":
        return resource.published_on.strftime(
            "%Y/%m/%d" if resource.published_precision == "day" else "%Y/%m"
        )
    return str(resource.year or "")


def container(detail):
    if detail.type == Publication.Type.JOURNAL_ARTICLE:
        return [("journal_title", detail.container), ("issue", detail.number)]
    if detail.type == Publication.Type.BOOK_CHAPTER:
        return [("inbook_title", detail.container)]
    return [("series_title", detail.container), ("technical_report_number", detail.number)]


def pages(text):
    first, _sep, last = text.replace("–", "-").partition("-")
    return [("firstpage", first.strip()), ("lastpage", last.strip())]


def authors(parts):
    return [person for person in parts.people if person.role == Contributor.Role.AUTHOR]


def publishers(parts):
    return [body for body in parts.bodies if body.role == ResourceOrganisation.Role.PUBLISHER]


def described(resource, detail, parts, canonical):
    """The resource in the words of schema.org; what is not known is left out."""
    about = description(resource)
    data = {
        "@context": "https://schema.org",
        "@type": schema_type(resource, detail),
        "@id": canonical,
        "url": canonical,
        "name": resource.title,
        "description": about,
        "inLanguage": resource.language_id,
        **OWN.get(resource.kind, creative_work)(resource, detail, parts),
    }
    return {name: value for name, value in data.items() if value not in ("", None, [], {})}


def schema_type(resource, detail):
    if resource.kind == Kind.PUBLICATION:
        return PUBLICATION_TYPES.get(detail.type, "CreativeWork")
    if resource.kind == Kind.MULTIMEDIA:
        return MULTIMEDIA_TYPES[detail.type]
    return TYPES[resource.kind]


def creative_work(resource, detail, parts):
    return {
        "headline": Truncator(resource.title).chars(110),
        "author": [as_person(person) for person in authors(parts)]
        or [as_organisation(b) for b in parts.bodies if b.role == ResourceOrganisation.Role.AUTHOR],
        "publisher": [as_organisation(body) for body in publishers(parts)],
        "datePublished": iso_date(resource),
        "license": LICENCES.get(resource.licence, resource.licence),
        "about": [name for _slug, name in parts.topics],
        "spatialCoverage": [
            {"@type": "Country", "name": name, "identifier": iso3} for iso3, name in parts.countries
        ],
        "identifier": [
            {"@type": "PropertyValue", "propertyID": scheme, "value": value}
            for scheme, value in parts.identifiers
        ],
        "sameAs": resource.url,
    }


def as_person(person):
    if person.is_body:
        return {"@type": "Organization", "name": person.name}
    orcid = {"@id": f"https://orcid.org/{person.orcid}"} if person.orcid else {}
    names = {"familyName": person.family, "givenName": person.given} if person.given else {}
    return {"@type": "Person", "name": person.name, **names, **orcid}


def as_organisation(body):
    return {"@type": "Organization", "name": body.name}


def iso_date(resource):
    return publication_date(resource).replace("/", "-")


def event(resource, detail, parts):
    place = {"@type": "Place", "name": detail.place, "address": detail.place} if detail.place else {}
    online = {"@type": "VirtualLocation", "url": detail.online_url} if detail.online_url else {}
    start, end = detail.starts_at or detail.starts_on, detail.ends_at or detail.ends_on
    return {
        "startDate": start.isoformat() if start else "",
        "endDate": end.isoformat() if end else "",
        "eventAttendanceMode": ATTENDANCE[detail.mode],
        "location": [spot for spot in (place, online) if spot],
        "organizer": [
            as_organisation(body) for body in parts.bodies if body.role == ResourceOrganisation.Role.ORGANISER
        ],
        "performer": [as_person(p) for p in parts.people if p.role == Contributor.Role.SPEAKER],
    }


def job(resource, detail, parts):
    return {
        "title": resource.title,
        "datePosted": iso_date(resource),
        "validThrough": detail.closes_on.isoformat() if detail.closes_on else "",
        "hiringOrganization": {"@type": "Organization", "name": detail.employer} if detail.employer else {},
        "jobLocation": {"@type": "Place", "address": detail.place} if detail.place else {},
        "jobLocationType": "TELECOMMUTE" if detail.is_remote else "",
        "inLanguage": "",
    }


def programme(resource, detail, parts):
    return {
        "alternateName": detail.local_name,
        "serviceType": detail.sub_type or detail.get_type_display(),
        "provider": {"@type": "GovernmentOrganization", "name": detail.agency} if detail.agency else {},
        "areaServed": [
            {"@type": "Country", "name": name, "identifier": iso3} for iso3, name in parts.countries
        ],
        "audience": {"@type": "Audience", "audienceType": detail.target_group} if detail.target_group else {},
        "inLanguage": "",
    }


def law(resource, detail, parts):
    return {
        **creative_work(resource, detail, parts),
        "legislationIdentifier": detail.number,
        "legislationType": detail.get_instrument_display(),
        "legislationDate": str(detail.adopted_year or ""),
        "legislationLegalForce": FORCE.get(detail.force, ""),
        "legislationJurisdiction": [name for _iso3, name in parts.countries],
        "legislationChanges": [settings.SITE_URL + other.url for other in changed_by(detail, parts)],
    }


def changed_by(detail, parts):
    return [parts.named[pk] for pk in (detail.amends_id, detail.repeals_id) if pk in parts.named]


def multimedia(resource, detail, parts):
    return {
        **creative_work(resource, detail, parts),
        "duration": f"PT{detail.duration_seconds}S" if detail.duration_seconds else "",
        "contentUrl": detail.enclosure_url,
        "encodingFormat": detail.enclosure_type,
        "contentSize": str(detail.enclosure_size or ""),
        "uploadDate": iso_date(resource),
        "transcript": detail.transcript[:5000],
    }


def database(resource, detail, parts):
    return {
        **creative_work(resource, detail, parts),
        "creator": {"@type": "Organization", "name": detail.owner} if detail.owner else {},
        "temporalCoverage": detail.period,
        "isAccessibleForFree": detail.access != "restricted",
    }


OWN = {
    Kind.EVENT: event,
    Kind.JOB: job,
    Kind.PROGRAMME: programme,
    Kind.LAW: law,
    Kind.MULTIMEDIA: multimedia,
    Kind.DATABASE: database,
}
