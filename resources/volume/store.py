"""Writing made-up resources in batches, each batch one transaction, so that a stopped run goes on where it was."""

from operator import attrgetter
from random import Random

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kit.bulk import reserve_ids, write_rows
from kit.text import fold
from resources.cards import build_card
from resources.keys import slug_for, title_key, url_key
from resources.models import (
    KIND_MODELS,
    Contributor,
    CountryProfile,
    Resource,
    ResourceIdentifier,
    ResourceOrganisation,
    ResourceTopic,
    Status,
    Transition,
    Work,
)
from resources.volume.rows import BATCH, World, make_batch
from resources.volume.words import LANGUAGES, make_lexicon, make_names
from vocabularies.models import Country, Language, Organisation, OrganisationType, Topic

SOURCE = "volume"
ORGANISATIONS = 300
RESOURCE_FIELDS = [
    "id",
    "kind",
    "slug",
    "status",
    "work",
    "version",
    "title",
    "language",
    "summary",
    "body",
    "file_text",
    "url",
    "licence",
    "source",
    "source_ref",
    "is_sample",
    "published_on",
    "published_precision",
    "year",
    "sort_on",
    "card",
    "title_key",
    "url_key",
    "created_at",
    "updated_at",
    "submitted_at",
    "published_at",
    "withdrawn_at",
    "withdrawal_reason",
]


class NothingToReferTo(Exception):
    """The vocabularies are not loaded; the message says which are empty."""


def make_volume(count, *, seed=1, progress=iter):
    """Complete the made-up resources of this seed to `count`; returns how many were written now.

    `progress` wraps the iterator of batches. Running again writes only what is missing.
    """
    world = make_world(seed)
    written = 0
    for batch in progress(range(first_open_batch(seed), -(-count // BATCH))):
        with transaction.atomic():
            written += write_batch(world, batch, count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return written


def make_world(seed):
    """What the resources will refer to, in an order that depends on nothing but the vocabularies."""
    empty = [
        model._meta.verbose_name_plural for model in (Country, Topic, Language) if not model.objects.exists()
    ]
    if empty:
        raise NothingToReferTo(
            _("These vocabularies are empty: %s. Load them first.") % ", ".join(map(str, empty))
        )
    lexicons = {language: make_lexicon(language, seed) for language in LANGUAGES}
    own = Resource.objects.filter(source=SOURCE, source_ref__startswith=f"{seed}:").values("pk")
    taken = CountryProfile.objects.exclude(resource__in=own).values("country")
    return World(
        seed=seed,
        countries=shuffled(Country.objects.order_by("pk").values_list("pk", flat=True), seed),
        topics=shuffled(Topic.objects.order_by("code").values_list("pk", flat=True), seed),
        organisations=make_organisations(seed, lexicons["en"]),
        names=make_names(seed),
        lexicons=lexicons,
        free_profiles=list(Country.objects.exclude(pk__in=taken).order_by("pk").values_list("pk", flat=True)),
    )


def shuffled(values, seed):
    values = list(values)
    from_seed(seed, "order").shuffle(values)
    return values


def from_seed(seed, what):
    return Random(f"{seed}:{what}")  # noqa: S311


def make_organisations(seed, lexicon):
    """(key, short name) of this seed's organisations; made the first time."""
    random = from_seed(seed, "organisations")
    for number in range(ORGANISATIONS):
        name = f"{lexicon.title(random, 3)} {seed}-{number}"
        Organisation.objects.get_or_create(
            slug=f"{SOURCE}-{seed}-{number}",
            defaults={
                "name": name,
                "folded_name": fold(name),
                "acronym": f"V{number}" if number % 3 == 0 else "",
                "type": random.choice(OrganisationType.values),
            },
        )
    made = Organisation.objects.filter(slug__startswith=f"{SOURCE}-{seed}-")
    return [(o.pk, o.acronym or o.name) for o in sorted(made, key=lambda o: int(o.slug.rsplit("-", 1)[1]))]


def first_open_batch(seed):
    """The number of the first batch that may lack resources; batches are written in order."""
    return Resource.objects.filter(source=SOURCE, source_ref__startswith=f"{seed}:").count() // BATCH


def write_batch(world, batch, count):
    """Write the batch's resources up to number `count` that are not there yet; returns how many."""
    made = [one for one in make_batch(world, batch) if one.number < count]
    references = [reference(world, one) for one in made]
    works = works_there(world, references)
    made = [one for one in made if one.number not in works]
    if not made:
        return 0
    for one, key in zip(
        firsts := [one for one in made if one.number == one.sibling],
        reserve_ids(Work, len(firsts)),
        strict=True,
    ):
        works[one.number] = key
    keys = dict(zip(map(attrgetter("number"), made), reserve_ids(Resource, len(made)), strict=True))
    slugs = {one.number: slug_of(world, one) for one in made}
    versions = versions_by_work(made, slugs)

    write_rows(Work, ["id", "created_at"], [(works[one.number], one.stamp) for one in firsts])
    write_rows(
        Resource,
        RESOURCE_FIELDS,
        (
            resource_row(world, one, keys[one.number], works[one.sibling], slugs[one.number], versions)
            for one in made
        ),
    )
    write_parts(made, keys)
    write_details(made, keys)
    return len(made)


def reference(world, one):
    return f"{world.seed}:{one.number}"


def works_there(world, references):
    """Work by number of the resources that an earlier run has written."""
    rows = Resource.objects.filter(source=SOURCE, source_ref__in=references).values_list("source_ref", "work")
    return {int(ref.partition(":")[2]): work for ref, work in rows}


def slug_of(world, one):
    return f"{slug_for(one.title, fallback=one.kind)[:80].strip('-')}-v{world.seed}-{one.number}"


def versions_by_work(made, slugs):
    """(language, slug) of the published texts of each work with more than one, as a card names them."""
    versions = {}
    for one in made:
        if one.status == Status.PUBLISHED:
            versions.setdefault(one.sibling, []).append((one.language, one.version, slugs[one.number]))
    return {sibling: sorted(texts) for sibling, texts in versions.items() if len(texts) > 1}


def resource_row(world, one, key, work, slug, versions):
    published = one.status in (Status.PUBLISHED, Status.WITHDRAWN)
    withdrawn = one.status == Status.WITHDRAWN
    url = f"https://example.org/volume/{world.seed}/{one.number}"
    newest = {
        language: text_slug
        for language, _version, text_slug in versions.get(one.sibling, ())
        if language != one.language
    }
    card = build_card(
        kind=one.kind,
        detail=one.detail,
        contributors=one.contributors,
        organisations=[(name, role) for _key, name, role in one.organisations],
        countries=sorted(one.countries),
        languages=[one.language],
        versions=[[language, text_slug] for language, text_slug in newest.items()],
    )
    return (
        key,
        str(one.kind),
        slug,
        str(one.status),
        work,
        one.version,
        one.title,
        one.language,
        one.summary,
        one.body,
        one.file_text,
        url,
        one.licence,
        SOURCE,
        reference(world, one),
        True,
        one.published_on,
        one.precision,
        one.published_on.year,
        one.published_on,
        card,
        title_key(one.title),
        url_key(url),
        one.stamp,
        one.stamp,
        one.stamp if one.status != Status.DRAFT else None,
        one.stamp if published else None,
        one.stamp if withdrawn else None,
        "Made-up volume: withdrawn by chance." if withdrawn else "",
    )


def write_parts(made, keys):
    """The rows that hang on a resource: countries, topics, organisations, contributors, identifiers."""
    write_rows(
        Resource.countries.through,
        ["resource", "country"],
        [(keys[one.number], iso3) for one in made for iso3 in one.countries],
    )
    write_rows(
        ResourceTopic,
        ["resource", "topic"],
        [(keys[one.number], topic) for one in made for topic in one.topics],
    )
    write_rows(
        ResourceOrganisation,
        ["resource", "organisation", "role", "position"],
        [
            (keys[one.number], o, str(role), n)
            for one in made
            for n, (o, _name, role) in enumerate(one.organisations, 1)
        ],
    )
    write_rows(
        Contributor,
        ["resource", "position", "family_name", "given_name"],
        [
            (keys[one.number], n, family, given)
            for one in made
            for n, (family, given) in enumerate(one.contributors, 1)
        ],
    )
    write_rows(
        ResourceIdentifier,
        ["resource", "scheme", "value"],
        [(keys[one.number], ResourceIdentifier.Scheme.DOI.value, one.doi) for one in made if one.doi],
    )


def write_details(made, keys):
    for kind, model in KIND_MODELS.items():
        names = [field.name for field in model._meta.concrete_fields if field.name != "resource"]
        values = attrgetter("pk", *[model._meta.get_field(name).attname for name in names])
        rows = [(keys[one.number], *values(one.detail)[1:]) for one in made if one.kind == kind]
        write_rows(model, ["resource", *names], rows)


def clear_volume(*, progress=iter, at_once=2000):
    """Remove every made-up resource of every seed with all its rows; returns how many resources."""
    removed = 0
    last = Resource.objects.filter(source=SOURCE).count()
    for _step in progress(range(-(-last // at_once))):
        with transaction.atomic():
            removed += remove_some(at_once)
    Organisation.objects.filter(slug__startswith=f"{SOURCE}-").delete()
    return removed


def remove_some(count):
    rows = list(Resource.objects.filter(source=SOURCE).order_by("pk").values_list("pk", "work")[:count])
    keys = [key for key, _work in rows]
    for model in (Resource.countries.through, Resource.other_languages.through, Transition, *parts()):
        model.objects.filter(resource__in=keys)._raw_delete(model.objects.db)
    Resource.objects.filter(pk__in=keys)._raw_delete(Resource.objects.db)
    works = Work.objects.filter(pk__in={work for _key, work in rows}, resources=None)
    works.delete()
    return len(rows)


def parts():
    return [ResourceTopic, ResourceOrganisation, Contributor, ResourceIdentifier, *KIND_MODELS.values()]
