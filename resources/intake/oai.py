"""OAI-PMH 2.0: Dublin Core records out of an answer, and a harvest page by page (RFC-less; openarchives.org/OAI/2.0)."""

import re
from datetime import timedelta
from urllib.parse import urlencode, urlsplit
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from kit import web
from resources.intake.entries import Entry, NotReadable, clean

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
PREFIX = "oai_dc"
SECONDS = 90
MOST_BYTES = 30 * 1024 * 1024
MOST_ATTEMPTS = 8
LONGEST_WAIT = timedelta(hours=6)
_HAS_NO_USE = re.compile(r"^(?:info:eu-repo|doc-type:|text$)", re.I)


def read_oai(content):
    """Entries of an OAI-PMH answer kept as a file. An answer without records is NotReadable, with what it says."""
    root = root_of(content)
    trouble = error_of(root)
    records = [*root.iter(f"{OAI}record")]
    if not records:
        raise NotReadable(
            trouble or _("There is no record in this answer; only ListRecords and GetRecord have some.")
        )
    return [entry_of(record) for record in records]


def root_of(content):
    try:
        return fromstring(content)
    except DefusedXmlException as error:
        raise NotReadable(_("The answer defines entities of its own; for safety it is not read.")) from error
    except (ParseError, ValueError, LookupError) as error:
        raise NotReadable(_("The answer is no XML: %(error)s") % {"error": error}) from error


def error_of(root):
    """What the provider says went wrong, or ""."""
    found = root.find(f"{OAI}error")
    return "" if found is None else f"{found.get('code', '')}: {(found.text or '').strip()}".strip(": ")[:250]


def entry_of(record):
    header = record.find(f"{OAI}header")
    ref = clean((header.findtext(f"{OAI}identifier") if header is not None else "") or "")
    if header is not None and header.get("status") == "deleted":
        return Entry(ref=ref, title=ref, is_deleted=True)
    words = {name: value for name, value in words_of(record).items() if value}
    if not words:
        return Entry(ref=ref, title=ref, unreadable=_("The record has no Dublin Core."))
    words = clean(words)
    return Entry(
        ref=ref,
        title=" ".join(words.get("title", ""))[:300]
        if isinstance(words.get("title"), list)
        else words.get("title", "")[:300],
        data=words,
    )


def words_of(record):
    def all_of(name):
        return [
            text for one in record.iter(f"{DC}{name}") if (text := " ".join("".join(one.itertext()).split()))
        ]

    identifiers = all_of("identifier")
    addresses = [text for text in identifiers if re.match(r"https?://", text)]
    dois = [text for text in [*identifiers, *all_of("relation")] if re.search(r"\b10\.\d{4,9}/", text)]
    titles = all_of("title")
    return {
        "title": titles[0] if titles else "",
        "authors": "; ".join(all_of("creator")),
        "summary": "\n\n".join(all_of("description")),
        "date": next((d for d in all_of("date") if re.match(r"\d{4}", d)), ""),
        "publisher": all_of("publisher"),
        "url": [a for a in addresses if "doi.org/" not in a] or addresses,
        "doi": dois[0] if dois else "",
        "isbn": [t.partition(":")[2] for t in identifiers if t.lower().startswith("urn:isbn:")],
        "issn": [t.partition(":")[2] for t in identifiers if t.lower().startswith("urn:issn:")],
        "language": all_of("language")[:1],
        "topics": all_of("subject"),
        "countries": [],
        "type": [t.rpartition("/")[2].rpartition(":")[2] for t in all_of("type")],
        "licence": next(iter(all_of("rights")), "")[:100],
    }


def address_of(job, since):
    """The request for the next page: a resumption token stands alone."""
    if job.token:
        values = {"verb": "ListRecords", "resumptionToken": job.token}
    else:
        values = {"verb": "ListRecords", "metadataPrefix": PREFIX}
        values |= {"set": job.oai_set} if job.oai_set else {}
        values |= {"from": since} if since else {}
    return f"{job.address}{'&' if urlsplit(job.address).query else '?'}{urlencode(values)}"


def fetch(job, page_of):
    """The next page of a harvest. Trouble that may pass says when to ask again; what will not pass is NotReadable.

    A provider that counts in days alone refuses a time of day, so it is asked once more without.
    """
    page, trouble = ask(job, page_of, job.since)
    if trouble.startswith("badArgument") and "T" in job.since and not job.token:
        page, trouble = ask(job, page_of, job.since.partition("T")[0])
    if trouble:
        raise NotReadable(_("The provider says: %(trouble)s") % {"trouble": trouble})
    return page


def ask(job, page_of, since):
    """(page, what the provider says went wrong)."""
    try:
        answer = web.fetch(
            address_of(job, since), headers={"Accept": "text/xml"}, seconds=SECONDS, most_bytes=MOST_BYTES
        )
    except web.Unreachable as error:
        if error.code in ("address", "private", "too_large", "protocol"):
            raise NotReadable(_("The address cannot be harvested: %(error)s.") % {"error": error}) from error
        return later(job, page_of, str(error)), ""
    if answer.status in (429, 500, 502, 503, 504):
        return later(job, page_of, f"HTTP {answer.status}", answer.headers.get("retry-after", "")), ""
    if answer.status != 200:
        raise NotReadable(_("The address answers with status %(status)d.") % {"status": answer.status})
    root = root_of(answer.body)
    trouble = error_of(root)
    if not root.tag.endswith("OAI-PMH"):
        raise NotReadable(_("The address does not answer as OAI-PMH does."))
    responded = (root.findtext(f"{OAI}responseDate") or "").strip()[:30]
    if trouble.startswith("noRecordsMatch"):
        return page_of(entries=[], asked_with=job.token, responded=responded), ""
    if trouble:
        return None, trouble
    entries = [entry_of(record) for record in root.iter(f"{OAI}record")]
    token = (root.findtext(f".//{OAI}resumptionToken") or "").strip()
    if token == job.token:
        token = ""  # a provider that hands out the same token again would be asked for ever
    return page_of(entries=entries, asked_with=job.token, token=token, responded=responded), ""


def later(job, page_of, trouble, retry_after=""):
    """Ask again after what the provider wishes, or after growing waits; after eight attempts no more."""
    if job.attempts + 1 >= MOST_ATTEMPTS:
        raise NotReadable(
            _("Asked %(times)d times without an answer: %(trouble)s")
            % {"times": MOST_ATTEMPTS, "trouble": trouble}
        )
    wait = (
        timedelta(seconds=int(retry_after))
        if retry_after.isdigit() and len(retry_after) < 7
        else timedelta(seconds=30 * 2**job.attempts)
    )
    return page_of(entries=[], asked_with=job.token, retry_after=min(wait, LONGEST_WAIT), trouble=trouble)
