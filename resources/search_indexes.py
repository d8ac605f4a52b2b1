"""How resources reach the index: one document for each work, with its language versions."""

from collections import defaultdict
from datetime import date
from functools import cache
from urllib.parse import quote

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import override
from haystack import indexes

from kit.markdown import to_words
from resources.models import (
    KIND_MODELS,
    Collection,
    CollectionItem,
    Contributor,
    Kind,
    Resource,
    ResourceIdentifier,
    ResourceOrganisation,
    ResourceTopic,
    Status,
)
from resources.queries.kinds import COLLECTION
from search.documents import Document, Name, Text, suggest_terms
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
        """One row a work: its listed resource with the lowest key."""
        earlier = Resource.objects.listed().filter(work=OuterRef("work"), pk__lt=OuterRef("pk"))
        return Resource.objects.listed().filter(~Exists(earlier))

    def shared(self):
        return Vocabulary()

    def documents(self, ids, shared=None):
        works = Resource.objects.filter(pk__among=ids).values("work")
        rows = list(Resource.objects.listed().filter(work__in=works).order_by("pk").values(*ROW))
        versions = defaultdict(dict)
        for row in rows:
            known = versions[row["work_id"]].get(row["language_id"])
            if known is None or known["version"] < row["version"]:
                versions[row["work_id"]][row["language_id"]] = row
        batch = Batch({row["pk"] for row in rows}, {row["kind"] for row in rows}, shared or Vocabulary())
        for by_language in versions.values():
            yield batch.document(sorted(by_language.values(), key=lambda row: row["pk"]))


class CollectionIndex(PortalIndex, indexes.Indexable):
    """Curated pages: their texts and the words on their entries."""

    def get_model(self):
        return Collection

    def findable(self):
        return Collection.objects.published()

    def documents(self, ids, shared=None):
        comments = _grouped(
            CollectionItem.objects.filter(collection__in=ids, resource__status=Status.PUBLISHED)
            .exclude(comment="")
            .order_by("position")
            .values_list("collection_id", "comment")
        )
        for page in self.findable().filter(pk__in=ids).order_by("pk"):
            said = "\n".join([page.curated_by, *comments.get(page.pk, ())])
            texts = [
                Text(code, page.pk, title, to_words(getattr(page, f"intro_{code}")), said, address_of(page))
                for code in NAME_LANGUAGES
                if (title := getattr(page, f"title_{code}"))
            ]
            yield add_concepts(
                Document(
                    model="resources.collection",
                    pk=page.pk,
                    texts=sorted(texts, key=lambda text: text.language != "en"),
                    facets={"kind": [COLLECTION], "language": [text.language for text in texts]},
                    exact=[text.title for text in texts],
                    day=(page.published_at.date() - EPOCH).days,
                )
            )


def address_of(page):
    """The address of a curated page, in no language's tree."""
    with override(settings.LANGUAGE_CODE):
        return page.get_absolute_url()


class Batch:
    """What a batch of resources has in other tables, read with one query a table."""

    def __init__(self, ids, kinds, vocabulary):
        def grouped(model, column):
            return _grouped(model.objects.filter(resource__among=ids).values_list("resource_id", column))

        self.topics = grouped(ResourceTopic, "topic_id")
        self.countries = grouped(Resource.countries.through, "country_id")
        self.organisations = grouped(ResourceOrganisation, "organisation_id")
        self.other_languages = grouped(Resource.other_languages.through, "language_id")
        self.identifiers = grouped(ResourceIdentifier, "value")
        people = Contributor.objects.filter(resource__among=ids).order_by("position")
        self.people = _grouped(
            (pk, f"{given} {family}".strip())
            for pk, given, family in people.values_list("resource_id", "given_name", "family_name")
        )
        self.words = defaultdict(list)
        for kind in sorted(kinds & KIND_WORDS.keys()):
            rows = KIND_MODELS[kind].objects.filter(resource__among=ids)
            rows = rows.values_list("resource_id", *KIND_WORDS[kind])
            self.words.update({pk: [word for word in words if word] for pk, *words in rows})
        self.known_topics = vocabulary.topics(_values(self.topics))
        self.known_countries = vocabulary.countries(_values(self.countries))
        self.known_organisations = vocabulary.organisations(_values(self.organisations))

    def document(self, rows):
        """The document of a work from the rows of its language versions, the leading one first."""
        lead = rows[0]
        topics = [self.known_topics[key] for key in self._all(rows, self.topics)]
        countries = [self.known_countries[key] for key in self._all(rows, self.countries)]
        organisations = [self.known_organisations[key] for key in self._all(rows, self.organisations)]
        people, identifiers = self._all(rows, self.people), self._all(rows, self.identifiers)
        parents = {topic.parent for topic in topics if topic.parent}
        document = Document(
            model="resources.resource",
            pk=lead["pk"],
            texts=[self._text(row) for row in rows],
            facets={
                "kind": [lead["kind"]],
                "country": sorted({country.code for country in countries}),
                "region": sorted({country.region for country in countries if country.region}),
                "income": sorted({country.income for country in countries if country.income}),
                "topic": sorted({topic.slug for topic in topics} | parents),
                "language": sorted(
                    {row["language_id"] for row in rows} | set(self._all(rows, self.other_languages))
                ),
                "year": [str(lead["year"])] if lead["year"] else [],
                "organisation": sorted({organisation.slug for organisation in organisations}),
            },
            names=[*people, *(one.called for one in organisations), *identifiers],
            topics=[*(topic.called for topic in topics), kind_words(lead["kind"])],
            places=[country.called for country in countries],
            concepts={topic.slug for topic in topics},
            mentions=parents,
            exact=identifiers,
            suggest=[one.suggest for one in (*topics, *organisations)],
            day=(lead["sort_on"] - EPOCH).days,
        )
        if lead["kind"] == Kind.COUNTRY and len(countries) == 1:
            call_by_country(document, countries[0])
        return add_concepts(document)

    def _text(self, row):
        body = "\n".join(
            part for part in (row["body"], *self.words[row["pk"]], row["file_text"][:MAX_FILE_TEXT]) if part
        )
        url = f"{_address_of(row['kind'])}{quote(row['slug'])}/"
        return Text(row["language_id"], row["pk"], row["title"], row["summary"], body, url)

    def _all(self, rows, by_resource):
        """What any of the versions has, each once, in order."""
        if len(rows) == 1:
            return list(dict.fromkeys(by_resource.get(rows[0]["pk"], ())))
        return list(dict.fromkeys(value for row in rows for value in by_resource.get(row["pk"], ())))


class Vocabulary:
    """What documents need of topics, countries and organisations, read once for many batches."""

    def __init__(self):
        self._topics, self._countries, self._organisations = {}, {}, {}

    def topics(self, keys):
        rows = Topic.objects.select_related("parent").prefetch_related("labels")
        return _completed(self._topics, keys, rows, KnownTopic)

    def countries(self, keys):
        return _completed(self._countries, keys, Country.objects.prefetch_related("aliases"), KnownCountry)

    def organisations(self, keys):
        return _completed(self._organisations, keys, Organisation.objects.all(), KnownOrganisation)


def _completed(known, keys, rows, make):
    """What is known by key, with those of the keys that were not among it yet."""
    if missing := keys - known.keys():
        known.update((row.pk, make(row)) for row in rows.filter(pk__among=missing))
    return known


class KnownTopic:
    """What documents need of a topic."""

    def __init__(self, topic):
        self.slug, self.parent = topic.slug, topic.parent.slug if topic.parent else ""
        self.called = "\n".join(names_of(topic))
        acronyms = [(label.text, "") for label in topic.labels.all() if label.text.isupper()]
        url = topic.get_absolute_url()
        self.suggest = suggest_terms(
            Name(text, "topic", code, url) for text, code in [*names_of(topic).items(), *acronyms]
        )


class KnownCountry:
    """What documents need of a country."""

    def __init__(self, country):
        self.code, self.region, self.income = country.pk, country.wb_region_id, country.income_group
        self.names, self.aliases = list(names_of(country)), [alias.text for alias in country.aliases.all()]
        self.called = "\n".join(self.names)
        url = country.get_absolute_url()
        self.suggest = suggest_terms(
            Name(text, "country", code, url) for text, code in names_of(country).items()
        )


class KnownOrganisation:
    """What documents need of an organisation."""

    def __init__(self, organisation):
        self.slug = organisation.slug
        names = (organisation.name, organisation.acronym, *organisation.aliases)
        self.called = "\n".join(filter(None, names))
        url = f"{reverse('library')}?organisation={quote(organisation.slug)}"
        self.suggest = suggest_terms([Name(organisation.name, "organisation", "", url)])


def call_by_country(document, country):
    """A country's name, in any language and in any other way it is written, means its profile."""
    document.front = True
    document.exact += [*country.names, *country.aliases]
    document.places += country.aliases
    document.suggest.append(country.suggest)


def names_of(named):
    """{name: language} of a topic's or a country's different names."""
    names = {}
    for code in NAME_LANGUAGES:
        if name := getattr(named, f"name_{code}"):
            names.setdefault(name, code)
    return names


@cache
def kind_words(kind):
    """The names of a kind, so that "pension law" or "jobs in Kenya" finds it by its kind."""
    words = [kind]
    for code in NAME_LANGUAGES:
        with override(code):
            words.append(str(Kind(kind).label))
    return "\n".join(dict.fromkeys(words))


@cache
def _address_of(kind):
    """The address of a kind's resources up to the slug; asking `reverse` for each would take a tenth of the time."""
    return reverse("resource", args=[kind, "-"]).removesuffix("-/")


def _grouped(pairs):
    grouped = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return grouped


def _values(grouped):
    return {value for values in grouped.values() for value in values}
