"""CSL-JSON of a resource (Citation Style Language 1.0.2, https://docs.citationstyles.org)."""

from django.conf import settings

from resources.models import Contributor, Kind, Publication, ResourceIdentifier, ResourceOrganisation

PREFETCH = ["contributors", "identifiers", "organisation_roles__organisation"]

PUBLICATION_TYPES = {
    Publication.Type.JOURNAL_ARTICLE: "article-journal",
    Publication.Type.BOOK: "book",
    Publication.Type.BOOK_CHAPTER: "chapter",
    Publication.Type.THESIS: "thesis",
    Publication.Type.WEB_PAGE: "webpage",
    Publication.Type.PRESENTATION: "speech",
    Publication.Type.DATASET: "dataset",
    Publication.Type.OTHER: "document",
}
KIND_TYPES = {
    Kind.NEWS: "article-newspaper",
    Kind.BLOG: "post-weblog",
    Kind.LAW: "legislation",
    Kind.MULTIMEDIA: "motion_picture",
    Kind.DATABASE: "dataset",
}
MULTIMEDIA_TYPES = {"podcast": "broadcast", "audio": "song", "infographic": "graphic"}
NAMED_ROLES = {
    Contributor.Role.AUTHOR: "author",
    Contributor.Role.SPEAKER: "author",
    Contributor.Role.EDITOR: "editor",
    Contributor.Role.TRANSLATOR: "translator",
}
BODY_ROLES = (
    ResourceOrganisation.Role.AUTHOR,
    ResourceOrganisation.Role.OWNER,
    ResourceOrganisation.Role.ORGANISER,
)


def csl_item(resource, *, detail=None):
    """One CSL-JSON item. `resource` should carry PREFETCH; `detail` is the row of its kind, if at hand.

    A field the source does not give is absent, never empty.
    """
    item = {
        "id": citation_key(resource),
        "type": csl_type(resource.kind, detail),
        "title": resource.title,
        "language": resource.language_id,
        "issued": issued(resource),
        "URL": resource.url or settings.SITE_URL + resource.get_absolute_url(),
        **names(resource),
        **identifiers(resource),
        **publisher(resource),
        **(publication_fields(detail) if resource.kind == Kind.PUBLICATION and detail else {}),
        **(law_fields(detail) if resource.kind == Kind.LAW and detail else {}),
    }
    return {key: value for key, value in item.items() if value}


def csl_type(kind, detail):
    if kind == Kind.PUBLICATION:
        return PUBLICATION_TYPES.get(getattr(detail, "type", ""), "report")
    if kind == Kind.MULTIMEDIA:
        return MULTIMEDIA_TYPES.get(getattr(detail, "type", ""), KIND_TYPES[kind])
    return KIND_TYPES.get(kind, "webpage")


def issued(resource):
    """As precise as the source: a year, a year and month, or a day."""
    date = resource.published_on
    if date is None:
        return {"date-parts": [[resource.year]]} if resource.year else None
    parts = {"year": [date.year], "month": [date.year, date.month]}
    return {"date-parts": [parts.get(resource.published_precision, [date.year, date.month, date.day])]}


def names(resource):
    found = {}
    for contributor in resource.contributors.all():
        role = NAMED_ROLES.get(contributor.role)
        if role is None:
            continue
        if contributor.is_body or not contributor.given_name:
            name = {"literal": contributor.family_name}
        else:
            name = {"family": contributor.family_name, "given": contributor.given_name}
        found.setdefault(role, []).append(name)
    if "author" not in found:
        bodies = [
            link.organisation.name for link in resource.organisation_roles.all() if link.role in BODY_ROLES
        ]
        found["author"] = [{"literal": name} for name in bodies]
    return found


def identifiers(resource):
    found = {}
    for identifier in resource.identifiers.all():
        if identifier.scheme != ResourceIdentifier.Scheme.HANDLE:
            found.setdefault(identifier.scheme.upper(), identifier.value)
    return found


def publisher(resource):
    publishers = [
        link.organisation.name
        for link in resource.organisation_roles.all()
        if link.role == ResourceOrganisation.Role.PUBLISHER
    ]
    return {"publisher": " and ".join(publishers)}


def publication_fields(detail):
    in_series = csl_type(Kind.PUBLICATION, detail) == "report"
    return {
        "collection-title" if in_series else "container-title": detail.container,
        "genre": str(Publication.Type(detail.type).label)
        if in_series and detail.type != Publication.Type.OTHER
        else "",
        "volume": detail.volume,
        "number" if in_series else "issue": detail.number,
        "page": detail.pages,
        "edition": detail.edition,
        "publisher-place": detail.place,
    }


def law_fields(detail):
    return {"number": detail.number, "container-title": detail.gazette}


def citation_key(resource):
    """A key that stays the same as long as the resource exists."""
    return f"{resource.kind}-{resource.pk}"
