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
from members.models import DataExport, Erasure, Proof

REMIND_BEFORE = timedelta(days=30)
logger = logging.getLogger(__name__)


@shared_task
def make_exports():
    """Write the exports that wait, one after the other. Returns how many."""
    waiting = list(DataExport.objects.filter(ready_at=None).order_by("pk"))
    for export in waiting:
        actions.make_export(export)
    return len(waiting)


def start_exports():
    """Start writing; with the broker away the exports wait for the clock."""
    try:
        make_exports.delay()
    except (OperationalError, OSError) as error:
        logger.warning("broker away, exports wait for the clock: %s", error)


@shared_task
def erase_due():
    """Erase the accounts whose two weeks are over. Returns how many; one that cannot be erased holds up no other."""
    due = list(Erasure.objects.due().order_by("due_at"))
    for erasure in due:
        try:
            actions.erase(erasure)
        except Exception:
            logger.exception("account %s could not be erased", erasure.member_id)
    return len(due)


@shared_task
def clean_up():
    """Delete what is kept no longer, and start to close the accounts nobody uses."""
    return actions.clean_up() | {"inactive accounts": actions.close_inactive()}


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
