"""All that hangs on one resource, in one query.

A detail page shows rows of a dozen tables. A dozen queries through the ORM cost more than the rest of the page,
so they are one UNION of constant statements, each row marked with the name of its part.
"""

import json
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote

from django.db import connection
from django.db.models import Count
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language

from kit.links import address_of
from kit.prepared import PreparedFor
from kit.remember import remembered
from resources.models import Kind, Resource, ResourceTopic
from vocabularies import queries as vocabularies

WIDTH = 8
HERE_LIMIT = 4
OTHERS_STEP = 10
RELATED_LIMIT = 5


@dataclass(slots=True)
class Person:
    role: str
    family: str
    given: str
    is_body: bool
    orcid: str

    @property
    def name(self):
        return f"{self.given} {self.family}".strip()


@dataclass(slots=True)
class Body:
    role: str
    name: str
    slug: str
    acronym: str


@dataclass(slots=True)
class File:
    pk: int
    name: str
    label: str
    media_type: str
    size: int
    pages: int
    language: str
    first_page: tuple[int, int] | None  # width and height of its picture

    @property
    def path(self):
        """Its address, beneath the page of the resource."""
        return f"files/{self.pk}/"

    @property
    def named_path(self):
        """The same with its name at the end, for those who judge a file by it."""
        return f"{self.path}{quote(self.name.rpartition('/')[2])}"


@dataclass(slots=True)
class Other:
    """Another resource as a link: its address, its title in its own language, and its card."""

    kind: str
    url: str
    language: str
    title: str
    dir: str
    card: dict
    year: int | None
    pk: int
    work: int


@dataclass(slots=True)
class Edition:
    """Another text of the same work: a language version, an older or a newer version."""

    version: int
    url: str
    language: str
    language_name: str
    title: str
    dir: str
    note: str


@dataclass(slots=True)
class Parts:
    people: list[Person] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    topics: list[tuple[str, str]] = field(default_factory=list)  # slug, name
    countries: list[tuple[str, str]] = field(default_factory=list)  # iso3, name
    languages: list[tuple[str, str]] = field(default_factory=list)  # code, name
    identifiers: list[tuple[str, str]] = field(default_factory=list)  # scheme, value
    files: list[File] = field(default_factory=list)
    editions: list[Edition] = field(default_factory=list)
    related: list[Other] = field(default_factory=list)
    programmes_here: list[Other] = field(default_factory=list)
    laws_here: list[Other] = field(default_factory=list)
    amended_by: list[Other] = field(default_factory=list)
    repealed_by: list[Other] = field(default_factory=list)
    named: dict[int, Other] = field(default_factory=dict)  # what a foreign key of the kind's table names


def gather(resource, *, related=None, here="", named=()):
    """The parts of a resource.

    related: keys of resources in the order to show them, or None to take those that share most topics;
    here: iso3 of the country whose other programmes and laws to name; named: keys of resources to fetch as well.
    """
    related = sharing_topics(resource) if related is None else list(related)
    programmes, laws = newest_here(here) if here else ((), ())
    named = [pk for pk in named if pk]
    keys = list({*related, *programmes, *laws, *named})
    # Filled up with a key that no row has, so that few texts of the statement exist and each is prepared soon.
    keys += [0] * (-len(keys) % OTHERS_STEP)
    changing = CHANGING if resource.kind == Kind.LAW else ""
    values = (
        [resource.pk] * 7 + [resource.work_id, resource.pk] + [resource.pk] * (2 if changing else 0) + keys
    )
    with connection.cursor() as cursor:
        cursor.execute(statement(changing, len(keys)), values)
        parts, others = sorted_into_parts(cursor.fetchall())
    own = {resource.work_id}
    parts.related = shown(related, others, without=own)
    parts.named = {pk: others[pk] for pk in named if pk in others}
    parts.programmes_here = shown(programmes, others, without=own)[:HERE_LIMIT]
    parts.laws_here = shown(laws, others, without=own)[:HERE_LIMIT]
    return parts


def shown(keys, others, *, without):
    """Of these keys what was found, in their order, without texts of these works."""
    return [others[pk] for pk in keys if pk in others and others[pk].work not in without]


def newest_of(kind):
    """The keys of the newest of a kind, by country."""
    there = Resource.objects.published().filter(kind=kind).newest_first().values_list("pk")
    return PreparedFor(lambda iso3: there.filter(countries=iso3)[: HERE_LIMIT + 1])


NEWEST = (newest_of(Kind.PROGRAMME), newest_of(Kind.LAW))


@remembered(seconds=300)
def newest_here(iso3):
    """Keys of the newest programmes and laws of a country, one more than are shown; what is read by them is checked anew."""
    return tuple(tuple(pk for (pk,) in newest(iso3)) for newest in NEWEST)


def sharing_topics(resource):
    """Keys of the published resources that share most topics with this one, the newest first among equals."""
    mine = ResourceTopic.objects.filter(resource=resource).values("topic")
    near = (
        Resource.objects.published()
        .exclude(work=resource.work_id)
        .filter(topic_links__topic__in=mine)
        .annotate(shared=Count("pk"))
        .order_by("-shared", "-sort_on", "-pk")
    )
    return list(near.values_list("pk", flat=True)[:RELATED_LIMIT])


def select(part, columns, rest, position="0"):
    padded = [*columns, *["''"] * (WIDTH - len(columns))]
    return f"SELECT '{part}' AS part, {position} AS place, {', '.join(padded)} {rest}"


OTHER = (
    "r.kind",
    "r.slug",
    "r.language_id",
    "r.title",
    "CAST(r.card AS TEXT)",
    "CAST(r.year AS TEXT)",
    "CAST(r.id AS TEXT)",
    "CAST(r.work_id AS TEXT)",
)
OF_IT = "WHERE resource_id = %s"
CONSTANT = " UNION ALL ".join(
    [
        select(
            "person",
            ["role", "family_name", "given_name", "CASE WHEN is_body THEN '1' ELSE '' END", "orcid"],
            f"FROM resources_contributor {OF_IT}",
            "position",
        ),
        select(
            "body",
            ["x.role", "o.name", "o.slug", "o.acronym"],
            "FROM resources_resourceorganisation x JOIN vocabularies_organisation o ON o.id = x.organisation_id"
            " WHERE x.resource_id = %s",
            "x.position",
        ),
        select("topic", ["CAST(topic_id AS TEXT)"], f"FROM resources_resourcetopic {OF_IT}"),
        select("country", ["country_id"], f"FROM resources_resource_countries {OF_IT}"),
        select("language", ["language_id"], f"FROM resources_resource_other_languages {OF_IT}"),
        select("identifier", ["scheme", "value"], f"FROM resources_resourceidentifier {OF_IT}"),
        select(
            "file",
            [
                "CAST(id AS TEXT)",
                "file",
                "label",
                "media_type",
                "CAST(size AS TEXT)",
                "CAST(pages AS TEXT)",
                "language_id",
                "CAST(thumbnail_width AS TEXT) || ' ' || CAST(thumbnail_height AS TEXT)",
            ],
            f"FROM resources_resourcefile {OF_IT}",
            "position",
        ),
        select(
            "edition",
            ["kind", "slug", "language_id", "title", "version_note"],
            "FROM resources_resource WHERE work_id = %s AND id <> %s AND status = 'published'",
            "version",
        ),
    ]
)
CHANGING = "".join(
    " UNION ALL "
    + select(
        part,
        OTHER,
        "FROM resources_legalframework f JOIN resources_resource r ON r.id = f.resource_id"
        f" WHERE f.{column} = %s AND r.status = 'published'",
    )
    for part, column in (("amended_by", "amends_id"), ("repealed_by", "repeals_id"))
)


@lru_cache(maxsize=100)
def statement(changing, others):
    """The UNION for a resource with so many other resources to name."""
    if not others:
        return CONSTANT + changing
    keys = ", ".join(["%s"] * others)
    return f"{CONSTANT}{changing} UNION ALL " + select(
        "other", OTHER, f"FROM resources_resource r WHERE r.id IN ({keys}) AND r.status = 'published'"
    )


def sorted_into_parts(rows):
    """(Parts, the other resources by key). Names stand in the vocabularies' memory, in the reader's language."""
    parts, others, library = Parts(), {}, address_of("library")
    reader = get_language() or "en"
    languages, topics = vocabularies.languages(), []

    def direction(code):
        return "rtl" if code in languages and languages[code].is_rtl else "ltr"

    for part, place, *c in sorted(rows, key=lambda row: row[1]):
        if part == "person":
            parts.people.append(Person(c[0], c[1], c[2], bool(c[3]), c[4]))
        elif part == "body":
            parts.bodies.append(Body(*c[:4]))
        elif part == "topic":
            topics.append(int(c[0]))
        elif part == "country":
            parts.countries.append((c[0], vocabularies.label("country", c[0], reader)))
        elif part == "language":
            parts.languages.append((c[0], vocabularies.label("language", c[0], reader)))
        elif part == "identifier":
            parts.identifiers.append((c[0], c[1]))
        elif part == "file":
            size = tuple(map(int, c[7].split())) if c[7] else None
            parts.files.append(File(int(c[0]), c[1], c[2], c[3], int(c[4]), int(c[5] or 0), c[6] or "", size))
        elif part == "edition":
            known = languages.get(c[2])
            name = (known.endonym or known.name(reader)) if known else c[2]
            url = f"{library}{c[0]}/{iri_to_uri(c[1])}/"
            parts.editions.append(Edition(place, url, c[2], name, c[3], direction(c[2]), c[4]))
        else:
            found = Other(
                kind=c[0],
                url=f"{library}{c[0]}/{iri_to_uri(c[1])}/",
                language=c[2],
                title=c[3],
                dir=direction(c[2]),
                card=json.loads(c[4] or "{}"),
                year=int(c[5]) if c[5] else None,
                pk=int(c[6]),
                work=int(c[7]),
            )
            if part == "other":
                others[found.pk] = found
            else:
                (parts.amended_by if part == "amended_by" else parts.repealed_by).append(found)
    known = vocabularies.topics()
    parts.topics = [(topic.slug, topic.name(reader)) for pk, topic in known.items() if pk in topics]
    parts.countries.sort(key=lambda country: country[1])
    return parts, others
