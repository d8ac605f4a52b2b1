"""Asks the provider as a harvester does; every answer is checked against the grammar of the protocol."""

from functools import cache
from pathlib import Path

from django.urls import reverse
from lxml import etree

SPACES = {
    "oai": "http://www.openarchives.org/OAI/2.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "datacite": "http://datacite.org/schema/kernel-4",
}


@cache
def grammar():
    return etree.RelaxNG(etree.parse(Path(__file__).with_name("protocol.rng")))


def checked(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    document = etree.fromstring(response.content)
    assert grammar().validate(document), f"{grammar().error_log}\n{response.content.decode()}"
    return document


def ask(client, method="get", **arguments):
    """The document that answers; `from` is given as `since`."""
    if "since" in arguments:
        arguments["from"] = arguments.pop("since")
    return checked(getattr(client, method)(reverse("oai"), arguments))


def texts(document, path):
    return [one.text if hasattr(one, "text") else str(one) for one in document.xpath(path, namespaces=SPACES)]


def error_codes(document):
    return texts(document, "//oai:error/@code")


def token_of(document):
    return next(iter(texts(document, "//oai:resumptionToken")), None)


def keys(document):
    """The primary key of every record that lives, and of every one that is deleted."""
    alive = texts(document, "//oai:header[not(@status)]/oai:identifier")
    deleted = texts(document, "//oai:header[@status='deleted']/oai:identifier")
    return [int(one.rpartition(":")[2]) for one in alive], [int(one.rpartition(":")[2]) for one in deleted]


def harvest(client, verb="ListRecords", between=lambda page: None, **arguments):
    """What a harvester holds at the end of a list: the keys that live. `between` runs after each page."""
    held, page = set(), 0
    document = ask(client, verb=verb, **{"metadataPrefix": "oai_dc", **arguments})
    while True:
        for header in document.iterfind(".//oai:header", SPACES):
            key = int(header.findtext("oai:identifier", namespaces=SPACES).rpartition(":")[2])
            held.add(key)
            if header.get("status") == "deleted":
                held.discard(key)
        between(page)
        page += 1
        if not token_of(document):
            return held
        document = ask(client, verb=verb, resumptionToken=token_of(document))
