"""The pure-Python engine, for demonstrations of up to about 2,000 documents.

Haystack's own Whoosh backend loses removals under a held lock, analyses every language as English and counts
facets by repeating the search. This one shares the portal's analysis, plan and folders with the default
engine and only matches words in Whoosh: filters, facets and order work on a table kept in memory.
"""

import logging
import random
import threading
import time
from collections import Counter, defaultdict
from contextlib import contextmanager

from whoosh.analysis import RegexTokenizer, SpaceSeparatedTokenizer
from whoosh.fields import STORED, TEXT, Schema
from whoosh.index import LockError, create_in, open_dir

from kit.text import fold
from search.analysis import BREAK, LANGUAGES, MAX_TERM_BYTES, languages_of
from search.backends.base import PortalBackend, PortalEngine
from search.backends.whoosh_question import WhooshQuestion
from search.documents import FACETS, PARTS, Shown, read_suggestions, to_suggest_term
from search.plan import make_plan
from search.results import Results, SearchUnavailable, Suggestion
from search.store import BUSY, DAMAGED

RELOAD_SECONDS = 1.0
GROUP = "\x1d"  # between keys
NAMES_READ = 400
KEYS = ("member", "exact", "named", "concept", "mention")
logger = logging.getLogger(__name__)


def make_schema():
    """Terms arrive ready made: words between spaces, keys between group separators."""
    keys, words = RegexTokenizer(rf"[^{GROUP}]+"), SpaceSeparatedTokenizer()
    fields = {name: TEXT(analyzer=keys, phrase=False) for name in KEYS}
    fields |= {name: TEXT(analyzer=words, phrase=True) for name in ("title", "all")}
    stemmed = [f"{part}_{code}" for part in PARTS for code in LANGUAGES]
    fields |= {name: TEXT(analyzer=words, phrase=False) for name in ("name", "place", "suggest", *stemmed)}
    return Schema(kept=STORED, shown=STORED, **fields)


def to_whoosh(document):
    """The fields of a Document."""
    lines = {"title": [], "all": [], "name": [], "place": []}
    for text in document.texts:
        for part in PARTS:
            folded = short(text.words(part))
            lines["all"].append(folded)
            if part == "title":
                lines["title"].append(folded)
            if stems := text.stems(part):
                lines.setdefault(f"{part}_{text.language}", []).append(" ".join(filter(None, stems)))
    for name, values in (("name", document.names), ("place", document.places), ("", document.topics)):
        folded = [short(fold(value).split()) for value in dict.fromkeys(values)]
        lines["all"] += folded
        if name:
            lines[name] += folded
    keys = {
        "member": document.members,
        "exact": document.said_exactly(),
        "named": document.named,
        "concept": document.concepts,
        "mention": document.mentions,
    }
    kept = {
        "id": document.id,
        "pk": document.pk,
        "stamp": document.stamp(),
        "day": document.day,
        "weight": document.weight(),
        "title": fold(document.texts[0].title)[:80],
        "columns": {"audience": list(document.audience), "model": [document.model], **document.facets},
    }
    fields = {name: f" {BREAK} ".join(filter(None, texts)) for name, texts in lines.items() if any(texts)}
    fields |= {name: GROUP.join(values) for name, values in keys.items() if values}
    fields |= {"suggest": " ".join(document.suggest)} if document.suggest else {}
    return {**fields, "kept": kept, "shown": document.shown()}


def short(words):
    """The words a term can hold, as the default engine cuts them."""
    return " ".join(word for word in words if len(word.encode("utf-8", "replace")) < MAX_TERM_BYTES)


@contextmanager
def reading():
    """Whoosh meets a damaged file with whatever error; it is logged whole and becomes SearchUnavailable."""
    try:
        yield
    except SearchUnavailable:
        raise
    except Exception as error:
        logger.exception("the search index cannot be read")
        raise SearchUnavailable(DAMAGED) from error


class State:
    """One state of the index: a searcher and, in memory, what filters, facets and order need."""

    def __init__(self, index):
        self.searcher = index.searcher()
        self.rows, self.columns = {}, defaultdict(lambda: defaultdict(list))
        for number, fields in self.searcher.reader().iter_docs():
            self.rows[number] = fields["kept"]
            for name, values in fields["kept"]["columns"].items():
                for value in values:
                    self.columns[name][value].append(number)
        for name in ("audience", "model", *FACETS):
            self.columns[name]  # every column is there, if empty

    def shown(self, number):
        return Shown.read(self.searcher.stored_fields(number)["shown"])


class WhooshBackend(PortalBackend):
    engine = "whoosh"

    def __init__(self, connection_alias, **options):
        super().__init__(connection_alias, **options)
        self._lock = threading.Lock()
        self._state = self._opened = None
        self._looked = 0.0

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────
    def state(self):
        """What was last committed, looked for at most once a second."""
        state = self._state
        if state is None or time.monotonic() - self._looked >= RELOAD_SECONDS:
            state = self.refresh()
        return state

    def refresh(self):
        """See everything committed so far, at once."""
        with self._lock:
            before, opened, self._state, self._opened = self._state, self._opened, None, None
            with reading():
                index = self._open(self.store.folder())
                generation = (index.storage.folder, index.latest_generation())
                self._state = before if generation == opened else State(index)
                self._opened = generation
            self._looked = time.monotonic()
            return self._state

    def _open(self, folder):
        with reading():
            return open_dir(str(folder))

    def generation(self):
        """Changes whenever the index does."""
        self.state()
        return self._opened

    def question(self, plan):
        return WhooshQuestion(plan, self.state())

    def asked(self, plan):
        """The question a plan puts to the index as it is."""
        return self.question(plan)

    def count(self, plan=None):
        """How many documents there are, or answer to a plan."""
        if plan is None:
            return len(self.state().rows)
        asked = self.question(plan)
        return len(asked.filtered(asked.text()))

    def find(self, plan, *, facets=(), sort="best", offset=0, limit=20, highlight=True, language="en"):
        """A page of hits, the total and the facet counts of a plan."""
        with reading():
            asked = self.question(plan)
            text = asked.text()
            scores = asked.filtered(text)
            if not scores and len(plan.parts) > 1:
                text = asked.text(relaxed=True)
                scores = asked.filtered(text)
            order = self._ordered(asked.state, scores, "newest" if sort == "best" and text is None else sort)
            marker = asked.highlighter() if highlight and text is not None else None
            languages = [*plan.filters.get("language", ()), language[:2]]
            return Results(
                hits=[
                    asked.state.shown(number).hit(scores[number], languages, marker)
                    for number in order[offset : offset + limit]
                ],
                total=len(scores),
                facets={name: self._counted(asked, text, scores, name) for name in facets},
                also=plan.also,
            )

    def _ordered(self, state, scores, sort):
        keys = {
            "newest": lambda number: -state.rows[number]["day"],
            "oldest": lambda number: state.rows[number]["day"],
            "title": lambda number: state.rows[number]["title"],
        }
        best = lambda number: -scores[number] * state.rows[number]["weight"]  # noqa: E731
        return sorted(scores, key=keys.get(sort, best))

    def _counted(self, asked, text, scores, name):
        """(value, count) pairs of a field, counted without its own filter."""
        numbers = asked.filtered(text, without=name) if name in asked.plan.filters else scores
        counts = Counter(
            value for number in numbers for value in asked.state.rows[number]["columns"].get(name, ())
        )
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))

    def corrections(self, plan):
        """{word: near words} of the plan's words that the index does not know."""
        return self.question(plan).unknown()

    def names(self, prefix, language, audience, limit):
        """Names of topics, countries and organisations of which a word begins like this, most used first."""
        asked = self.question(make_plan(audience=audience))
        seen = asked.filtered(None).keys()
        terms = [term for term, _count in asked.continued("suggest", to_suggest_term(prefix), NAMES_READ)]
        counted = [(term, len(asked.term("suggest", term).keys() & seen)) for term in terms]
        named = read_suggestions([pair for pair in counted if pair[1]], language)
        return [Suggestion(*one) for one in named[:limit]]

    def titles(self, words, beginning, language, audience, limit):
        """Titles holding all these words and one that begins like `beginning`."""
        asked = self.question(make_plan(audience=audience, language=language))
        scores = asked.filtered(asked.titled(words, beginning))
        best = self._ordered(asked.state, scores, "best")[:limit]
        return [asked.state.shown(number).suggestion(language) for number in best]

    def related(self, identifier, *, limit=5, language="en", audience=("public",)):
        """Hits like this one: of its concepts, title words and countries, without itself."""
        asked = self.question(make_plan(audience=audience, language=language))
        asked.plan.languages = languages_of("a", language)
        own = asked.term("member", identifier)
        if not own:
            return []
        scores = asked.filtered(asked.alike(asked.state.shown(next(iter(own)))))
        best = [number for number in self._ordered(asked.state, scores, "best") if number not in own][:limit]
        return [asked.state.shown(number).hit(scores[number], [language[:2]]) for number in best]

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────
    def holders(self, folder, identifiers):
        """Identifiers of all versions in the documents that hold any of these."""
        found = []
        with self._open(folder).searcher() as searcher:
            for identifier in identifiers:
                for number in searcher.document_numbers(member=identifier):
                    found += Shown.read(searcher.stored_fields(number)["shown"]).members
        return found

    def apply(self, folder, documents, members):
        """Take out what holds these members, put in the documents: one commit. The caller holds the write lock."""
        documents = list(documents)
        gone = dict.fromkeys([*members, *(member for document in documents for member in document.members)])
        writer = self._writer(self._open(folder))
        try:
            for member in gone:
                writer.delete_by_term("member", member)
            for document in documents:
                writer.add_document(**to_whoosh(document))
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    def _writer(self, index):
        """A writer; while another tool holds Whoosh's own lock, tried again for some ten seconds."""
        for attempt in range(40):
            try:
                return index.writer()
            except LockError as error:
                if attempt == 39:
                    raise SearchUnavailable(BUSY) from error
                time.sleep(random.uniform(0.05, 0.5))  # noqa: S311 (a pause, not a secret)

    @contextmanager
    def new_version(self):
        """A function that adds documents to a new, empty index; it is complete when the block ends, not yet in use."""
        folder = self.store.new_folder()
        writer = create_in(str(folder), make_schema()).writer(limitmb=256)

        def add(documents):
            count = 0
            for document in documents:
                writer.add_document(**to_whoosh(document))
                count += 1
            return count

        try:
            yield folder, add
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    def clear_models(self, labels):
        with self._open(self.store.folder()).searcher() as searcher:
            kept = [fields["kept"] for fields in searcher.reader().all_stored_fields()]
        ids = [row["id"] for row in kept if row["columns"]["model"][0] in labels]
        self.apply(self.store.folder(), [], ids)

    def stamps(self, model):
        """(pk, stamp) of each document of a model."""
        with self._open(self.store.folder()).searcher() as searcher:
            for fields in searcher.reader().all_stored_fields():
                if fields["kept"]["columns"]["model"] == [model]:
                    yield fields["kept"]["pk"], fields["kept"]["stamp"]


class WhooshEngine(PortalEngine):
    backend = WhooshBackend
