"""The door to the upkeep of the index: what changed is written down with the change, a worker does the rest."""

import logging

from django.db import transaction
from kombu.exceptions import OperationalError

from search.models import IndexRequest
from search.tasks import drain as drain_task
from search.writing import compare, drain, health, rebuild

__all__ = ["compare", "drain", "health", "rebuild", "request"]

logger = logging.getLogger(__name__)


def request(instance_or_model, ids=()):
    """Ask, in the running transaction, that an object (or objects of a model) be indexed anew or taken out.

    `request(resource)` or `request(Resource, ids)`. The work starts when the transaction has committed.
    """
    ids = list(ids) if isinstance(instance_or_model, type) else [instance_or_model.pk]
    label = instance_or_model._meta.label_lower
    IndexRequest.objects.bulk_create(
        (IndexRequest(model=label, object_id=str(pk)) for pk in ids), batch_size=1000
    )
    if ids:
        transaction.on_commit(start_drain)


def start_drain():
    """Start the worker's drain; with the broker away the requests wait for the clock."""
    try:
        drain_task.delay()
    except (OperationalError, OSError) as error:
        logger.warning("broker away, index requests wait for the clock: %s", error)
