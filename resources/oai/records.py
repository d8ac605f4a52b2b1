"""The records: one for each language version and edition. A page costs the same few queries, however long it is."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Min, Q, prefetch_related_objects

from resources.models import Resource, ResourceTopic, Status
from resources.oai.protocol import Harvest, ProtocolError
from resources.oai.sets import narrowed, specs_of
from vocabularies.queries import countries, topics

RECORDS_A_PAGE = 100
HEADERS_A_PAGE = 500
PARTS = ["contributors", "identifiers", "organisation_roles__organisation", "other_languages"]
HEADER_COLUMNS = ("pk", "kind", "slug", "status", "language_id", "updated_at")


@dataclass(slots=True)
class Record:
    """A resource with what its header says of it."""

    resource: Resource
    countries: list = field(default_factory=list)
    topics: list = field(default_factory=list)

    @property
    def is_deleted(self):
        return self.resource.status == Status.WITHDRAWN

    @property
    def sets(self):
        one = self.resource
        return specs_of(one.kind, one.language_id, [country.iso3 for country in self.countries], self.topics)


def identifier_of(key):
    return f"oai:{settings.OAI_REPOSITORY}:{key}"


def record_of(identifier):
    """The record of an identifier; idDoesNotExist for what was never published."""
    start, key = identifier_of(""), ""
    if identifier.startswith(start):
        key = identifier.removeprefix(start)
    found = []
    if key.isascii() and key.isdigit() and len(key) < 19 and str(int(key)) == key:
        found = list(Resource.objects.harvestable().filter(pk=key).defer("file_text", "body"))
    if not found:
        raise ProtocolError("idDoesNotExist", "There is no record with this identifier.")
    return with_parts(found, full=True)[0]


def page_of(harvest: Harvest, *, full):
    """(records of the page, the harvest as it goes on or None). noRecordsMatch where a list begins with nothing."""
    found = Resource.objects.harvestable()
    if harvest.set_spec:
        found = narrowed(found, harvest.set_spec)
    if found is None:
        raise ProtocolError("noRecordsMatch", "There is no such set.")
    first, end = harvest.bounds
    if first:
        found = found.filter(updated_at__gte=first)
    if end:
        found = found.filter(updated_at__lt=end)
    size = harvest.size or found.count()
    if harvest.after:
        stamp, key = harvest.after
        found = found.filter(Q(updated_at__gt=stamp) | Q(updated_at=stamp, pk__gt=key), updated_at__gte=stamp)
    length = RECORDS_A_PAGE if full else HEADERS_A_PAGE
    found = found.order_by("updated_at", "pk")
    found = found.defer("file_text", "body") if full else found.only(*HEADER_COLUMNS)
    rows = list(found[: length + 1])
    page, is_last = rows[:length], len(rows) <= length
    if not page and not harvest.after:
        raise ProtocolError("noRecordsMatch", "Nothing answers to these arguments.")
    onward = None
    if not is_last:
        last = page[-1]
        onward = harvest.moved(
            after=(last.updated_at.isoformat(), last.pk), cursor=harvest.cursor + len(page), size=size
        )
    return with_parts(page, full=full), onward


def with_parts(resources, *, full):
    """Records of the resources; `full` also loads what their metadata need."""
    keys = [resource.pk for resource in resources]
    places, subjects = defaultdict(list), defaultdict(list)
    linked = Resource.countries.through.objects.filter(resource__in=keys).order_by("country")
    for key, iso3 in linked.values_list("resource_id", "country_id"):
        places[key].append(countries()[iso3])
    linked = ResourceTopic.objects.filter(resource__in=keys).order_by("pk")
    for key, topic_id in linked.values_list("resource_id", "topic_id"):
        subjects[key].append(topics()[topic_id])
    if full:
        prefetch_related_objects(resources, *PARTS)
    return [Record(resource, places[resource.pk], subjects[resource.pk]) for resource in resources]


def earliest():
    """The first moment anything changed; None while there is nothing."""
    return Resource.objects.harvestable().aggregate(first=Min("updated_at"))["first"]
