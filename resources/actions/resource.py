"""From draft to published, and out of sight again."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.ledger import record
from resources.actions.revisions import demand_unchanged, keep_first_revision, keep_revision
from resources.cards import make_card
from resources.keys import normalise_doi, slug_for, title_key, url_key
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
from resources.verbs import ResourceVerb

DATES = ("published_on", "published_precision", "year")
FIELDS = (
    *(
        "title",
        "language",
        "summary",
        "body",
        "url",
        "licence",
        "source",
        "source_ref",
        "is_sample",
        "version",
        "version_note",
    ),
    *DATES,
)


class IllegalTransition(ValidationError):
    """The resource's status does not allow this step; the message says which statuses do."""


@transaction.atomic
def draft_resource(kind, *, title, language, by=None, work=None, slug="", detail=None, **values):
    """Write a draft of one kind. `detail` are fields of the kind's table; for `values` see `set_parts` and FIELDS."""
    resource = Resource(kind=kind, work=work or Work.objects.create(), submitted_by=by)
    assign(resource, {"title": title, "language": language, **values})
    resource.slug = free_slug(kind, slug or slug_for(title, fallback=f"{kind}-{resource.work_id}"))
    resource.save()
    KIND_MODELS[kind].objects.create(resource=resource, **(detail or {}))
    set_parts(resource, **values)
    refresh_card(resource)
    keep_revision(resource, by=by)
    record(ResourceVerb.DRAFTED, actor=by, subject=resource)
    return resource


@transaction.atomic
def edit_resource(resource, *, by=None, detail=None, stamp="", note="", **values):
    """Change fields and parts of a resource; its address stays. Only what is named is changed.

    stamp: the digest of the snapshot that the edit was begun on; EditConflict where the resource is no longer that.
    """
    resource = locked(resource)
    demand_unchanged(resource, stamp)
    keep_first_revision(resource)
    assign(resource, values)
    resource.save()
    if detail:
        KIND_MODELS[resource.kind].objects.update_or_create(resource=resource, defaults=detail)
    set_parts(resource, **values)
    refresh_cards_of_work(resource)
    keep_revision(resource, by=by, note=note)
    record(ResourceVerb.EDITED, actor=by, subject=resource)
    return resource


@transaction.atomic
def submit_resource(resource, *, by=None):
    """Hand a draft to the editors. Submitting it twice changes nothing."""
    resource = locked(resource)
    if resource.status == Status.SUBMITTED:
        return resource
    demand(resource, Status.DRAFT)
    resource.status, resource.submitted_at = Status.SUBMITTED, timezone.now()
    resource.save(update_fields=["status", "submitted_at", "updated_at"])
    record(ResourceVerb.SUBMITTED, actor=by, subject=resource)
    return resource


@transaction.atomic
def publish_resource(resource, *, by=None):
    """Let everybody see a draft, a submission, or what was withdrawn. Publishing it twice changes nothing."""
    resource = locked(resource)
    if resource.status == Status.PUBLISHED:
        return resource
    resource.status, resource.published_at = Status.PUBLISHED, resource.published_at or timezone.now()
    resource.withdrawn_at, resource.withdrawal_reason = None, ""
    resource.save(update_fields=["status", "published_at", "withdrawn_at", "withdrawal_reason", "updated_at"])
    refresh_cards_of_work(resource)
    keep_revision(resource, by=by)
    record(ResourceVerb.PUBLISHED, actor=by, subject=resource)
    return resource


@transaction.atomic
def withdraw_resource(resource, *, reason, by=None):
    """Take a published resource out of sight, leaving a tombstone that says why. Twice changes nothing."""
    resource = locked(resource)
    if resource.status == Status.WITHDRAWN:
        return resource
    demand(resource, Status.PUBLISHED)
    if not reason.strip():
        raise ValidationError(
            _("Say why the resource is withdrawn: the reason stands on the page that replaces it.")
        )
    resource.status, resource.withdrawn_at, resource.withdrawal_reason = (
        Status.WITHDRAWN,
        timezone.now(),
        reason.strip(),
    )
    resource.save(update_fields=["status", "withdrawn_at", "withdrawal_reason", "updated_at"])
    refresh_cards_of_work(resource)
    keep_revision(resource, by=by)
    record(ResourceVerb.WITHDRAWN, actor=by, subject=resource, reason=reason.strip())
    return resource


def locked(resource):
    return Resource.objects.select_for_update().get(pk=resource.pk)


def demand(resource, *statuses):
    if resource.status not in statuses:
        raise IllegalTransition(
            _("This resource is “%(status)s”; that step needs it to be “%(needed)s”.")
            % {
                "status": resource.get_status_display(),
                "needed": ", ".join(str(Status(s).label) for s in statuses),
            }
        )


def assign(resource, values):
    """Set plain fields and what follows from them."""
    for name in FIELDS:
        if name in values:
            setattr(
                resource,
                "language_id" if name == "language" and isinstance(values[name], str) else name,
                values[name],
            )
    resource.title = " ".join(resource.title.split())
    if resource.published_on:
        resource.year = resource.published_on.year
    resource.sort_on = resource.published_on or resource.sort_on or timezone.localdate()
    resource.title_key, resource.url_key = title_key(resource.title), url_key(resource.url)


def set_parts(
    resource,
    *,
    contributors=None,
    organisations=None,
    topics=None,
    countries=None,
    identifiers=None,
    other_languages=None,
    **_rest,
):
    """Replace the parts that are named.

    contributors: dicts of Contributor fields, in order; organisations: (organisation, role) pairs;
    topics, countries, other_languages: instances or keys; identifiers: (scheme, value) pairs.
    """
    if contributors is not None:
        resource.contributors.all().delete()
        Contributor.objects.bulk_create(
            Contributor(resource=resource, position=n, **c) for n, c in enumerate(contributors, 1)
        )
    if organisations is not None:
        resource.organisation_roles.all().delete()
        ResourceOrganisation.objects.bulk_create(
            ResourceOrganisation(resource=resource, organisation=organisation, role=role, position=n)
            for n, (organisation, role) in enumerate(organisations, 1)
        )
    if topics is not None:
        # What stays keeps its row, and with it where the topic came from.
        wanted = dict.fromkeys(getattr(topic, "pk", topic) for topic in topics)
        resource.topic_links.exclude(topic__in=wanted).delete()
        present = set(resource.topic_links.values_list("topic_id", flat=True))
        ResourceTopic.objects.bulk_create(
            ResourceTopic(resource=resource, topic_id=pk) for pk in wanted if pk not in present
        )
    if countries is not None:
        resource.countries.set(countries)
    if other_languages is not None:
        resource.other_languages.set(other_languages)
    if identifiers is not None:
        resource.identifiers.all().delete()
        clean = {
            (s, normalise_doi(v) if s == ResourceIdentifier.Scheme.DOI else v.strip()) for s, v in identifiers
        }
        ResourceIdentifier.objects.bulk_create(
            ResourceIdentifier(resource=resource, scheme=s, value=v) for s, v in sorted(clean) if v
        )


def free_slug(kind, slug):
    """The slug, or the slug with the first free number."""
    taken = set(Resource.objects.filter(kind=kind, slug__startswith=slug).values_list("slug", flat=True))
    if slug not in taken:
        return slug
    return next(s for n in range(2, len(taken) + 3) if (s := f"{slug}-{n}") not in taken)


def refresh_card(resource):
    resource.card = make_card(resource)
    Resource.objects.filter(pk=resource.pk).update(card=resource.card)


def refresh_cards_of_work(resource):
    """A card names its sibling language versions, so they are made anew together."""
    for sibling in resource.work.resources.exclude(pk=resource.pk):
        refresh_card(sibling)
    refresh_card(resource)
