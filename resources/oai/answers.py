"""The six verbs, each as the document it answers with."""

import re
from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from lxml.etree import Element, QName, SubElement, tostring

from resources.oai import records
from resources.oai.formats import FORMATS, SCHEMA_LOCATION, XSI, clean
from resources.oai.protocol import ProtocolError, harvest_of, read_arguments
from resources.oai.sets import all_sets

CONTENT_TYPE = "text/xml; charset=utf-8"
OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
EMAIL = re.compile(r"\S+@(\S+\.)+\S+")


def respond(params):
    """The XML document that answers to the arguments (a QueryDict); mistakes are answered in it as well."""
    root = Element(QName(OAI, "OAI-PMH"), nsmap={None: OAI, "xsi": XSI})
    root.set(SCHEMA_LOCATION, f"{OAI} {OAI}OAI-PMH.xsd")
    add(root, "responseDate", stamp(datetime.now(UTC)))
    request = add(root, "request", settings.SITE_URL + reverse("oai"))
    with translation.override("en"):  # a record reads the same for every harvester
        try:
            verb, arguments = read_arguments(params)
            content = VERBS[verb](arguments)
        except ProtocolError as error:
            if error.code not in ("badVerb", "badArgument"):
                echo(request, verb, arguments)
            add(root, "error", error.text, code=error.code)
        else:
            echo(request, verb, arguments)
            root.append(content)
    return tostring(root, xml_declaration=True, encoding="UTF-8")


def echo(request, verb, arguments):
    """The request as it was understood stands in the attributes of its element."""
    for name, value in {"verb": verb, **arguments}.items():
        request.set(name, clean(value))


def identify(_arguments):
    answer = element("Identify")
    add(answer, "repositoryName", settings.SITE_NAME)
    add(answer, "baseURL", settings.SITE_URL + reverse("oai"))
    add(answer, "protocolVersion", "2.0")
    address = settings.CONTACT_EMAIL
    add(answer, "adminEmail", address if EMAIL.fullmatch(address) else f"{address}.localdomain")
    add(answer, "earliestDatestamp", stamp(records.earliest() or datetime.now(UTC)))
    add(answer, "deletedRecord", "persistent")
    add(answer, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    scheme = SubElement(
        add(answer, "description"), QName(OAI_IDENTIFIER, "oai-identifier"), nsmap={None: OAI_IDENTIFIER}
    )
    scheme.set(SCHEMA_LOCATION, f"{OAI_IDENTIFIER} {OAI_IDENTIFIER}.xsd")
    for name, value in [
        ("scheme", "oai"),
        ("repositoryIdentifier", settings.OAI_REPOSITORY),
        ("delimiter", ":"),
        ("sampleIdentifier", records.identifier_of(1)),
    ]:
        SubElement(scheme, QName(OAI_IDENTIFIER, name)).text = value
    return answer


def list_metadata_formats(arguments):
    if "identifier" in arguments:
        records.record_of(arguments["identifier"])
    answer = element("ListMetadataFormats")
    for prefix, (_write, schema, namespace) in FORMATS.items():
        one = add(answer, "metadataFormat")
        add(one, "metadataPrefix", prefix)
        add(one, "schema", schema)
        add(one, "metadataNamespace", namespace)
    return answer


def list_sets(arguments):
    if "resumptionToken" in arguments:
        raise ProtocolError(
            "badResumptionToken", "The list of sets is given whole; it has no resumptionToken."
        )
    answer = element("ListSets")
    for spec, name in all_sets():
        one = add(answer, "set")
        add(one, "setSpec", spec)
        add(one, "setName", name)
    return answer


def get_record(arguments):
    write = writer(arguments["metadataPrefix"])
    answer = element("GetRecord")
    answer.append(record_element(records.record_of(arguments["identifier"]), write))
    return answer


def list_identifiers(arguments):
    return listed("ListIdentifiers", arguments, lambda record, _write: header(record), full=False)


def list_records(arguments):
    return listed("ListRecords", arguments, record_element, full=True)


def listed(verb, arguments, show, *, full):
    harvest = harvest_of(verb, arguments)
    write = writer(harvest.prefix)
    page, onward = records.page_of(harvest, full=full)
    answer = element(verb)
    for record in page:
        answer.append(show(record, write))
    if onward or harvest.after:
        size = onward.size if onward else harvest.size
        # The list may have grown while it was read; it never says that it is longer than what was given.
        size = max(size, harvest.cursor + len(page))
        add(
            answer,
            "resumptionToken",
            onward.token(verb) if onward else "",
            completeListSize=str(size),
            cursor=str(harvest.cursor),
        )
    return answer


def writer(prefix):
    if prefix not in FORMATS:
        raise ProtocolError("cannotDisseminateFormat", f"The formats are {' and '.join(FORMATS)}.")
    return FORMATS[prefix][0]


def record_element(record, write):
    one = element("record")
    one.append(header(record))
    if not record.is_deleted:
        add(one, "metadata").append(write(record))
    return one


def header(record):
    one = element("header")
    if record.is_deleted:
        one.set("status", "deleted")
    add(one, "identifier", records.identifier_of(record.resource.pk))
    add(one, "datestamp", stamp(record.resource.updated_at))
    for spec in record.sets:
        add(one, "setSpec", spec)
    return one


def element(name):
    return Element(f"{{{OAI}}}{name}", nsmap={None: OAI})


def add(parent, name, text=None, **attributes):
    one = SubElement(parent, f"{{{OAI}}}{name}", attributes)
    one.text = clean(text) if text is not None else None
    return one


def stamp(moment):
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


VERBS = {
    "Identify": identify,
    "ListMetadataFormats": list_metadata_formats,
    "ListSets": list_sets,
    "GetRecord": get_record,
    "ListIdentifiers": list_identifiers,
    "ListRecords": list_records,
}
