from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kit.links import address_of
from kit.numbers import grouped
from resources import queries
from resources.models import Kind
from resources.queries.by_topic import browse_topics, counts_by_topic
from resources.queries.collections import collections_on
from search.find import find
from search.results import SearchUnavailable
from vocabularies import queries as vocabularies
from vocabularies.models import NAME_LANGUAGES, TopicLabel

MODELS = ("resources.resource",)
SHOWN_NEWEST = 10
SHOWN_PROFILES = 6
SHOWN_COUNTRIES = 12
PROFILES = (Kind.PROGRAMME, Kind.LAW)


@require_safe
def topic_list(request):
    """Every topic under its area, with the number of works on it."""
    language, counts = get_language(), topic_counts()
    areas = [
        with_count(area, counts) | {"topics": [with_count(topic, counts) for topic in area["topics"]]}
        for area in vocabularies.topic_tree(language)
    ]
    return render(request, "portal/topic_list.html", {"areas": areas})


def topic_counts():
    """Published works by the slug of a topic."""
    try:
        return dict(
            find(facets=("topic",), per_page=1, models=MODELS, highlight=False).facets.get("topic", ())
        )
    except SearchUnavailable:
        return counts_by_topic()


def with_count(topic, counts):
    count = counts.get(topic["slug"], 0)
    return topic | {
        "count": count,
        "count_shown": grouped(count),
        "url": reverse("topic", args=[topic["slug"]]),
    }


@require_safe
def topic(request, slug):
    """One topic: what it is, what the library has on it, and where to read on."""
    language, found = get_language(), vocabularies.topic(slug)
    if found is None:
        raise Http404(_("There is no topic at this address."))
    results, profiles, counts = about(found)
    newest = {int(hit.pk) for hit in results.hits}
    beside = [hit for hit in profiles.hits if int(hit.pk) not in newest][:SHOWN_PROFILES]
    rows = queries.rows([*results.hits, *beside], language)
    library = f"{address_of('library')}?topic={slug}"
    return render(
        request,
        "portal/topic.html",
        {
            "topic": found,
            "name": found.name(language),
            "trail": trail(found, language),
            "description": found.description(language),
            "described_in": found.described_in(language),
            "also_called": also_called(found, language),
            "topics": [
                with_count({"slug": child.slug, "name": child.name(language)}, counts)
                for child in found.children
            ],
            "kinds": kinds(results, library),
            "collections": collections_on(tuple(found.slugs)),
            "countries": countries(results, library, language),
            "total": results.total,
            "total_shown": grouped(results.total),
            "rows": [row for row in rows if row.pk in newest],
            "profiles": [row for row in rows if row.pk not in newest],
            "library_url": library,
            "profiles_url": f"{library}&kind={Kind.PROGRAMME}&kind={Kind.LAW}",
            "feed_url": f"{address_of('library_feed')}?topic={slug}",
        },
    )


def about(topic):
    """(results with counts, newest first; programmes and laws; works by topic).

    The database stands in where the index is away.
    """
    # As many more as may stand in the other list already.
    limits = (SHOWN_NEWEST, SHOWN_PROFILES + SHOWN_NEWEST)
    try:
        asked = {"sort": "newest", "models": MODELS, "highlight": False}
        filters = {"topic": [topic.slug]}
        results = find(filters=filters, facets=("kind", "country", "topic"), per_page=limits[0], **asked)
        profiles = find(filters=filters | {"kind": list(PROFILES)}, per_page=limits[1], **asked)
        return results, profiles, dict(results.facets.get("topic", ()))
    except SearchUnavailable:
        return (
            browse_topics(topic.slugs, limit=limits[0]),
            browse_topics(topic.slugs, limit=limits[1], kinds=PROFILES),
            counts_by_topic(),
        )


def trail(topic, language):
    """The way to a topic, over its area."""
    way = [(_("Topics"), reverse("topic_list"))]
    if topic.parent:
        way.append((topic.parent.name(language), reverse("topic", args=[topic.parent.slug])))
    return way


def also_called(topic, language):
    """Synonyms and acronyms in the reader's language, and the acronyms English lends to every language."""
    language = language if language in NAME_LANGUAGES else "en"
    labels = (
        TopicLabel.objects.filter(topic=topic.id)
        .exclude(kind=TopicLabel.Kind.NARROWER)
        .order_by("kind", "text")
    )
    own = [
        label.text
        for label in labels
        if label.language == language or (label.language == "en" and label.kind == TopicLabel.Kind.ACRONYM)
    ]
    return list(dict.fromkeys(own))


def kinds(results, library):
    """(words, number, address) of each kind the topic has something of."""
    return [
        (queries.KIND_LOOKS[Kind(kind)].plural, grouped(count), f"{library}&kind={kind}")
        for kind, count in results.facets.get("kind", ())
        if count
    ]


def countries(results, library, language):
    """(name, address of its page, number, address of the resources) of the countries most covered."""
    counts = results.facets.get("country", ())[:SHOWN_COUNTRIES]
    names = vocabularies.labels("country", [iso3 for iso3, _count in counts], language)
    return [
        (names[iso3], reverse("country", args=[iso3.lower()]), grouped(count), f"{library}&country={iso3}")
        for iso3, count in counts
    ]
