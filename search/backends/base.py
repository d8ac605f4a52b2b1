"""What both engines share: Haystack's backend interface in front of ours."""

import json

from django.apps import apps
from haystack import connections
from haystack.backends import BaseEngine, BaseSearchBackend, BaseSearchQuery
from haystack.exceptions import SearchBackendError
from haystack.models import SearchResult
from haystack.utils import get_identifier

from search.documents import FACETS
from search.plan import make_plan
from search.store import Store

SEARCH_SORTS = {"": "best", "-day": "newest", "day": "oldest", "title": "title"}


class PortalBackend(BaseSearchBackend):
    """Haystack's calls (update, remove, clear, search, more_like_this) and the portal's own on one index.

    An engine gives: find, asked, names, titles, corrections, related, count, generation, refresh, and for writing
    holders, apply, new_version, clear_models, stamps.
    """

    engine = ""
    progress = None  # called with the number of rows of each batch that Haystack's update_index wrote

    def __init__(self, connection_alias, **options):
        super().__init__(connection_alias, **options)
        self.store = Store(options["PATH"], self.engine)

    def setup(self):
        """Nothing to prepare: the index is opened at its first use."""

    def update(self, index, iterable, commit=True):
        """Write the documents of these rows, in one commit. Rows that may no longer be found are taken out."""
        ids = [str(row.pk) for row in iterable]
        if not ids:
            return
        if not self.store.name():
            self.clear()
        self.renew(index, ids)
        if self.progress:
            self.progress(len(ids))

    def renew(self, index, ids):
        """Write anew, in one commit, whatever the index holds of these ids and of the versions they belong to."""
        with self.store.writing():
            self.store.note(self.renew_in(self.store.folder(), index, ids))

    def renew_in(self, folder, index, ids):
        """`renew` for one folder, under the write lock. Returns the identifiers it concerned."""
        label = index.get_model()._meta.label_lower
        asked = [f"{label}.{pk}" for pk in ids]
        affected = list(dict.fromkeys([*asked, *self.holders(folder, asked)]))
        documents = list(index.documents([identifier.rpartition(".")[2] for identifier in affected]))
        self.apply(folder, documents, affected)
        return affected

    def remove(self, obj_or_string, commit=True):
        """Take one document out; it is gone when this returns, or an error is raised."""
        with self.store.writing():
            identifier = get_identifier(obj_or_string)
            self.apply(self.store.folder(), [], [identifier])
            self.store.note([identifier])

    def clear(self, models=None, commit=True):
        """Empty the index, or what it holds of some models."""
        with self.store.writing():
            if models is None:
                with self.new_version() as (folder, _add):
                    pass
                self.store.use(folder)
            else:
                self.clear_models({model._meta.label_lower for model in models})

    def search(self, query_string, **kwargs):
        """Haystack's search, for what its commands and plain SearchQuerySets need."""
        asked = (
            json.loads(query_string) if query_string.startswith("{") else {"text": query_string.strip("*")}
        )
        models = [model._meta.label_lower for model in kwargs.get("models") or ()]
        plan = make_plan(asked.get("text", ""), filters=asked.get("filters"), models=models)
        start = kwargs.get("start_offset") or 0
        end = kwargs.get("end_offset") or start + 1000
        facets = [name for name in kwargs.get("facets") or () if name in FACETS]
        sort = SEARCH_SORTS[(kwargs.get("sort_by") or [""])[0]]
        found = self.find(
            plan, facets=facets, sort=sort, offset=start, limit=max(0, end - start), highlight=False
        )
        result = kwargs.get("result_class") or SearchResult
        return {
            "results": [
                result(*hit.model.split("."), hit.pk, hit.score, id=f"{hit.model}.{hit.pk}")
                for hit in found.hits
            ],
            "hits": found.total,
            "facets": {"fields": found.facets, "dates": {}, "queries": {}},
            "spelling_suggestion": found.suggestion or None,
        }

    def more_like_this(self, model_instance, start_offset=0, end_offset=None, result_class=None, **kwargs):
        """Haystack's related documents."""
        hits = self.related(get_identifier(model_instance), limit=end_offset or 10)[start_offset:]
        result = result_class or SearchResult
        return {
            "results": [result(*hit.model.split("."), hit.pk, hit.score) for hit in hits],
            "hits": len(hits),
        }

    def prep_value(self, value):
        return value


class PortalSearchQuery(BaseSearchQuery):
    """Haystack's query as words and facet filters; anything finer belongs into search.find."""

    def matching_all_fragment(self):
        return "*"

    def build_query(self):
        words, filters = [], {}
        self._collect(self.query_filter, words, filters)
        for narrow in self.narrow_queries:
            raise SearchBackendError(f"narrow({narrow!r}) is not supported; use search.find.find(filters=…)")
        return json.dumps({"text": " ".join(words), "filters": filters})

    def _collect(self, node, words, filters):
        if node.negated or (node.connector != "AND" and len(node.children) > 1):
            raise SearchBackendError("OR and NOT are not supported here; use search.find.find")
        for child in node.children:
            if hasattr(child, "children"):
                self._collect(child, words, filters)
                continue
            name, _sep, how = child[0].partition("__")
            if name == "content":
                words.append(str(getattr(child[1], "query_string", child[1])))
            elif name in FACETS:
                filters[name] = list(child[1]) if how == "in" else [child[1]]
            else:
                raise SearchBackendError(f"No facet {name!r}; there are {', '.join(FACETS)}.")


class PortalEngine(BaseEngine):
    """Haystack makes one engine a thread; the backends are shared by all threads, one for each index."""

    query = PortalSearchQuery
    _backends = {}

    def get_backend(self):
        key = (self.backend, self.options["PATH"])
        if key not in self._backends:
            self._backends[key] = self.backend(self.using, **self.options)
        return self._backends[key]

    def reset_sessions(self):
        self._backends.pop((self.backend, self.options["PATH"]), None)


def index_of(model):
    """The index a room declared for a model ("resources.resource")."""
    return connections["default"].get_unified_index().get_index(apps.get_model(model))
