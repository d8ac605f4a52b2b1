"""A plain author-year line by which a resource can be named in a text."""

from urllib.parse import unquote

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from resources.cards import initials
from resources.models import Contributor, Kind, ResourceOrganisation

NAMED = 10
RESPONSIBLE = (
    ResourceOrganisation.Role.AUTHOR,
    ResourceOrganisation.Role.PUBLISHER,
    ResourceOrganisation.Role.OWNER,
)


def citation(resource, detail, parts, canonical):
    """Chirwa, E. and Mwale, T. (2026). *Title*. Series 214. UNICEF. https://doi.org/…"""
    authors, publishers = authors_of(parts), publishers_of(parts)
    by = authors or publishers
    year = str(resource.year) if resource.year else _("n.d.")
    title = f'<i lang="{escape(resource.language_id)}">{escape(resource.title)}</i>'
    opening = f"{escape(by)} ({escape(year)}). {title}" if by else f"{title} ({escape(year)})"
    address = unquote(address_of(resource, parts) or canonical)
    rest = [container_of(resource, detail), publishers if authors else ""]
    shown = [opening, *(escape(part) for part in rest if part), f'<bdi dir="ltr">{escape(address)}</bdi>']
    return mark_safe(". ".join(shown) + ".")


def authors_of(parts):
    people = [person for person in parts.people if person.role == Contributor.Role.AUTHOR]
    people = people or [person for person in parts.people if person.role == Contributor.Role.EDITOR]
    names = [
        f"{person.family}, {initials(person.given)}" if person.given else person.family for person in people
    ]
    if len(names) > NAMED:
        return f"{', '.join(names[:NAMED])} et al."
    if len(names) > 1:
        return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
    return "".join(names)


def publishers_of(parts):
    names = [body.name for body in parts.bodies if body.role in RESPONSIBLE]
    return ", ".join(dict.fromkeys(names))


def container_of(resource, detail):
    """World Development 12(3), pp. 4–9."""
    if resource.kind != Kind.PUBLICATION:
        return ""
    volume = (
        f"{detail.volume}({detail.number})"
        if detail.volume and detail.number
        else detail.volume or detail.number
    )
    where = " ".join(part for part in [detail.container, volume] if part)
    pages = _("pp. %(pages)s") % {"pages": detail.pages} if detail.pages else ""
    return ", ".join(part for part in [where, pages] if part)


def address_of(resource, parts):
    doi = next((value for scheme, value in parts.identifiers if scheme == "doi"), "")
    return f"https://doi.org/{doi}" if doi else resource.url
