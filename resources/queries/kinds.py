"""How each kind of resource is shown: its family of colour, its icon, its name in the plural."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from resources.models import Kind


class KindLook(NamedTuple):
    family: str
    icon: str
    plural: str


KIND_LOOKS = {
    Kind.PUBLICATION: KindLook("library", "doc", _("Publications")),
    Kind.PROGRAMME: KindLook("programme", "programme", _("Programme profiles")),
    Kind.LAW: KindLook("law", "law", _("Legal and policy frameworks")),
    Kind.COUNTRY: KindLook("country", "country", _("Country profiles")),
    Kind.NEWS: KindLook("community", "news", pgettext_lazy("several", "News")),
    Kind.BLOG: KindLook("community", "blog", _("Blog posts")),
    Kind.EVENT: KindLook("event", "event", _("Events")),
    Kind.JOB: KindLook("job", "job", _("Jobs")),
    Kind.MULTIMEDIA: KindLook("event", "play", _("Multimedia")),
    Kind.DATABASE: KindLook("library", "database", _("Databases")),
}

COLLECTION = "collection"  # what the index calls a curated page beside the kinds of resources
COLLECTION_LOOK = KindLook("library", "quotes", _("Curated pages"))


def kind_look(kind):
    """The look of a kind of resource, or of curated pages."""
    return COLLECTION_LOOK if kind == COLLECTION else KIND_LOOKS[Kind(kind)]
