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
from search.documents import Shown, read_suggestions, to_suggest_term
from search.plan import make_plan
from search.results import Results, SearchUnavailable, Suggestion
from search.store import BUSY, DAMAGED

logger = logging.getLogger(__name__)

LOOK_SECONDS, RELOAD_SECONDS = 0.25, 1.0
ANSWERS_KEPT = 1000
FAR = 10_000
NAMES_READ = 400
BATCH_HEAP, BUILD_HEAP = 30_000_000, 120_000_000
SORTS = {"newest": ("day", Order.Desc), "oldest": ("day", Order.Asc), "title": ("title_sort", Order.Asc)}


@contextmanager
def reading():
    """What goes wrong in the engine becomes SearchUnavailable; a damaged file may even make it panic."""
    try:
        yield
    except SearchUnavailable:
        raise
    except BaseException as error:
        if not isinstance(error, ValueError | OSError) and type(error).__name__ != "PanicException":
            raise
        logger.warning("the search index cannot be read: %s", error)
        raise SearchUnavailable(DAMAGED) from error


class State:
    """One state of the index, and what was already asked of it: pages and counts, a bounded number of each."""

    def __init__(self, searcher, generation):
        self.searcher, self.generation = searcher, generation
        self._answers, self._lock = OrderedDict(), threading.Lock()

    def once(self, key, ask):
        """The answer to a question, asked only where it was not asked lately. Answers are not to be changed."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        answer = ask()
        with self._lock:
            self._answers[key] = answer
            if len(self._answers) > ANSWERS_KEPT:
                self._answers.popitem(last=False)
        return answer

    def shown(self, address):
        return Shown.read(bytes(self.searcher.doc(address).get_first("shown")))


class TantivyBackend(PortalBackend):
    engine = "tantivy"

    def __init__(self, connection_alias, **options):
        super().__init__(connection_alias, **options)
        self.schema = make_schema()
        self._lock = threading.Lock()
        self._index = self._state = None
        self._looked = self._reloaded = 0.0

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────
    def state(self):
        """What was last committed: looked for four times a second, read anew at most once a second."""
        state, now = self._state, time.monotonic()
        if state is None or (now - self._looked >= LOOK_SECONDS and now - self._reloaded >= RELOAD_SECONDS):
            state = self.refresh()
        return state

    def refresh(self):
        """See everything committed so far, at once."""
        with self._lock:
            self._looked = time.monotonic()
            before, self._state = self._state, None
            with reading():
                folder = self.store.folder()
                generation = (folder.name, (folder / "meta.json").stat().st_mtime_ns)
                if before is None or before.generation[0] != folder.name:
                    self._index = self._open(folder)
                    self._index.config_reader("manual")
                if before is None or before.generation != generation:
                    self._index.reload()
                    self._reloaded = self._looked
                    before = State(self._index.searcher(), generation)
            self._state = before
            return before

    def _open(self, folder):
        """The index opened anew: with an old meta.json a writer would leave orphan segments behind."""
        with reading():
            return register_analysers(tantivy.Index.open(str(folder)))

    def generation(self):
        """Changes whenever the index does."""
        return self.state().generation

    def question(self, plan, state):
        return TantivyQuestion(plan, self.schema, state.searcher)

    def asked(self, plan):
        """The question a plan puts to the index as it is."""
        return self.question(plan, self.state())

    def count(self, plan=None):
        """How many documents there are, or answer to a plan."""
        state = self.state()
        if plan is None:
            return state.searcher.num_docs
        with reading():
            asked = self.question(plan, state)
            return state.searcher.search(asked.filtered(asked.text()), 1).count

    def find(self, plan, *, facets=(), sort="best", offset=0, limit=20, highlight=True, language="en"):
        """A page of hits, the total and the facet counts of a plan."""
        state = self.state()
        with reading():
            asked = self.question(plan, state)
            text = asked.text()
            page = (sort, offset, limit)
            total, hits = state.once(
                (plan.key, False, *page), lambda: self._page(state, asked.filtered(text), text, *page)
            )
            if not total and len(plan.parts) > 1:
                text = asked.text(relaxed=True)
                total, hits = state.once(
                    (plan.key, True, *page), lambda: self._page(state, asked.filtered(text), text, *page)
                )
            marker = asked.highlighter() if highlight and text is not None else None
            languages = [*plan.filters.get("language", ()), language[:2]]
            return Results(
                hits=[state.shown(address).hit(score, languages, marker) for score, address in hits],
                total=total,
                facets=self._facets(state, asked, text, facets),
                also=plan.also,
            )

    def _page(self, state, query, text, sort, offset, limit):
        """(total, [(score, address)]). A page past the end is empty and costs no memory."""
        if sort == "best" and text is None:
            sort = "newest"
        order = {"weight_by_field": "weight"}
        if sort in SORTS:
            field, direction = SORTS[sort]
            order = {"order_by_field": field, "order": direction}
        if offset >= FAR or limit == 0:
            total = state.searcher.search(query, 1).count
            if offset >= total or limit == 0:
                return total, []
        found = state.searcher.search(query, limit, offset=offset, **order)
        return found.count, [
            (score if isinstance(score, float) else 0.0, address) for score, address in found.hits
        ]

    def _facets(self, state, asked, text, facets):
        """(value, count) pairs of each field, counted without that field's own filter."""
        filters = asked.plan.filters
        free = tuple(name for name in facets if name not in filters)
        passes = [(free, None)] * bool(free) + [((name,), name) for name in facets if name in filters]
        counted = {}
        for names, without in passes:
            key = (asked.plan.key, asked.relaxed, names, without)
            counted |= state.once(
                key, lambda names=names, without=without: self._counts(state, asked, text, names, without)
            )
        return {name: list(counted[name]) for name in facets}

    def _counts(self, state, asked, text, names, without):
        query = asked.filtered(text, without)

        def narrow(field, values):
            return asked.every([query, asked.any_of(field, values)])

        return count(state.searcher, query, narrow, names)

    # ── did you mean, suggestions, related ───────────────────────────────────────────────────────────
    def corrections(self, plan):
        """{word: near words} of the plan's words that the index does not know."""
        state = self.state()
        with reading():
            return self.question(plan, state).unknown()

    def names(self, prefix, language, audience, limit):
        """Names of topics, countries and organisations of which a word begins like this, most used first."""
        state = self.state()
        with reading():
            seen = self.question(make_plan(audience=audience), state).filtered(None)
            beginning = to_suggest_term(prefix)
            terms = state.searcher.terms_with_prefix(
                "suggest", beginning, filter_query=seen, limit=NAMES_READ
            )
            return [Suggestion(*named) for named in read_suggestions(terms, language)[:limit]]

    def titles(self, words, beginning, language, audience, limit):
        """Titles holding all these words and one that begins like `beginning`."""
        state = self.state()
        with reading():
            asked = self.question(make_plan(audience=audience, language=language), state)
            query = asked.filtered(asked.titled(words, beginning))
            hits = state.searcher.search(query, limit, weight_by_field="weight").hits
            return [state.shown(address).suggestion(language) for _score, address in hits]

    def related(self, identifier, *, limit=5, language="en", audience=("public",)):
        """Hits like this one: of its concepts, title words and countries, without itself."""
        state = self.state()
        with reading():
            itself = Query.term_query(self.schema, "member", identifier)
            own = state.searcher.search(itself, 1).hits
            if not own:
                return []
            asked = self.question(make_plan(audience=audience, language=language), state)
            asked.plan.languages = languages_of("a", language)
            alike = asked.filtered(asked.alike(state.shown(own[0][1])))
            query = Query.boolean_query([(Occur.Must, alike), (Occur.MustNot, itself)])
            hits = state.searcher.search(query, limit, weight_by_field="weight").hits
            return [state.shown(address).hit(score, [language[:2]]) for score, address in hits]

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────
    def holders(self, folder, identifiers):
        """Identifiers of all versions in the documents that hold any of these."""
        searcher = self._open(folder).searcher()
        found = []
        for identifier in identifiers:
            for _score, address in searcher.search(
                Query.term_query(self.schema, "member", identifier), 10
            ).hits:
                found += Shown.read(bytes(searcher.doc(address).get_first("shown"))).members
        return found

    def apply(self, folder, documents, members):
        """Take out what holds these members, put in the documents: one commit. The caller holds the write lock."""
        index = self._open(folder)
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

    def _writer(self, index, heap, threads):
        """A writer; while another tool holds tantivy's own lock, tried again for some ten seconds."""
        for attempt in range(40):
            try:
                return index.writer(heap, threads)
            except ValueError as error:
                if "LockBusy" not in str(error) or attempt == 39:
                    raise SearchUnavailable(BUSY) from error
                time.sleep(random.uniform(0.05, 0.5))  # noqa: S311 (a pause, not a secret)

    @contextmanager
    def new_version(self):
        """A function that adds documents to a new, empty index; it is complete when the block ends, not yet in use."""
        folder = self.store.new_folder()
        index = register_analysers(tantivy.Index(self.schema, str(folder)))
        writer = self._writer(index, BUILD_HEAP, 1)  # a second one would write every term a second time

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
        writer = self._writer(self._open(self.store.folder()), BATCH_HEAP, 1)
        for label in labels:
            writer.delete_documents_by_term("model", label)
        writer.commit()
        writer.wait_merging_threads()

    def stamps(self, model, size=5000):
        """(pk, stamp) of each document of a model, in the order of pk."""
        searcher, last = self._open(self.store.folder()).searcher(), -1
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
