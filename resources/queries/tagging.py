"""What the pages of bulk tagging show."""

from dataclasses import dataclass

from django.db.models import Count

from resources.models import Resource, ResourceTopic, TaggingRow
from resources.queries.rows import Row
from vocabularies.queries import labels

SHOWN_FAILURES = 50


@dataclass(slots=True)
class Choice:
    """A resource that may be tagged, and what it is tagged with."""

    row: Row
    topics: str
    countries: str


def with_tags(rows, language):
    """Each row with its topics and countries in words; two queries for any number."""
    keys = [row.pk for row in rows]
    topics, countries = {}, {}
    for key, slug in ResourceTopic.objects.filter(resource__in=keys).values_list(
        "resource_id", "topic__slug"
    ):
        topics.setdefault(key, []).append(slug)
    through = Resource.countries.through
    for key, iso3 in through.objects.filter(resource__in=keys).values_list("resource_id", "country_id"):
        countries.setdefault(key, []).append(iso3)
    return [
        Choice(
            row,
            words("topic", topics.get(row.pk, ()), language),
            words("country", countries.get(row.pk, ()), language),
        )
        for row in rows
    ]


def words(field, values, language):
    return ", ".join(sorted(labels(field, values, language).values())) if values else ""


def counts_of(job):
    """How many resources of a job are in each state."""
    found = dict(job.rows.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in TaggingRow.State.values}


def failures_of(job):
    return list(job.rows.filter(state=TaggingRow.State.FAILED).select_related("resource")[:SHOWN_FAILURES])
