"""Where to go from a search that found nothing."""

from django.urls import reverse

from resources.queries.labels import label, resolve_typed, topics_named


def ways_on(text, language):
    """The country and the topics a text names, as (words, address) pairs."""
    iso3 = resolve_typed("country", text) if text else None
    return {
        "country_link": (label("country", iso3, language), reverse("country", args=[iso3.lower()]))
        if iso3
        else None,
        "topic_links": [
            (words, reverse("topic", args=[slug])) for slug, words in topics_named(text, language)
        ],
    }
