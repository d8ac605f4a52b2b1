"""Which resource an address names, for this visitor."""

import re
from functools import cache, partial

from django.contrib.auth.models import AnonymousUser
from django.utils.text import slugify

from kit.prepared import PreparedModels
from resources.models import KIND_MODELS, Kind, Resource

SLUG = re.compile(r"[-\w]{1,100}\Z")
DETAILS = {
    kind: model._meta.get_field("resource").remote_field.get_accessor_name()
    for kind, model in KIND_MODELS.items()
}


def readable_by(visitor):
    """What has a page for this visitor: what is visible, and for everybody the tombstones of what was withdrawn."""
    return Resource.objects.visible_to(visitor) | Resource.objects.withdrawn()


def find(visitor, kind, slug):
    """The resource with its kind's row and its language, or None."""
    if kind not in DETAILS or not SLUG.match(slug):
        return None
    if visitor.is_authenticated:
        return with_detail(visitor, kind, slug).first()
    found = for_anybody(kind)(slug)
    return found[0] if found else None


def with_detail(visitor, kind, slug):
    """The resource of an address, if this visitor may read it, with its kind's row and its language."""
    return (
        readable_by(visitor)
        .filter(kind=kind, slug=slug)
        .select_related(DETAILS[kind], "language")
        .defer("file_text")
    )


@cache
def for_anybody(kind):
    """The query of visitors without an account, by far the most asked, compiled once."""
    return PreparedModels(partial(with_detail, AnonymousUser(), kind))


def detail_of(resource):
    return getattr(resource, DETAILS[resource.kind])


def right_address(visitor, kind, slug):
    """The address of the one resource that is meant by a wrong kind, or by capitals or unusual letter forms in the slug."""
    meant = slugify(slug[:400], allow_unicode=True)
    if kind not in Kind.values or not SLUG.match(meant):
        return None
    found = list(readable_by(visitor).filter(slug=meant).only("kind", "slug")[:10])
    found = [resource for resource in found if resource.kind == kind] or found
    return found[0].get_absolute_url() if len(found) == 1 else None
