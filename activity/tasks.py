"""Delivery: one task per activity, one per handler, and a sweep for what a lost broker or worker left behind."""

from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from activity.models import Activity, Receipt
from activity.registry import handlers_of

SWEEP_BATCH = 500
LONGEST_WAIT = timedelta(hours=6)


@shared_task
def deliver(activity_id):
    """Start every handler that has not answered yet; without any left the activity is delivered."""
    activity = Activity.objects.filter(pk=activity_id, delivered_at=None).first()
    if activity is None:
        return
    wait = (
        min(timedelta(minutes=2**activity.attempts), LONGEST_WAIT) if activity.attempts < 10 else LONGEST_WAIT
    )
    Activity.objects.filter(pk=activity_id).update(attempts=F("attempts") + 1, due_at=timezone.now() + wait)
    missing = unanswered(activity)
    for name in missing:
        handle.delay(activity_id, name)
    if not missing:
        mark_delivered(activity_id)


@shared_task(autoretry_for=(Exception,), retry_backoff=True, max_retries=3)
def handle(activity_id, name):
    """Answer the activity once: the handler's own rows and its receipt commit together."""
    activity = Activity.objects.select_related("actor", "subject_type").get(pk=activity_id)
    handler = handlers_of(activity.verb).get(name)
    if handler is None:
        return
    with transaction.atomic():
        _receipt, fresh = Receipt.objects.get_or_create(activity=activity, handler=name)
        if fresh:
            handler(activity)
    if not unanswered(activity):
        mark_delivered(activity_id)


@shared_task
def sweep():
    """Deliver what is due: the broker was away, or a worker died between the parts. Returns how many."""
    due = Activity.objects.undelivered().filter(due_at__lte=timezone.now() - timedelta(seconds=30))
    ids = list(due.order_by("due_at").values_list("pk", flat=True)[:SWEEP_BATCH])
    for activity_id in ids:
        deliver.delay(activity_id)
    return len(ids)


@shared_task
def prune():
    """Drop receipts of activities delivered more than 90 days ago; the activities themselves stay."""
    old = timezone.now() - timedelta(days=90)
    return Receipt.objects.filter(activity__delivered_at__lt=old).delete()[0]


def unanswered(activity):
    """Names of the handlers of this verb without a receipt."""
    answered = set(activity.receipts.values_list("handler", flat=True))
    return [name for name in handlers_of(activity.verb) if name not in answered]


def mark_delivered(activity_id):
    Activity.objects.filter(pk=activity_id, delivered_at=None).update(delivered_at=timezone.now())
