"""The members room's long and timed work."""

import logging
from dataclasses import asdict
from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from members import actions
from members.emails import Letter
from members.models import Proof

REMIND_BEFORE = timedelta(days=30)
logger = logging.getLogger(__name__)


@shared_task
def keep_proofs():
    """End proofs whose year is over, and remind of those that end within a month. Returns (ended, reminded)."""
    now = timezone.now()
    over = Proof.objects.filter(state=Proof.State.VERIFIED, expires_at__lte=now)
    soon = Proof.objects.standing(now).filter(expires_at__lte=now + REMIND_BEFORE, reminded_at=None)
    counts = []
    for proofs, action in ((over, actions.end), (soon, actions.remind_of_renewal)):
        found = list(proofs.select_related("member"))
        for proof in found:
            action(proof)
        counts.append(len(found))
    return tuple(counts)


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


@shared_task
def forget_answers():
    """Drop what was kept of requests with an Idempotency-Key."""
    return actions.forget_answers()
