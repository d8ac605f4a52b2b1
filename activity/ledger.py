"""`record()` writes what happened; `@handles` declares who answers. A transactional outbox."""

import logging

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from kombu.exceptions import OperationalError

from activity.models import Activity
from activity.tasks import deliver

logger = logging.getLogger(__name__)


def record(verb, *, actor=None, subject=None, **data):
    """Write one activity in the running transaction; it is delivered after the commit, or by the sweep.

    `verb` is a member of a room's `TextChoices`, `subject` any saved model instance, `data` JSON values.
    """
    activity = Activity.objects.create(
        verb=verb,
        actor=actor if actor is not None and actor.pk else None,
        subject_type=ContentType.objects.get_for_model(subject) if subject is not None else None,
        subject_id=subject.pk if subject is not None else None,
        data=data,
    )
    transaction.on_commit(lambda: send(activity.pk))
    return activity


def send(activity_id):
    """Queue the delivery; with the broker away the row waits for the sweep."""
    try:
        deliver.delay(activity_id)
    except (OperationalError, OSError) as error:
        logger.warning("broker away, activity %s waits for the sweep: %s", activity_id, error)
