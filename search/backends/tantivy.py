"""The default engine: tantivy, an index on local disk shared by the processes of one host."""

import logging
import random
import threading
import time
from collections import OrderedDict
from contextlib import contextmanager

import tantivy
from tantivy import Occur, Order, Query

from search.analysis import languages_of
from search.backends.base import PortalBackend, PortalEngine
from search.backends.tantivy_facets import count
from search.backends.tantivy_question import TantivyQuestion
from search.backends.tantivy_schema import make_schema, register_analysers, to_tantivy
from search.documents import Shown, read_suggestions
from search.plan import make_plan
from search.results import Results, SearchUnavailable, Suggestion

logger = logging.getLogger(__name__)

RELOAD_SECONDS = 1.0
CACHED_COUNTS = 512
NAMES_READ = 400
BATCH_HEAP, BUILD_HEAP = 30_000_000, 200_000_000
SORTS = {"newest": ("day", Order.Desc), "oldest": ("day", Order.Asc), "title": ("title_sort", Order.Asc)}


class TantivyBackend(PortalBackend):
    engine = "tantivy"

    def __init__(self, connection_alias, **options):
        super().__init__(connection_alias, **options)
        self.schema = make_schema()
        self._lock = threading.Lock()
        self._index = self._searcher = self._opened = None
        self._looked = 0.0
        self._counts = OrderedDict()

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────
    def searcher(self):
        """A searcher over what was last committed, looked for at most once a second."""
        now = time.monotonic()
        if self._searcher is None or now - self._looked >= RELOAD_SECONDS:
            with self._lock:
                self._refresh()
                self._looked = now
        return self._searcher

    def refresh(self):
        """See everything committed so far, at once."""
        with self._lock:
            self._refresh()
            self._looked = time.monotonic()

    def _refresh(self):
        try:
            folder = self.store.folder()
            state = (folder.name, (folder / "meta.json").stat().st_mtime_ns)
            if state == self._opened:
                return
            if self._opened is None or self._opened[0] != folder.name:
                self._index = register_analysers(tantivy.Index.open(str(folder)))
                self._index.config_reader("manual")
            self._index.reload()
            self._searcher = self._index.searcher()
            self._opened = state
            self._counts.clear()
        except SearchUnavailable:
            self._searcher = self._opened = None
            raise
        except (ValueError, OSError) as error:
            self._searcher = self._opened = None
            raise SearchUnavailable(
                "The search index is damaged. `bin/manage rebuild_index` repairs it."
            ) from error

    def generation(self):
        """Changes whenever the index does."""
        self.searcher()
        return self._opened

    def count(self, plan=None):
        """How many documents there are, or answer to a plan."""
        searcher = self.searcher()
        if plan is None:
            return searcher.num_docs
        asked = TantivyQuestion(plan, self.schema, searcher)
        return searcher.search(asked.filtered(asked.text()), 1).count

    def find(self, plan, *, facets=(), sort="best", offset=0, limit=20, highlight=True, language="en"):
        """A page of hits, the total and the facet counts of a plan."""
        searcher = self.searcher()
        try:
            return self._find(searcher, plan, facets, sort, offset, limit, highlight, language)
        except (ValueError, OSError) as error:
            raise SearchUnavailable(f"The search index could not be read: {error}") from error

    def _find(self, searcher, plan, facets, sort, offset, limit, highlight, language):
        asked = TantivyQuestion(plan, self.schema, searcher)
        text = asked.text()
        found = self._page(searcher, asked.filtered(text), text, sort, offset, limit)
        if found is None and len(plan.parts) > 1:
            text = asked.text(relaxed=True)
            found = self._page(searcher, asked.filtered(text), text, sort, offset, limit)
        total, hits = found or (0, [])
        marker = asked.highlighter() if highlight and text is not None else None
        languages = [*plan.filters.get("language", ()), language[:2]]
        return Results(
            hits=[self._shown(searcher, address).hit(score, languages, marker) for score, address in hits],
            total=total,
            facets=self._facets(searcher, asked, text, facets) if facets else {},
            also=plan.also,
        )

    def _page(self, searcher, query, text, sort, offset, limit):
        """(total, [(score, address)]), or None without any hit. A page past the end is empty and costs no memory."""
        if sort == "best" and text is None:
            sort = "newest"
        order = {"weight_by_field": "weight"}
        if sort in SORTS:
            field, direction = SORTS[sort]
            order = {"order_by_field": field, "order": direction}
        if offset >= 10_000 or limit == 0:
            total = searcher.search(query, 1).count
            if offset >= total or limit == 0:
                return (total, []) if total else None
        found = searcher.search(query, limit, offset=offset, **order)
        if not found.count:
            return None
        hits = [(score if isinstance(score, float) else 0.0, address) for score, address in found.hits]
        return found.count, hits

    def _shown(self, searcher, address):
        return Shown.read(bytes(searcher.doc(address).get_first("shown")))

    # ── facets ───────────────────────────────────────────────────────────────────────────────────────
    def _facets(self, searcher, asked, text, facets):
        """(value, count) pairs of each field, counted without that field's own filter."""
        filters = asked.plan.filters
        free = tuple(name for name in facets if name not in filters)
        counted = self._counted(searcher, asked, text, free, None) if free else {}
        for name in facets:
            if name in filters:
                counted |= self._counted(searcher, asked, text, (name,), name)
        return {name: counted[name] for name in facets}

    def _counted(self, searcher, asked, text, facets, without):
        key = (asked.plan.key, asked.relaxed, facets, without, self._opened)
        with self._lock:
            if key in self._counts:
                self._counts.move_to_end(key)
                return dict(self._counts[key])
        query = asked.filtered(text, without)
        counts = count(
            searcher, query, lambda field, values: asked.every([query, asked.any_of(field, values)]), facets
        )
        with self._lock:
            self._counts[key] = counts
            while len(self._counts) > CACHED_COUNTS:
                self._counts.popitem(last=False)
        return dict(counts)

    # ── did you mean, suggestions, related ───────────────────────────────────────────────────────────
    def corrections(self, plan):
        """{word: near words} of the plan's words that the index does not know."""
        return TantivyQuestion(plan, self.schema, self.searcher()).unknown()

    def names(self, prefix, language, audience, limit):
        """Names of topics, countries and organisations of which a word begins like this, most used first."""
        searcher = self.searcher()
        seen = TantivyQuestion(make_plan(audience=audience), self.schema, searcher).filtered(None)
        terms = searcher.terms_with_prefix("suggest", prefix, filter_query=seen, limit=NAMES_READ)
        return [Suggestion(*named) for named in read_suggestions(terms, language)[:limit]]

    def titles(self, words, beginning, language, audience, limit):
        """Titles holding all these words and one that begins like `beginning`."""
        searcher = self.searcher()
        asked = TantivyQuestion(make_plan(audience=audience, language=language), self.schema, searcher)
        query = asked.filtered(asked.titled(words, beginning))
        hits = searcher.search(query, limit, weight_by_field="weight").hits
        return [self._shown(searcher, address).suggestion(language) for _score, address in hits]

    def related(self, identifier, *, limit=5, language="en", audience=("public",)):
        """Hits like this one: of its concepts, title words and countries, without itself."""
        searcher = self.searcher()
        itself = Query.term_query(self.schema, "member", identifier)
        own = searcher.search(itself, 1).hits
        if not own:
            return []
        asked = TantivyQuestion(make_plan(audience=audience, language=language), self.schema, searcher)
        asked.plan.languages = languages_of("a", language)
        alike = asked.filtered(asked.alike(self._shown(searcher, own[0][1])))
        query = Query.boolean_query([(Occur.Must, alike), (Occur.MustNot, itself)])
        hits = searcher.search(query, limit, weight_by_field="weight").hits
        return [self._shown(searcher, address).hit(score, [language[:2]]) for score, address in hits]

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────
    def holders(self, folder, identifiers):
        """Identifiers of all versions in the documents that hold any of these."""
        searcher = self._fresh(folder).searcher()
        found = []
        for identifier in identifiers:
            for _score, address in searcher.search(
                Query.term_query(self.schema, "member", identifier), 10
            ).hits:
                found += self._shown(searcher, address).members
        return found

    def apply(self, folder, documents, members):
        """Take out what holds these members, put in the documents: one commit. The caller holds the write lock."""
        index = self._fresh(folder)
        writer = self._writer(index, BATCH_HEAP, 1)
        try:
            for member in members:
                writer.delete_documents_by_term("member", member)
            for document in documents:
                for member in document.members:
                    writer.delete_documents_by_term("member", member)
                writer.add_document(to_tantivy(document))
            writer.commit()
            writer.garbage_collect_files()
        finally:
            writer.wait_merging_threads()

    def _fresh(self, folder):
        """The index opened anew: with an old meta.json a writer would leave orphan segments behind."""
        try:
            return register_analysers(tantivy.Index.open(str(folder)))
        except (ValueError, OSError) as error:
            raise SearchUnavailable(
                "The search index is damaged. `bin/manage rebuild_index` repairs it."
            ) from error

    def _writer(self, index, heap, threads):
        """A writer; while another tool holds tantivy's own lock, tried again for some ten seconds."""
        for attempt in range(40):
            try:
                return index.writer(heap, threads)
            except ValueError as error:
                if "LockBusy" not in str(error) or attempt == 39:
                    raise SearchUnavailable(f"The search index cannot be written: {error}") from error
                time.sleep(random.uniform(0.05, 0.5))  # noqa: S311 (a pause, not a secret)

    @contextmanager
    def new_version(self):
        """A function that adds documents to a new, empty index; it is complete when the block ends, not yet in use."""
        folder = self.store.new_folder()
        index = register_analysers(tantivy.Index(self.schema, str(folder)))
        writer = self._writer(index, BUILD_HEAP, 2)

        def add(documents):
            count = 0
            for document in documents:
                writer.add_document(to_tantivy(document))
                count += 1
            return count

        try:
            yield folder, add
            writer.commit()
        finally:
            writer.wait_merging_threads()

    def clear_models(self, labels):
        writer = self._writer(self._fresh(self.store.folder()), BATCH_HEAP, 1)
        for label in labels:
            writer.delete_documents_by_term("model", label)
        writer.commit()
        writer.wait_merging_threads()

    def stamps(self, model, size=5000):
        """(pk, stamp) of each document of a model, in the order of pk."""
        searcher, last = self._fresh(self.store.folder()).searcher(), -1
        own = Query.term_query(self.schema, "model", model)
        while True:
            after = Query.range_query(self.schema, "pk", tantivy.FieldType.Unsigned, last + 1, None)
            query = Query.boolean_query([(Occur.Must, own), (Occur.Must, after)])
            hits = searcher.search(query, size, order_by_field="pk", order=Order.Asc).hits
            if not hits:
                return
            addresses = [address for _value, address in hits]
            yield from zip(
                searcher.fast_field_values("pk", addresses),
                searcher.fast_field_values("stamp", addresses),
                strict=True,
            )
            last = hits[-1][0]


class TantivyEngine(PortalEngine):
    backend = TantivyBackend
