"""The members room's long and timed work."""

import logging
from dataclasses import asdict

from celery import shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from members.emails import Letter

logger = logging.getLogger(__name__)


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def send_letter(**letter):
    """Hand one mail to the mail server."""
    Letter(**letter).send()


def post(letter):
    """Send a letter after the commit, in the background; with the broker away, at once."""
    transaction.on_commit(lambda: _post(letter))


def _post(letter):
    try:
        send_letter.delay(**asdict(letter))
    except (OperationalError, OSError) as error:
        logger.warning("broker away, a letter is sent at once: %s", error)
        letter.send()
