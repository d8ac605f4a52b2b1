"""A new record begun from another one: its translation, its next version, or a copy."""

from typing import NamedTuple

from django.db.models import Max

from resources.models import Kind, Resource
from resources.snapshots import snapshot

TRANSLATION, VERSION, COPY = WAYS = ("translation", "version", "copy")
# What the new record has to say for itself.
ITS_OWN = {
    TRANSLATION: {"title": "", "language": "", "summary": "", "body": "", "url": "", "other_languages": []},
    VERSION: {"published_on": None, "year": None},
    COPY: {"url": ""},
}


class Origin(NamedTuple):
    """The record `source` from which a new one of its kind is begun, in one of WAYS."""

    way: str
    source: Resource

    @property
    def is_of_same_work(self):
        return self.way != COPY

    def version_in(self, language):
        """The version that the new record in a language is."""
        if self.way != VERSION:
            return self.source.version if self.is_of_same_work else 1
        present = Resource.objects.filter(work=self.source.work_id, language=language)
        return (present.aggregate(last=Max("version"))["last"] or 0) + 1

    def data(self):
        """The source's snapshot without what the new record says for itself; identifiers are one text's alone."""
        return snapshot(self.source) | {"identifiers": [], "version_note": ""} | ITS_OWN[self.way]


def read_origin(kind, values):
    """The Origin that an address, a form or an autosave names, or None. A country has one profile: it is not copied."""
    way, pk = values.get("begun_as", ""), values.get("begun_from", "")
    if way not in WAYS or kind == Kind.COUNTRY or not (pk.isascii() and pk.isdigit() and len(pk) < 18):
        return None
    source = Resource.objects.defer("file_text").select_related("language").filter(pk=pk, kind=kind).first()
    return Origin(way, source) if source else None
