"""The timed work of the members room."""

from celery import shared_task

from members import actions


@shared_task
def forget_answers():
    """Drop what was kept of requests with an Idempotency-Key."""
    return actions.forget_answers()
