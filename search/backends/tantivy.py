"""The default engine: tantivy, an index on local disk shared by the processes of one host."""

import json
import logging
import random
import threading
import time
from collections import OrderedDict
from contextlib import contextmanager

import tantivy
from tantivy import Occur, Order, Query

from search.analysis import stems
from search.backends.base import PortalBackend, PortalEngine
from search.backends.tantivy_query import QueryMaker
from search.backends.tantivy_schema import SEPARATOR, make_schema, register_analysers, to_tantivy
from search.highlight import Highlighter
from search.plan import make_plan
from search.results import Hit, Results, SearchUnavailable, Suggestion

logger = logging.getLogger(__name__)

RELOAD_SECONDS = 1.0
FACET_SIZES = {"organisation": 100, "topic": 300, "country": 300}
CACHED_COUNTS = 512
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
        maker = QueryMaker(self.schema, searcher, plan)
        return searcher.search(maker.filtered(maker.text()), 1).count

    def find(self, plan, *, facets=(), sort="best", offset=0, limit=20, highlight=True, language="en"):
        """A page of hits, the total and the facet counts of a plan."""
        searcher = self.searcher()
        try:
            return self._find(searcher, plan, facets, sort, offset, limit, highlight, language)
        except (ValueError, OSError) as error:
            raise SearchUnavailable(f"The search index could not be read: {error}") from error

    def _find(self, searcher, plan, facets, sort, offset, limit, highlight, language):
        maker = QueryMaker(self.schema, searcher, plan)
        text = maker.text()
        found = self._page(searcher, maker.filtered(text), text, sort, offset, limit)
        if found is None and len(plan.parts) > 1:
            text = maker.text(relaxed=True)
            found = self._page(searcher, maker.filtered(text), text, sort, offset, limit)
        total, hits = found or (0, [])
        marker = self._highlighter(maker) if highlight and text is not None else None
        return Results(
            hits=[self._hit(searcher, score, address, marker, plan, language) for score, address in hits],
            total=total,
            facets=self._facets(searcher, maker, text, facets) if facets else {},
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

    def _hit(self, searcher, score, address, marker, plan, language):
        model, kind, texts = json.loads(bytes(searcher.doc(address).get_first("shown")))
        wanted = [*plan.filters.get("language", ()), language[:2]]
        shown = next((text for code in wanted for text in texts if text[0] == code), texts[0])
        code, pk, title, summary, _url = shown
        hit = Hit(model=model, pk=str(pk), score=score, kind=kind)
        if marker is not None:
            hit.title, hit.snippet = marker.title(title, code), marker.snippet(summary, code)
        return hit

    def _highlighter(self, maker):
        words = [near for word in maker.plan.words for near in maker.corrected.get(word) or [word]]
        codes = maker.plan.languages
        return Highlighter(words, {code: {" ".join(stems(word, code)) for word in words} for code in codes})

    # ── facets ───────────────────────────────────────────────────────────────────────────────────────
    def _facets(self, searcher, maker, text, facets):
        """(value, count) pairs of each field, counted without that field's own filter."""
        filters = maker.plan.filters
        free = tuple(name for name in facets if name not in filters)
        counted = self._counted(searcher, maker, text, free, None) if free else {}
        for name in facets:
            if name in filters:
                counted |= self._counted(searcher, maker, text, (name,), name)
        return {name: counted[name] for name in facets}

    def _counted(self, searcher, maker, text, facets, without):
        key = (maker.plan.key, facets, without, self._opened)
        with self._lock:
            if key in self._counts:
                self._counts.move_to_end(key)
                return dict(self._counts[key])
        ask = {name: {"terms": {"field": name, "size": FACET_SIZES.get(name, 200)}} for name in facets}
        answer = searcher.aggregate(maker.filtered(text, without), ask)
        counts = {
            name: [
                (str(b["key"]) if name != "year" else str(int(b["key"])), b["doc_count"])
                for b in answer[name]["buckets"]
            ]
            for name in facets
        }
        with self._lock:
            self._counts[key] = counts
            while len(self._counts) > CACHED_COUNTS:
                self._counts.popitem(last=False)
        return dict(counts)

    # ── did you mean, suggestions, related ───────────────────────────────────────────────────────────
    def corrections(self, plan):
        """{word: [near words]} of the plan's words that the index does not know."""
        searcher = self.searcher()
        maker = QueryMaker(self.schema, searcher, plan)
        return {word: maker.corrections(word) for word in plan.words[:12] if not maker.ways(word)}

    def names(self, prefix, language, audience, limit):
        """Names of topics, countries and organisations of which a word begins like this, most used first."""
        searcher = self.searcher()
        found = {}
        for term, count in searcher.terms_with_prefix("suggest", prefix, limit=400):
            _rest, start, kind, code, text, url = term.split(SEPARATOR)
            rank = (code not in ("", language[:2]), start != "0", -count, text)
            known = found.get(url or text)
            if known is None or rank < known[0]:
                found[url or text] = (rank, Suggestion(text=text, kind=kind, url=url))
        return [suggestion for _rank, suggestion in sorted(found.values(), key=lambda pair: pair[0])[:limit]]

    def titles(self, words, prefix, language, audience, limit):
        """Titles holding all these words and one that begins like `prefix`."""
        searcher = self.searcher()
        maker = QueryMaker(self.schema, searcher, make_plan(audience=audience, language=language))
        endings = searcher.terms_with_prefix("title", prefix, limit=60) if prefix else []
        endings = sorted(endings, key=lambda pair: -pair[1])[:20]
        parts = [(Occur.Must, maker.term("title", word)) for word in words]
        if prefix:
            parts.append((Occur.Must, maker.any_of("title", [term for term, _count in endings])))
        hits = searcher.search(
            maker.filtered(Query.boolean_query(parts)), limit, weight_by_field="weight"
        ).hits
        found = []
        for _score, address in hits:
            _model, kind, texts = json.loads(bytes(searcher.doc(address).get_first("shown")))
            shown = next((text for text in texts if text[0] == language[:2]), texts[0])
            found.append(Suggestion(text=shown[2], kind=kind, url=shown[4]))
        return found

    def related(self, identifier, *, limit=5, language="en", audience=("public",)):
        """Documents like this one: of its concepts, countries and title words, without itself."""
        searcher = self.searcher()
        own = searcher.search(Query.term_query(self.schema, "member", identifier), 1).hits
        if not own:
            return []
        plan = make_plan(audience=audience, language=language)
        maker = QueryMaker(self.schema, searcher, plan)
        alike = Query.more_like_this_query(
            own[0][1], min_doc_frequency=1, min_term_frequency=1, max_query_terms=20, min_word_length=3
        )
        return self._alike(searcher, maker, alike, identifier, limit, language)

    def _alike(self, searcher, maker, alike, identifier, limit, language):
        query = Query.boolean_query(
            [(Occur.Must, maker.filtered(alike)), (Occur.MustNot, maker.term("member", identifier))]
        )
        hits = searcher.search(query, limit, weight_by_field="weight").hits
        return [self._hit(searcher, score, address, None, maker.plan, language) for score, address in hits]

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────
    def holders(self, folder, identifiers):
        """Identifiers of all versions in the documents that hold any of these."""
        searcher = self._fresh(folder).searcher()
        found = []
        for identifier in identifiers:
            for _score, address in searcher.search(
                Query.term_query(self.schema, "member", identifier), 10
            ).hits:
                model, _kind, texts = json.loads(bytes(searcher.doc(address).get_first("shown")))
                found += [f"{model}.{text[1]}" for text in texts]
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

    def clear(self, models=None, commit=True):
        """Empty the index, or what it holds of some models."""
        with self.store.writing():
            if models is None:
                with self.new_version() as (folder, _add):
                    pass
                self.store.use(folder)
                return
            index = self._fresh(self.store.folder())
            writer = self._writer(index, BATCH_HEAP, 1)
            for model in models:
                writer.delete_documents_by_term("model", model._meta.label_lower)
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
