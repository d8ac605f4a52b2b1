"""Requests with an Idempotency-Key: done once, answered as often as they are sent."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from members.models import ApiAnswer

KEPT = timedelta(hours=24)


class KeyUsedOtherwise(Exception):
    """The key came with another request before."""


def answer_once(member, key, *, fingerprint, act):
    """((status, body, headers), whether it was given before) of a request that acts at most once in a day.

    `act()` returns the answer and runs in the transaction that keeps it: if it fails nothing is kept and the request
    may be sent again. Who sends it at the same moment a second time waits for the first.
    """
    try:
        with transaction.atomic():
            kept = ApiAnswer.objects.create(member=member, key=key, fingerprint=fingerprint)
            status, body, headers = act()
            kept.status, kept.body, kept.headers = status, body, headers
            kept.save(update_fields=["status", "body", "headers"])
            return (status, body, headers), False
    except IntegrityError:
        kept = ApiAnswer.objects.filter(member=member, key=key).first()
        if kept is None:
            raise
    if kept.created_at < timezone.now() - KEPT:
        kept.delete()
        return answer_once(member, key, fingerprint=fingerprint, act=act)
    if kept.fingerprint != fingerprint:
        raise KeyUsedOtherwise
    return (kept.status, kept.body, kept.headers), True


def forget_answers():
    """Drop answers older than a day. Returns how many."""
    return ApiAnswer.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]
