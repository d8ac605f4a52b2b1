"""Metadata formats: Dublin Core (oai_dc) and DataCite 4 in the envelope of DataCite's own provider (oai_datacite)."""

import re

from django.conf import settings
from lxml.etree import Element, QName, SubElement

from resources.models import Contributor, Kind, Publication, ResourceIdentifier, ResourceOrganisation

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA_LOCATION = QName(XSI, "schemaLocation")
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
ENVELOPE = "http://schema.datacite.org/oai/oai-1.1/"
DATACITE = "http://datacite.org/schema/kernel-4"
DATACITE_SCHEMA = "http://schema.datacite.org/meta/kernel-4/metadata.xsd"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}")
UNKNOWN = "(:unkn)"  # DataCite's code for what cannot be known, for elements that must be there

CREATORS = (Contributor.Role.AUTHOR, Contributor.Role.SPEAKER)
CREATING_BODIES = (
    ResourceOrganisation.Role.AUTHOR,
    ResourceOrganisation.Role.OWNER,
    ResourceOrganisation.Role.ORGANISER,
)
DC_TYPES = {
    Kind.EVENT: "Event",
    Kind.DATABASE: "Dataset",
}
DC_MEDIA = {"video": "MovingImage", "podcast": "Sound", "audio": "Sound", "infographic": "StillImage"}
GENERAL_TYPES = {
    Kind.EVENT: "Event",
    Kind.DATABASE: "Dataset",
    Kind.MULTIMEDIA: "Audiovisual",
    Publication.Type.WORKING_PAPER: "Report",
    Publication.Type.REPORT: "Report",
    Publication.Type.POLICY_BRIEF: "Report",
    Publication.Type.EVALUATION: "Report",
    Publication.Type.JOURNAL_ARTICLE: "JournalArticle",
    Publication.Type.BOOK: "Book",
    Publication.Type.BOOK_CHAPTER: "BookChapter",
    Publication.Type.THESIS: "Dissertation",
    Publication.Type.DATASET: "Dataset",
    "podcast": "Sound",
    "audio": "Sound",
    "infographic": "Image",
}


def clean(text):
    """Text without the characters that XML 1.0 cannot hold."""
    return NOT_XML.sub("", str(text))


class Facts:
    """What both formats say of a record."""

    def __init__(self, record):
        resource = record.resource
        self.resource, self.record = resource, record
        self.page = settings.SITE_URL + resource.get_absolute_url()
        self.language = resource.language_id if LANGUAGE_TAG.fullmatch(resource.language_id) else None
        self.doi = next((i.value for i in resource.identifiers.all() if i.scheme == "doi"), "")
        self.type = resource.card.get("type", "")
        people = list(resource.contributors.all())
        bodies = list(resource.organisation_roles.all())
        self.creators = [one for one in people if one.role in CREATORS]
        self.creating_bodies = [b.organisation.name for b in bodies if b.role in CREATING_BODIES]
        self.others = [one for one in people if one.role not in CREATORS]
        self.publishers = [
            b.organisation.name for b in bodies if b.role == ResourceOrganisation.Role.PUBLISHER
        ]
        self.funders = [b.organisation.name for b in bodies if b.role == ResourceOrganisation.Role.FUNDER]
        self.summary = resource.summary

    @property
    def issued(self):
        """As precise as the source: 2024, 2024-05 or 2024-05-17."""
        day, length = self.resource.published_on, {"year": 4, "month": 7}
        if day is None:
            return str(self.resource.year or "")
        return day.isoformat()[: length.get(self.resource.published_precision, 10)]

    @property
    def type_name(self):
        kind = self.resource.kind
        if kind == Kind.PUBLICATION and self.type in Publication.Type.values:
            return str(Publication.Type(self.type).label)
        return str(Kind(kind).label)


def oai_dc(record):
    facts, resource = Facts(record), record.resource
    root = Element(QName(OAI_DC, "dc"), nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    root.set(SCHEMA_LOCATION, f"{OAI_DC} {OAI_DC[:-1]}.xsd")

    def say(name, value, language=None):
        if text := clean(value).strip():
            SubElement(root, f"{{{DC}}}{name}", {XML_LANG: language} if language else None).text = text

    say("title", resource.title, facts.language)
    for person in facts.creators:
        say("creator", person.inverted)
    if not facts.creators:
        for name in facts.creating_bodies:
            say("creator", name)
    for one in record.topics:
        say("subject", one.name(), "en")
    say("description", facts.summary, facts.language)
    for name in facts.publishers:
        say("publisher", name)
    for person in facts.others:
        say("contributor", person.inverted)
    say("date", facts.issued)
    say("type", DC_MEDIA.get(facts.type) or DC_TYPES.get(resource.kind, "Text"))
    say("type", facts.type_name, "en")
    say("identifier", facts.page)
    for one in resource.identifiers.all():
        say("identifier", named(one))
    say("relation", resource.url)
    for code in [resource.language_id, *(one.code for one in resource.other_languages.all())]:
        say("language", code)
    for country in record.countries:
        say("coverage", country.name(), "en")
    say("rights", resource.licence)
    return root


def named(identifier):
    """An identifier as an address or a URN."""
    if identifier.scheme == ResourceIdentifier.Scheme.DOI:
        return f"https://doi.org/{identifier.value}"
    if identifier.scheme == ResourceIdentifier.Scheme.HANDLE:
        return f"https://hdl.handle.net/{identifier.value}"
    return f"urn:{identifier.scheme}:{identifier.value}"


def oai_datacite(record):
    envelope = Element(QName(ENVELOPE, "oai_datacite"), nsmap={None: ENVELOPE, "xsi": XSI})
    envelope.set(SCHEMA_LOCATION, f"{ENVELOPE} {ENVELOPE}oai.xsd")
    SubElement(envelope, QName(ENVELOPE, "schemaVersion")).text = "4.4"
    SubElement(envelope, QName(ENVELOPE, "datacentreSymbol")).text = clean(settings.OAI_REPOSITORY)
    payload = SubElement(envelope, QName(ENVELOPE, "payload"))
    payload.append(datacite(record))
    return envelope


def datacite(record):
    """DataCite Metadata Schema 4.4 (https://doi.org/10.14454/3w3z-sa82)."""
    facts, resource = Facts(record), record.resource
    root = Element(QName(DATACITE, "resource"), nsmap={None: DATACITE, "xsi": XSI})
    root.set(SCHEMA_LOCATION, f"{DATACITE} {DATACITE_SCHEMA}")

    def add(parent, name, text=None, **attributes):
        attributes = {
            XML_LANG if key == "lang" else key: clean(value) for key, value in attributes.items() if value
        }
        element = SubElement(parent, f"{{{DATACITE}}}{name}", attributes)
        element.text = clean(text).strip() if text is not None else None
        return element

    def group(name, values):
        return add(root, name) if values else None

    def person(parent, name, one):
        kind = "Organizational" if one.is_body else "Personal"
        add(parent, name, one.inverted, nameType=kind)
        if one.given_name and not one.is_body:
            add(parent, "givenName", one.given_name)
            add(parent, "familyName", one.family_name)
        if one.orcid:
            add(
                parent,
                "nameIdentifier",
                one.orcid,
                nameIdentifierScheme="ORCID",
                schemeURI="https://orcid.org",
            )

    add(root, "identifier", facts.doi or facts.page, identifierType="DOI" if facts.doi else "URL")
    creators = add(root, "creators")
    for one in facts.creators:
        person(add(creators, "creator"), "creatorName", one)
    if not facts.creators:
        for name in facts.creating_bodies or [UNKNOWN]:
            add(
                add(creators, "creator"),
                "creatorName",
                name,
                nameType="" if name == UNKNOWN else "Organizational",
            )
    add(add(root, "titles"), "title", resource.title, lang=facts.language)
    add(root, "publisher", " and ".join(facts.publishers) or UNKNOWN)
    add(root, "publicationYear", f"{resource.year or (resource.published_at or resource.updated_at).year:04}")
    general = GENERAL_TYPES.get(facts.type) or GENERAL_TYPES.get(resource.kind, "Text")
    add(root, "resourceType", facts.type_name, resourceTypeGeneral=general)
    subjects = group("subjects", record.topics)
    for one in record.topics:
        add(subjects, "subject", one.name(), lang="en")
    contributors = group("contributors", facts.others)
    for one in facts.others:
        kind = "Editor" if one.role == Contributor.Role.EDITOR else "Other"
        person(add(contributors, "contributor", contributorType=kind), "contributorName", one)
    dates = add(root, "dates")
    if facts.issued:
        add(dates, "date", facts.issued, dateType="Issued")
    add(dates, "date", resource.updated_at.date().isoformat(), dateType="Updated")
    add(root, "language", resource.language_id)
    others = [(kind, value) for kind, value in alternates(facts) if value]
    alternate = group("alternateIdentifiers", others)
    for kind, value in others:
        add(alternate, "alternateIdentifier", value, alternateIdentifierType=kind)
    add(root, "version", resource.version)
    if resource.licence:
        add(add(root, "rightsList"), "rights", resource.licence)
    if facts.summary:
        add(
            add(root, "descriptions"),
            "description",
            facts.summary,
            descriptionType="Abstract",
            lang=facts.language,
        )
    places = group("geoLocations", record.countries)
    for country in record.countries:
        add(add(places, "geoLocation"), "geoLocationPlace", country.name())
    funders = group("fundingReferences", facts.funders)
    for name in facts.funders:
        add(add(funders, "fundingReference"), "funderName", name)
    return root


def alternates(facts):
    """(type, value) of every other name of the resource."""
    if facts.doi:
        yield "URL", facts.page
    for one in facts.resource.identifiers.all():
        if one.value != facts.doi:
            yield one.get_scheme_display(), one.value
    yield "URL", facts.resource.url


FORMATS = {
    "oai_dc": (oai_dc, f"{OAI_DC[:-1]}.xsd", OAI_DC),
    "oai_datacite": (oai_datacite, f"{ENVELOPE}oai.xsd", ENVELOPE),
}
