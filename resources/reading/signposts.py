"""Where machines go on from a resource's page: FAIR Signposting (https://signposting.org/FAIR/), as typed links.

The same links stand in the `Link` header (RFC 8288) and in the linkset (RFC 9264).
"""

from typing import NamedTuple

from django.utils.encoding import iri_to_uri

from resources.citations.files import FORMATS
from resources.models import ResourceIdentifier
from resources.reading.facts import LICENCES
from resources.reading.head import authors, schema_type

LINKSET_TYPE = "application/linkset+json"
LONGEST_HEADER = 2800  # nginx takes all headers of an answer together up to 4 KB
MANY = ("author", "describedby", "item")


class Signpost(NamedTuple):
    rel: str
    href: str
    type: str = ""


def signposts(resource, detail, parts, canonical):
    """The typed links of a published resource; what is not known is left out."""
    doi = next((value for scheme, value in parts.identifiers if scheme == ResourceIdentifier.Scheme.DOI), "")
    links = [
        Signpost("cite-as", f"https://doi.org/{doi}" if doi else canonical),
        Signpost("type", "https://schema.org/AboutPage"),
        Signpost("type", f"https://schema.org/{schema_type(resource, detail)}"),
        *(
            Signpost("author", f"https://orcid.org/{person.orcid}")
            for person in authors(parts)
            if person.orcid
        ),
        *(
            Signpost("describedby", f"{canonical}citation/{form}/", media)
            for form, (_write, media, _end) in FORMATS.items()
        ),
        *(Signpost("item", canonical + file.path, file.media_type) for file in parts.files),
    ]
    if resource.licence in LICENCES:
        links.append(Signpost("license", LICENCES[resource.licence]))
    return [link._replace(href=iri_to_uri(link.href)) for link in links]


def link_header(links, canonical):
    """The links as the value of a `Link` header, the linkset among them. Proxies refuse long headers: where all
    together are too long, what can be many stands in the linkset alone."""
    own = Signpost("linkset", iri_to_uri(f"{canonical}linkset/"), LINKSET_TYPE)
    header = in_header([*links, own])
    if len(header) <= LONGEST_HEADER:
        return header
    return in_header([*(link for link in links if link.rel not in MANY), own])


def in_header(links):
    return ", ".join(
        f'<{link.href}>; rel="{link.rel}"' + (f'; type="{link.type}"' if link.type else "") for link in links
    )


def linkset(links, canonical):
    """The links as a linkset document."""
    context = {"anchor": iri_to_uri(canonical)}
    for link in links:
        context.setdefault(link.rel, []).append(
            {"href": link.href, **({"type": link.type} if link.type else {})}
        )
    return {"linkset": [context]}
