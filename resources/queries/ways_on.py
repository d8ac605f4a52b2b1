"""Where to go from a search that found nothing."""

from django.urls import reverse

from vocabularies.queries import countries_in, label, resolve_country, topics, topics_in


def ways_on(text, language):
    """The country and the topics a text names, as (words, address) pairs."""
    iso3 = resolve_country(text) or next(iter(countries_in(text.title())), None)
    named = [topic for pk, topic in topics().items() if pk in topics_in(text, language)] if text else []
    return {
        "country_link": (label("country", iso3, language), reverse("country", args=[iso3.lower()]))
        if iso3
        else None,
        "topic_links": [(topic.name(language), reverse("topic", args=[topic.slug])) for topic in named],
    }
