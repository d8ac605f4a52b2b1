"""From rows to the shape of the API: the same few queries for one resource and for a hundred."""

from collections import defaultdict

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.urls import reverse
from rest_framework.fields import DateTimeField

from resources.models import KIND_MODELS, Resource, ResourceTopic
from resources.serializers.details import DETAIL_SERIALIZERS, POINTING
from vocabularies.queries import topics

PARTS = ["contributors", "identifiers", "organisation_roles__organisation", "files"]
PLAIN = (
    "kind",
    "slug",
    "status",
    "version",
    "version_note",
    "title",
    "summary",
    "body",
    "url",
    "licence",
    "published_precision",
    "year",
    "source",
    "is_sample",
)
in_utc = DateTimeField()


def present(resources, viewer):
    """The resources as dicts, in their order. What points to another resource is null where that is not for the viewer."""
    resources = list(resources)
    prefetch_related_objects(resources, *PARTS)
    keys = [resource.pk for resource in resources]
    places = by_resource(Resource.countries.through, "country_id", keys)
    languages = by_resource(Resource.other_languages.through, "language_id", keys)
    subjects = by_resource(ResourceTopic, "topic_id", keys)
    siblings = siblings_of(resources)
    details = details_of(resources, viewer)
    return [
        {
            "id": one.pk,
            "work": one.work_id,
            "language": one.language_id,
            "other_languages": languages[one.pk],
            **{name: getattr(one, name) for name in PLAIN},
            "published_on": one.published_on.isoformat() if one.published_on else None,
            "countries": places[one.pk],
            "topics": [topics()[key].slug for key in subjects[one.pk]],
            "organisations": [
                {"organisation": link.organisation.slug, "name": link.organisation.name, "role": link.role}
                for link in one.organisation_roles.all()
            ],
            "contributors": [
                {
                    "role": person.role,
                    "family_name": person.family_name,
                    "given_name": person.given_name,
                    "is_body": person.is_body,
                    "orcid": person.orcid,
                }
                for person in one.contributors.all()
            ],
            "identifiers": [{"scheme": i.scheme, "value": i.value} for i in one.identifiers.all()],
            "detail": details[one.pk],
            "files": [file_of(one, file) for file in one.files.all()],
            "translations": [
                {"id": other.pk, "language": other.language_id, "version": other.version}
                for other in siblings[one.work_id]
                if other.pk != one.pk
            ],
            "page": settings.SITE_URL + one.get_absolute_url(),
            "created_at": in_utc.to_representation(one.created_at),
            "updated_at": in_utc.to_representation(one.updated_at),
            "published_at": in_utc.to_representation(one.published_at) if one.published_at else None,
        }
        for one in resources
    ]


def by_resource(through, column, keys):
    found = defaultdict(list)
    rows = through.objects.filter(resource__in=keys).order_by("pk" if column == "topic_id" else column)
    for key, value in rows.values_list("resource_id", column):
        found[key].append(value)
    return found


def siblings_of(resources):
    """The published language versions and editions of each work."""
    found = defaultdict(list)
    works = {resource.work_id for resource in resources}
    published = Resource.objects.published().filter(work__in=works).order_by("language", "-version")
    for sibling in published.only("work_id", "language_id", "version"):
        found[sibling.work_id].append(sibling)
    return found


def details_of(resources, viewer):
    """The kind's own part of each resource by its key."""
    by_kind, found = defaultdict(list), {}
    for resource in resources:
        by_kind[resource.kind].append(resource.pk)
    rows = {kind: KIND_MODELS[kind].objects.in_bulk(keys) for kind, keys in by_kind.items()}
    pointed = {
        getattr(row, name) for kind in rows for row in rows[kind].values() for name in POINTING[kind]
    } - {None}
    visible = set(
        Resource.objects.visible_to(viewer).filter(pk__in=pointed).order_by().values_list("pk", flat=True)
        if pointed
        else ()
    )
    for kind, keys in by_kind.items():
        serializer = DETAIL_SERIALIZERS[kind]()
        for key in keys:
            row = rows[kind].get(key)
            if row is None:
                found[key] = {}
                continue
            for name in POINTING[kind]:
                if getattr(row, name) not in visible:
                    setattr(row, name, None)
            found[key] = dict(serializer.to_representation(row))
    return found


def file_of(resource, file):
    return {
        "id": file.pk,
        "label": file.label,
        "media_type": file.media_type,
        "size": file.size,
        "pages": file.pages,
        "sha256": file.sha256,
        "language": file.language_id,
        "address": settings.SITE_URL + reverse("resource_file", args=[resource.kind, resource.slug, file.pk]),
    }
