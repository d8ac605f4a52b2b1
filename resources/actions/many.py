"""The steps of the status machine for many resources at once: same demands, same marks, one activity for all."""

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from activity.ledger import record
from resources.actions.resource import refresh_card
from resources.models import Resource, Status, Transition, Work
from resources.verbs import ResourceVerb
from search import upkeep


@transaction.atomic
def publish_drafts(ids, *, by=None, subject=None):
    """Let everybody see these drafts; what is no draft (any more) is left as it is. Returns the keys of the published.

    One activity for all says what was published, under the subject: the import that brought them.
    """
    drafts = Resource.objects.select_for_update().filter(pk__in=ids, status=Status.DRAFT).order_by("pk")
    published = list(drafts.values_list("pk", flat=True))
    now = timezone.now()
    Transition.objects.bulk_create(
        (
            Transition(resource_id=pk, from_status=Status.DRAFT, to_status=Status.PUBLISHED, actor=by, at=now)
            for pk in published
        ),
        batch_size=1000,
    )
    Resource.objects.filter(pk__in=published).update(
        status=Status.PUBLISHED, submitted_at=now, published_at=now, updated_at=now
    )
    for resource in with_siblings(published):
        refresh_card(resource)
    if published:
        upkeep.request(Resource, published)
        record(ResourceVerb.PUBLISHED_MANY, actor=by, subject=subject, resources=published)
    return published


def with_siblings(ids):
    """These resources and their versions, where a work has more than one: their cards name each other."""
    works = Resource.objects.filter(pk__in=ids).values("work")
    shared = Work.objects.filter(pk__in=works).annotate(texts=Count("resources")).filter(texts__gt=1)
    return Resource.objects.filter(work__in=shared).defer("file_text")
