"""The list of the desk: what there is to work on, the last changed first."""

from django.db.models import OuterRef, Q, Subquery

from kit.text import fold, one_line
from resources.keys import normalise_doi
from resources.models import Kind, Resource, Revision, Status

TEXT_LIMIT = 200


def read_filters(params):
    """What the list is narrowed to; what nobody knows is left out."""
    status, kind = params.get("status", ""), params.get("kind", "")
    return {
        "q": one_line(params.get("q", ""), TEXT_LIMIT)[0],
        "status": status if status in Status.values else "",
        "kind": kind if kind in Kind.values else "",
    }


def listed(filters):
    """The resources of the list, without their long texts, with who changed each last."""
    found = Resource.objects.all()
    if filters["status"]:
        found = found.filter(status=filters["status"])
    if filters["kind"]:
        found = found.filter(kind=filters["kind"])
    if text := filters["q"]:
        wanted = Q(title__icontains=text) | Q(slug=text) | Q(source_ref=text)
        if folded := fold(text):
            wanted |= Q(title_key__contains=folded)
        if doi := normalise_doi(text):
            wanted |= Q(pk__in=Resource.objects.filter(identifiers__value=doi).values("pk"))
        found = found.filter(wanted)
    last = Revision.objects.filter(resource=OuterRef("pk")).order_by("-number").values("by__name")[:1]
    return (
        found.annotate(changed_by=Subquery(last))
        .select_related("language")
        .only("kind", "slug", "status", "title", "language__code", "language__is_rtl", "updated_at")
        .order_by("-updated_at", "-pk")
    )
