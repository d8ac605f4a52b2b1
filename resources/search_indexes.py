"""How resources reach the index: one document for each work, with its language versions."""

from collections import defaultdict
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from haystack import indexes

from resources.models import (
    KIND_MODELS,
    Contributor,
    Kind,
    Resource,
    ResourceIdentifier,
    ResourceOrganisation,
    ResourceTopic,
    Status,
)
from search.documents import Document, Name, Text
from search.indexes import PortalIndex, add_concepts
from vocabularies.models import NAME_LANGUAGES, Country, Organisation, Topic

MAX_FILE_TEXT = 200_000
EPOCH = date(1970, 1, 1)
ROW = (
    "pk",
    "work_id",
    "kind",
    "slug",
    "language_id",
    "version",
    "title",
    "summary",
    "body",
    "file_text",
    "year",
    "sort_on",
)

# The words a kind has of its own.
KIND_WORDS = {
    Kind.PUBLICATION: ("container", "number"),
    Kind.NEWS: ("place",),
    Kind.EVENT: ("place", "participants"),
    Kind.JOB: ("employer", "place", "contract", "experience"),
    Kind.PROGRAMME: ("local_name", "sub_type", "target_group", "targeting", "benefit", "delivery", "agency"),
    Kind.LAW: ("number", "gazette", "branch", "scheme_type", "references"),
    Kind.BLOG: ("series",),
    Kind.MULTIMEDIA: ("transcript",),
    Kind.DATABASE: ("owner", "coverage", "formats", "period"),
}


class ResourceIndex(PortalIndex, indexes.Indexable):
    def get_model(self):
        return Resource

    def findable(self):
        """One row a work: its published resource with the lowest key."""
        earlier = Resource.objects.published().filter(work=OuterRef("work"), pk__lt=OuterRef("pk"))
        return Resource.objects.published().filter(~Exists(earlier))

    def documents(self, ids):
        works = Resource.objects.filter(pk__in=ids).values("work")
        rows = list(
            Resource.objects.filter(work__in=works, status=Status.PUBLISHED).order_by("pk").values(*ROW)
        )
        versions = defaultdict(dict)
        for row in rows:
            known = versions[row["work_id"]].get(row["language_id"])
            if known is None or known["version"] < row["version"]:
                versions[row["work_id"]][row["language_id"]] = row
        batch = Batch([row["pk"] for row in rows], {row["kind"] for row in rows})
        for by_language in versions.values():
            yield batch.document(sorted(by_language.values(), key=lambda row: row["pk"]))


class Batch:
    """What a batch of resources has in other tables, read with one query a table."""

    def __init__(self, ids, kinds):
        self.topics = _grouped(
            ResourceTopic.objects.filter(resource__in=ids).values_list("resource_id", "topic_id")
        )
        self.countries = _grouped(
            Resource.countries.through.objects.filter(resource__in=ids).values_list(
                "resource_id", "country_id"
            )
        )
        self.organisations = _grouped(
            ResourceOrganisation.objects.filter(resource__in=ids).values_list(
                "resource_id", "organisation_id"
            )
        )
        self.other_languages = _grouped(
            Resource.other_languages.through.objects.filter(resource__in=ids).values_list(
                "resource_id", "language_id"
            )
        )
        people = Contributor.objects.filter(resource__in=ids).order_by("position")
        self.people = _grouped(
            (pk, f"{given} {family}".strip())
            for pk, given, family in people.values_list("resource_id", "given_name", "family_name")
        )
        self.identifiers = _grouped(
            ResourceIdentifier.objects.filter(resource__in=ids).values_list("resource_id", "value")
        )
        self.words = defaultdict(list)
        for kind in sorted(kinds & KIND_WORDS.keys()):
            rows = (
                KIND_MODELS[kind]
                .objects.filter(resource__in=ids)
                .values_list("resource_id", *KIND_WORDS[kind])
            )
            self.words.update({pk: [word for word in words if word] for pk, *words in rows})
        self.known_topics = _by_key(
            Topic.objects.select_related("parent").prefetch_related("labels"), self.topics
        )
        self.known_countries = _by_key(Country.objects.prefetch_related("aliases"), self.countries)
        self.known_organisations = _by_key(Organisation.objects.all(), self.organisations)

    def document(self, rows):
        """The document of a work from the rows of its language versions, the leading one first."""
        lead = rows[0]
        topics = [self.known_topics[key] for key in self._all(rows, self.topics)]
        countries = [self.known_countries[key] for key in self._all(rows, self.countries)]
        organisations = [self.known_organisations[key] for key in self._all(rows, self.organisations)]
        people, identifiers = self._all(rows, self.people), self._all(rows, self.identifiers)
        parents = {topic.parent.slug for topic in topics if topic.parent}
        document = Document(
            model="resources.resource",
            pk=lead["pk"],
            texts=[self._text(row) for row in rows],
            facets={
                "kind": [lead["kind"]],
                "country": sorted({country.pk for country in countries}),
                "region": sorted({country.wb_region_id for country in countries if country.wb_region_id}),
                "income": sorted({country.income_group for country in countries if country.income_group}),
                "topic": sorted({topic.slug for topic in topics} | parents),
                "language": sorted(
                    {row["language_id"] for row in rows} | set(self._all(rows, self.other_languages))
                ),
                "year": [str(lead["year"])] if lead["year"] else [],
                "organisation": sorted({organisation.slug for organisation in organisations}),
            },
            names=[
                *people,
                *(word for one in organisations for word in organisation_words(one)),
                *identifiers,
            ],
            topics=[label for topic in topics for label in topic_words(topic)],
            places=[name for country in countries for name in names_of(country)],
            concepts={topic.slug for topic in topics},
            mentions=parents,
            exact=[*(row["title"] for row in rows), *identifiers],
            suggest=[
                *(name for topic in topics for name in topic_names(topic)),
                *map(organisation_name, organisations),
            ],
            day=(lead["sort_on"] - EPOCH).days,
        )
        if lead["kind"] == Kind.COUNTRY and len(countries) == 1:
            call_by_country(document, countries[0])
        return add_concepts(document)

    def _text(self, row):
        body = "\n".join(
            part for part in (row["body"], *self.words[row["pk"]], row["file_text"][:MAX_FILE_TEXT]) if part
        )
        url = reverse("resource", args=[row["kind"], row["slug"]])
        return Text(row["language_id"], row["pk"], row["title"], row["summary"], body, url)

    def _all(self, rows, by_resource):
        """What any of the versions has, each once, in order."""
        return list(dict.fromkeys(value for row in rows for value in by_resource.get(row["pk"], ())))


def call_by_country(document, country):
    """A country's name, in any language and in any other way it is written, means its profile."""
    document.front = True
    document.exact += [*names_of(country), *(alias.text for alias in country.aliases.all())]
    document.places += [alias.text for alias in country.aliases.all()]
    url = country.get_absolute_url()
    document.suggest += [
        Name(getattr(country, f"name_{code}"), "country", code, url)
        for code in NAME_LANGUAGES
        if getattr(country, f"name_{code}")
    ]


def names_of(named):
    """The different names of a topic or a country in the languages of the portal."""
    return list(dict.fromkeys(name for code in NAME_LANGUAGES if (name := getattr(named, f"name_{code}"))))


def topic_words(topic):
    return [*names_of(topic), *(label.text for label in topic.labels.all())]


def topic_names(topic):
    url = topic.get_absolute_url()
    names = [Name(getattr(topic, f"name_{code}"), "topic", code, url) for code in NAME_LANGUAGES]
    acronyms = [Name(label.text, "topic", "", url) for label in topic.labels.all() if label.text.isupper()]
    return [name for name in [*names, *acronyms] if name.text]


def organisation_words(organisation):
    return [
        organisation.name,
        *([organisation.acronym] if organisation.acronym else []),
        *organisation.aliases,
    ]


def organisation_name(organisation):
    return Name(
        organisation.name, "organisation", "", f"{reverse('library')}?organisation={organisation.slug}"
    )


def _grouped(pairs):
    grouped = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return grouped


def _by_key(queryset, grouped):
    """The rows that any of the groups names."""
    return queryset.in_bulk(list({value for values in grouped.values() for value in values}))
