"""The base of every room's `search_indexes.py`."""

from haystack import connections, indexes

from search.synonyms import concepts


class PortalIndex(indexes.SearchIndex):
    """Declares how a model reaches the index, a batch at a time; subclasses add `indexes.Indexable`.

    A subclass gives `get_model()`, `findable()` (the queryset of what may be found) and `documents(ids)`.
    """

    text = indexes.CharField(document=True)

    def findable(self):
        """The rows that may be found by a search."""
        raise NotImplementedError

    def documents(self, ids, shared=None):
        """Yield the `Document` of each of these ids that may be found; versions of one work once.

        `shared` is what `shared()` gave at the beginning of many batches.
        """
        raise NotImplementedError

    def shared(self):
        """What many batches of documents need alike, so that each need not read it again."""
        return None

    def index_queryset(self, using=None):
        return self.findable()

    def batches(self, size):
        """Lists of ids of all that may be found, by growing key: no OFFSET, so bounded at any number."""
        last, rows = 0, self.findable().order_by("pk").values_list("pk", flat=True)
        while ids := list(rows.filter(pk__gt=last)[:size]):
            yield ids
            last = ids[-1]

    def count(self):
        """How many ids `batches` yields in all."""
        return self.findable().count()

    def prepare(self, obj):
        """Haystack's own way to one document; ours is `documents`, which the backends call with a whole batch."""
        self.prepared_data = {"id": f"{self.get_model()._meta.label_lower}.{obj.pk}", "text": str(obj)}
        return self.prepared_data


def declared():
    """The index of every model that rooms declared one for."""
    return list(connections["default"].get_unified_index().get_indexes().values())


def add_concepts(document):
    """Note which concepts the titles name and which the summaries only mention."""
    known = concepts()
    for text in document.texts:
        document.named |= known.in_part(text, "title")
        document.mentions |= known.in_part(text, "summary")
    document.concepts |= document.named
    document.mentions -= document.concepts
    return document
