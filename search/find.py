"""The one door to the search engine. Views never build queries."""

from haystack import connections

from kit.text import fold
from search.indexes import declared
from search.plan import make_plan, words_of
from search.results import Results
from search.store import Missing

MAX_PER_PAGE = 1000


def engine():
    """The backend that SEARCH_URL names."""
    return connections["default"].get_backend()


def find(
    text="",
    *,
    filters=None,
    facets=(),
    sort="best",
    page=1,
    per_page=20,
    language="en",
    audience=("public",),
    models=(),
    highlight=True,
):
    """A page of what answers to a text and filters; language versions of a work are one hit.

    `filters` maps a field of search.documents.FACETS to values (OR within, AND between; the year also as a
    (first, last) pair), `facets` names the fields to count, each without its own filter. `sort` is best,
    newest, oldest or title. Raises SearchUnavailable.

    An index can be a moment behind the database: show a hit only after its row was asked for once more
    through `visible_to`.
    """
    plan = make_plan(text, filters=filters, language=language, audience=audience, models=models)
    per_page = min(max(int(per_page), 1), MAX_PER_PAGE)
    offset = (max(int(page), 1) - 1) * per_page
    how = {"facets": tuple(facets), "sort": sort, "highlight": highlight, "language": language}
    nothing = Results(facets={name: [] for name in facets})
    results = _ask(lambda engine: engine.find(plan, offset=offset, limit=per_page, **how), nothing, models)
    if plan.parts and page == 1:
        results.suggestion = did_you_mean(text, plan, results, language)
    return results


def did_you_mean(text, plan, results: Results, language):
    """The text with the words the index does not know set right; "" unless that finds something."""
    corrections = _ask(lambda engine: engine.corrections(plan), {})
    if not any(corrections.values()):
        return ""
    words = [(corrections.get(word) or [word])[0] for word in words_of(text[:2000])[:32]]
    better = " ".join(words)
    asked = make_plan(better, language=language, audience=plan.audience, models=plan.models)
    asked.filters = plan.filters
    return better if fold(text) != better and engine().count(asked) else ""


def suggest(prefix, *, language="en", audience=("public",), limit=8):
    """What the search box offers while one types: names that begin so, then titles that hold the words."""
    words = words_of((prefix or "")[:200])[:8]
    if not words or len(words[0]) < 2:
        return []
    names = _ask(lambda engine: engine.names(" ".join(words), language, audience, limit), [])
    open_word = "" if prefix[-1:].isspace() else words.pop()
    titles = _ask(lambda engine: engine.titles(words, open_word, language, audience, limit), [])
    offered = {}
    for suggestion in [*names[: max(3, limit - len(titles))], *titles, *names]:
        offered.setdefault(fold(suggestion.text), suggestion)
    return list(offered.values())[:limit]


def related(instance, *, limit=5, language="en", audience=("public",)):
    """Hits like this one, without itself and its language versions."""
    model = instance._meta.label_lower
    itself = f"{model}.{instance.pk}"
    return _ask(
        lambda engine: engine.related(itself, limit=limit, language=language, audience=audience), [], [model]
    )


def _ask(question, nothing, models=()):
    """The engine's answer; `nothing` where there is no index yet because there is nothing of these models to be found."""
    try:
        return question(engine())
    except Missing:
        asked = [one for one in declared() if not models or one.get_model()._meta.label_lower in models]
        if any(index.findable().exists() for index in asked):
            raise
        return nothing
