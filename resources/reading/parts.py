"""All that hangs on one resource, in one query.

A detail page shows rows of a dozen tables. A dozen queries through the ORM cost more than the rest of the page,
so they are one UNION of constant statements, each row marked with the name of its part.
"""

import json
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import connection
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language

from resources.models import Kind
from vocabularies.models import NAME_LANGUAGES

WIDTH = 8
HERE_LIMIT = 4
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

    @property
    def path(self):
        """Its address, beneath the page of the resource."""
        return f"files/{self.pk}/"


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
    named = [pk for pk in named if pk]
    arms, values = [], []
    for arm in ARMS:
        arms.append(arm)
        values.append(resource.work_id if arm == "edition" else resource.pk)
        if arm == "edition":
            values.append(resource.pk)
    if resource.kind == Kind.LAW:
        arms += ["amended_by", "repealed_by"]
        values += [resource.pk, resource.pk]
    if here:
        arms += ["programme_here", "law_here"]
        values += [here, resource.work_id] * 2
    if related is None:
        arms.append("related_by_topic")
        values += [resource.pk, resource.work_id]
    elif related:
        arms.append(("related", len(related)))
        values += [*related, resource.work_id]
    if named:
        arms.append(("named", len(named)))
        values += named
    with connection.cursor() as cursor:
        cursor.execute(statement(tuple(arms), name_column()), values)
        return sorted_into_parts(cursor.fetchall(), order=related or ())


def name_column():
    code = (get_language() or "en")[:2]
    return f"name_{code}" if code in NAME_LANGUAGES else "name_en"


def select(part, columns, rest, position="0"):
    padded = [*columns, *["''"] * (WIDTH - len(columns))]
    return f"SELECT '{part}' AS part, {position} AS place, {', '.join(padded)} {rest}"


NAME = "COALESCE(NULLIF(v.{name}, ''), v.name_en)"
RTL = "CASE WHEN l.is_rtl THEN '1' ELSE '' END"
OTHER = (
    "r.kind",
    "r.slug",
    "r.language_id",
    "r.title",
    RTL,
    "CAST(r.card AS TEXT)",
    "CAST(r.year AS TEXT)",
    "CAST(r.id AS TEXT)",
)
FROM_RESOURCE = "FROM resources_resource r JOIN vocabularies_language l ON l.code = r.language_id"
PUBLISHED = "r.status = 'published'"

ARMS = {
    "person": select(
        "person",
        ["role", "family_name", "given_name", "CASE WHEN is_body THEN '1' ELSE '' END", "orcid"],
        "FROM resources_contributor WHERE resource_id = %s",
        "position",
    ),
    "body": select(
        "body",
        ["x.role", "o.name", "o.slug", "o.acronym"],
        "FROM resources_resourceorganisation x JOIN vocabularies_organisation o ON o.id = x.organisation_id"
        " WHERE x.resource_id = %s",
        "x.position",
    ),
    "topic": select(
        "topic",
        ["v.slug", NAME],
        "FROM resources_resourcetopic x JOIN vocabularies_topic v ON v.id = x.topic_id WHERE x.resource_id = %s",
        "v.position",
    ),
    "country": select(
        "country",
        ["v.iso3", NAME],
        "FROM resources_resource_countries x JOIN vocabularies_country v ON v.iso3 = x.country_id"
        " WHERE x.resource_id = %s",
    ),
    "language": select(
        "language",
        ["v.code", NAME],
        "FROM resources_resource_other_languages x JOIN vocabularies_language v ON v.code = x.language_id"
        " WHERE x.resource_id = %s",
    ),
    "identifier": select(
        "identifier", ["scheme", "value"], "FROM resources_resourceidentifier WHERE resource_id = %s"
    ),
    "file": select(
        "file",
        [
            "CAST(id AS TEXT)",
            "file",
            "label",
            "media_type",
            "CAST(size AS TEXT)",
            "CAST(pages AS TEXT)",
            "language_id",
        ],
        "FROM resources_resourcefile WHERE resource_id = %s",
        "position",
    ),
    "edition": select(
        "edition",
        [
            "r.kind",
            "r.slug",
            "r.language_id",
            "r.title",
            RTL,
            "COALESCE(NULLIF(l.endonym, ''), l.name_en)",
            "r.version_note",
        ],
        f"{FROM_RESOURCE} WHERE r.work_id = %s AND r.id <> %s AND {PUBLISHED}",
        "r.version",
    ),
}


def law_that(column, part):
    return select(
        part,
        OTHER,
        f"{FROM_RESOURCE} JOIN resources_legalframework f ON f.resource_id = r.id"
        f" WHERE f.{column} = %s AND {PUBLISHED}",
    )


def newest_here(kind, part):
    inner = select(
        part,
        OTHER,
        f"{FROM_RESOURCE} JOIN resources_resource_countries c ON c.resource_id = r.id WHERE c.country_id = %s"
        f" AND r.kind = '{kind}' AND {PUBLISHED} AND r.work_id <> %s"
        f" ORDER BY r.sort_on DESC, r.id DESC LIMIT {HERE_LIMIT}",
    )
    return f"SELECT * FROM ({inner}) AS newest_{part}"  # noqa: S608


SHARING_TOPICS = select(
    "related",
    OTHER,
    f"{FROM_RESOURCE} JOIN (SELECT y.resource_id, COUNT(*) AS shared FROM resources_resourcetopic y"  # noqa: S608
    " JOIN resources_resourcetopic mine ON mine.topic_id = y.topic_id AND mine.resource_id = %s"
    " GROUP BY y.resource_id) AS near ON near.resource_id = r.id"
    f" WHERE {PUBLISHED} AND r.work_id <> %s ORDER BY near.shared DESC, r.sort_on DESC, r.id DESC LIMIT {RELATED_LIMIT}",
    "-near.shared",
)
MORE_ARMS = {
    "amended_by": law_that("amends_id", "amended_by"),
    "repealed_by": law_that("repeals_id", "repealed_by"),
    "programme_here": newest_here(Kind.PROGRAMME.value, "programme_here"),
    "law_here": newest_here(Kind.LAW.value, "law_here"),
    "related_by_topic": f"SELECT * FROM ({SHARING_TOPICS}) AS near_by_topic",  # noqa: S608
}


@lru_cache(maxsize=500)
def statement(arms, name):
    """The UNION of these arms; `name` is the column that holds names in the reader's language."""
    return " UNION ALL ".join(arm_sql(arm) for arm in arms).replace("{name}", name)


def arm_sql(arm):
    if isinstance(arm, str):
        return ARMS.get(arm) or MORE_ARMS[arm]
    part, count = arm
    keys = ", ".join(["%s"] * count)
    if part == "related":
        return select(
            part, OTHER, f"{FROM_RESOURCE} WHERE r.id IN ({keys}) AND {PUBLISHED} AND r.work_id <> %s"
        )
    return select(part, OTHER, f"{FROM_RESOURCE} WHERE r.id IN ({keys}) AND {PUBLISHED}")


def sorted_into_parts(rows, order):
    parts, library = Parts(), reverse("library")

    def other(kind, slug, language, title, rtl, card, year, pk):
        return Other(
            kind=kind,
            url=f"{library}{kind}/{iri_to_uri(slug)}/",
            language=language,
            title=title,
            dir="rtl" if rtl else "ltr",
            card=json.loads(card or "{}"),
            year=int(year) if year else None,
            pk=int(pk),
        )

    for part, place, *c in sorted(rows, key=lambda row: row[1]):
        if part == "person":
            parts.people.append(Person(c[0], c[1], c[2], bool(c[3]), c[4]))
        elif part == "body":
            parts.bodies.append(Body(*c[:4]))
        elif part == "topic":
            parts.topics.append((c[0], c[1]))
        elif part == "country":
            parts.countries.append((c[0], c[1]))
        elif part == "language":
            parts.languages.append((c[0], c[1]))
        elif part == "identifier":
            parts.identifiers.append((c[0], c[1]))
        elif part == "file":
            parts.files.append(File(int(c[0]), c[1], c[2], c[3], int(c[4]), int(c[5] or 0), c[6] or ""))
        elif part == "edition":
            url = f"{library}{c[0]}/{iri_to_uri(c[1])}/"
            parts.editions.append(Edition(place, url, c[2], c[5], c[3], "rtl" if c[4] else "ltr", c[6]))
        elif part == "named":
            found = other(*c)
            parts.named[found.pk] = found
        else:
            lists = {
                "related": parts.related,
                "programme_here": parts.programmes_here,
                "law_here": parts.laws_here,
                "amended_by": parts.amended_by,
                "repealed_by": parts.repealed_by,
            }
            lists[part].append(other(*c))
    parts.countries.sort(key=lambda country: country[1])
    if order:
        parts.related.sort(key=lambda found: order.index(found.pk))
    return parts
