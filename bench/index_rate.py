"""How fast the index is built, beside Haystack's stock Whoosh backend on the same documents."""

import os
import tempfile
from contextlib import contextmanager

import haystack
from haystack import indexes
from haystack.utils.loading import UnifiedIndex

from bench.cpu import cpu_seconds
from resources.models import Resource
from search import upkeep
from search.indexes import declared

STOCK_BATCH = 1000  # what Haystack's update_index writes at once
ALIAS = "stock"


class StockIndex(indexes.SearchIndex, indexes.Indexable):
    """What the portal's index holds, in the way Haystack's documentation shows: one text, facets as they come."""

    text = indexes.CharField(document=True)
    title = indexes.CharField()
    kind = indexes.MultiValueField(faceted=True)
    country = indexes.MultiValueField(faceted=True)
    region = indexes.MultiValueField(faceted=True)
    income = indexes.MultiValueField(faceted=True)
    topic = indexes.MultiValueField(faceted=True)
    language = indexes.MultiValueField(faceted=True)
    year = indexes.MultiValueField(faceted=True)
    organisation = indexes.MultiValueField(faceted=True)

    documents = {}

    def get_model(self):
        return Resource

    def prepare(self, obj):
        document = self.documents[obj.pk]
        texts = [f"{text.title}\n{text.summary}\n{text.body}" for text in document.texts]
        self.prepared_data = {
            "id": f"resources.resource.{obj.pk}",
            "django_ct": "resources.resource",
            "django_id": str(obj.pk),
            "text": "\n".join([*texts, *document.names, *document.topics, *document.places]),
            "title": document.texts[0].title,
            **document.facets,
            **{f"{name}_exact": values for name, values in document.facets.items()},
        }
        return self.prepared_data


@contextmanager
def stock_engine():
    """Haystack's own Whoosh engine on an empty folder, known to Haystack only for as long as the block runs."""
    with tempfile.TemporaryDirectory() as folder:
        haystack.connections.connections_info[ALIAS] = {
            "ENGINE": "haystack.backends.whoosh_backend.WhooshEngine",
            "PATH": folder,
        }
        try:
            yield haystack.connections.reload(ALIAS)
        finally:
            del haystack.connections.connections_info[ALIAS]


def measure_ours():
    """Documents written a CPU second by a rebuild of everything, reading the database included."""
    before = cpu_seconds([os.getpid()])
    count = upkeep.rebuild()
    return count / (cpu_seconds([os.getpid()]) - before), count


def measure_stock():
    """Documents the stock backend writes a CPU second, in update_index's batches, reading the database included."""
    index = next(index for index in declared() if index.get_model() is Resource)
    with stock_engine() as engine:
        engine._index, stock = UnifiedIndex(), StockIndex()
        engine._index.build(indexes=[stock])
        backend = engine.get_backend()
        ids = list(index.findable().order_by("pk").values_list("pk", flat=True))
        before = cpu_seconds([os.getpid()])
        for start in range(0, len(ids), STOCK_BATCH):
            StockIndex.documents = {
                document.pk: document for document in index.documents(ids[start : start + STOCK_BATCH])
            }
            backend.update(stock, Resource.objects.filter(pk__in=StockIndex.documents))
        spent = cpu_seconds([os.getpid()]) - before
        written = backend.index.refresh().doc_count()
    if written != len(ids):
        raise RuntimeError(f"The stock backend wrote {written} of {len(ids)} documents.")
    return written / spent, written
