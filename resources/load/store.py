"""Reading drafts from the database and writing them, in bulk."""

from collections import defaultdict

from django.utils import timezone

from resources.load.merging import Draft
from resources.models import (
    KIND_MODELS,
    Contributor,
    Resource,
    ResourceIdentifier,
    ResourceOrganisation,
    ResourceTopic,
    Status,
    Work,
)
from vocabularies.models import Organisation

CHUNK = 500
CHANGEABLE = [
    *("title", "summary", "body", "url", "licence", "published_on", "published_precision", "year", "sort_on"),
    *("title_key", "url_key", "card", "updated_at"),
]
CONTRIBUTOR_FIELDS = ("role", "family_name", "given_name", "is_body", "orcid")


def drafts_of(ids):
    """The resources of these ids as drafts, a fixed number of queries for all."""
    drafts = {r.pk: Draft(r, None) for r in Resource.objects.filter(pk__in=ids).select_related("work")}
    if not drafts:
        return []
    ids = list(drafts)
    by_kind = defaultdict(list)
    for pk, draft in drafts.items():
        by_kind[draft.resource.kind].append(pk)
    for kind, pks in by_kind.items():
        for detail in KIND_MODELS[kind].objects.filter(pk__in=pks):
            drafts[detail.pk].detail = detail
    for row in Contributor.objects.filter(resource__in=ids).values("resource_id", *CONTRIBUTOR_FIELDS):
        drafts[row.pop("resource_id")].contributors.append(told(row))
    for pk, organisation, role in ResourceOrganisation.objects.filter(resource__in=ids).values_list(
        "resource", "organisation", "role"
    ):
        drafts[pk].organisations.append((organisation, role))
    for pk, topic, derived in ResourceTopic.objects.filter(resource__in=ids).values_list(
        "resource", "topic", "is_derived"
    ):
        drafts[pk].topics[topic] = derived
    for pk, country in Resource.countries.through.objects.filter(resource__in=ids).values_list(
        "resource", "country"
    ):
        drafts[pk].countries.add(country)
    for pk, scheme, value in ResourceIdentifier.objects.filter(resource__in=ids).values_list(
        "resource", "scheme", "value"
    ):
        drafts[pk].identifiers.add((scheme, value))
    for pk, code in Resource.other_languages.through.objects.filter(resource__in=ids).values_list(
        "resource", "language"
    ):
        drafts[pk].languages.append(code)
    return list(drafts.values())


def told(row):
    """A contributor as a source tells it: the usual role and a missing ORCID are not said."""
    return {k: v for k, v in row.items() if (k, v) not in (("role", "author"), ("orcid", ""))}


def write(new, touched):
    """New and changed drafts with their parts and cards; the cards of their sibling versions."""
    works = {id(d.resource.work): d.resource.work for d in new if d.resource.work.pk is None}
    Work.objects.bulk_create(works.values(), batch_size=CHUNK)
    for draft in new:
        draft.resource.work_id = draft.resource.work.pk
    siblings = give_cards(new, touched)
    Resource.objects.bulk_create([d.resource for d in new], batch_size=CHUNK)
    by_kind = defaultdict(list)
    for draft in new:
        draft.detail.resource = draft.resource
        by_kind[draft.resource.kind].append(draft)
    for kind, rows in by_kind.items():
        for draft in rows:
            if draft.amends is not None and draft.amends is not draft:
                draft.detail.amends = draft.amends.resource
        KIND_MODELS[kind].objects.bulk_create([d.detail for d in rows], batch_size=CHUNK)
    write_changed(touched)
    Resource.objects.bulk_update([d.resource for d in siblings], ["card"], batch_size=100)
    write_parts(new, touched)


def write_parts(new, touched):
    """Contributors, organisations, topics, countries, identifiers and languages."""
    drafts = [*new, *touched]
    Contributor.objects.filter(resource__in=[d.resource.pk for d in touched]).delete()
    Contributor.objects.bulk_create(
        [
            Contributor(resource=d.resource, position=n, **contributor)
            for d in drafts
            for n, contributor in enumerate(d.contributors, 1)
        ],
        batch_size=CHUNK,
    )
    ResourceOrganisation.objects.bulk_create(
        [
            ResourceOrganisation(resource=d.resource, organisation_id=pk, role=role, position=n)
            for d in drafts
            for n, (pk, role) in enumerate(d.organisations, 1)
        ],
        batch_size=CHUNK,
        ignore_conflicts=True,
    )
    ResourceTopic.objects.bulk_create(
        [
            ResourceTopic(resource=d.resource, topic_id=topic, is_derived=derived)
            for d in drafts
            for topic, derived in sorted(d.topics.items())
        ],
        batch_size=CHUNK,
        ignore_conflicts=True,
    )
    ResourceIdentifier.objects.bulk_create(
        [
            ResourceIdentifier(resource=d.resource, scheme=scheme, value=value)
            for d in drafts
            for scheme, value in sorted(d.identifiers)
        ],
        batch_size=CHUNK,
        ignore_conflicts=True,
    )
    country_of = Resource.countries.through
    country_of.objects.bulk_create(
        [country_of(resource_id=d.resource.pk, country_id=c) for d in drafts for c in sorted(d.countries)],
        batch_size=CHUNK,
        ignore_conflicts=True,
    )
    language_of = Resource.other_languages.through
    language_of.objects.bulk_create(
        [language_of(resource_id=d.resource.pk, language_id=code) for d in drafts for code in d.languages],
        batch_size=CHUNK,
        ignore_conflicts=True,
    )


def write_changed(touched):
    now = timezone.now()
    by_kind = defaultdict(list)
    for draft in touched:
        draft.resource.updated_at = now
        by_kind[draft.resource.kind].append(draft.detail)
    Resource.objects.bulk_update([d.resource for d in touched], CHANGEABLE, batch_size=100)
    for kind, details in by_kind.items():
        model = KIND_MODELS[kind]
        fields = [f.name for f in model._meta.concrete_fields if not f.primary_key]
        model.objects.bulk_update(details, fields, batch_size=100)


def give_cards(new, touched):
    """Make the cards of drafts, and of their sibling versions, which are returned: versions name each other."""
    drafts = [*new, *touched]
    known = {d.resource.pk for d in touched}
    old_works = {d.resource.work_id for d in drafts}
    rows = Resource.objects.filter(work__in=old_works, status=Status.PUBLISHED).exclude(pk__in=known)
    siblings = drafts_of(rows.values_list("pk", flat=True))
    versions = defaultdict(list)
    for draft in sorted([*drafts, *siblings], key=lambda d: (d.resource.language_id, -d.resource.version)):
        if draft.resource.status == Status.PUBLISHED:
            versions[draft.resource.work_id, draft.resource.kind].append(draft.resource)
    used = {pk for d in [*drafts, *siblings] for pk, _role in d.organisations}
    names = {o.pk: o.acronym or o.name for o in Organisation.objects.filter(pk__in=used)}
    for draft in [*drafts, *siblings]:
        resource, others = draft.resource, {}
        for other in versions[resource.work_id, resource.kind]:
            if other.language_id != resource.language_id:
                others.setdefault(other.language_id, other.slug)
        resource.card = draft.card(names, [[language, slug] for language, slug in others.items()])
    return siblings
