"""A worker is killed while it answers an activity; another one comes, and the clock's sweep."""

import json
import signal
import time
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from activity.models import Activity, Receipt
from activity.tasks import sweep
from portal.celery import app
from search.find import find
from search.results import SearchUnavailable
from tests import make
from tests.commands.scenarios import wait_for, worker


def hits(text):
    try:
        return find(text).total
    except SearchUnavailable:
        return 0


def waiting_messages():
    with app.connection_for_read() as broker:
        return broker.default_channel.queue_declare("celery", passive=False, durable=True).message_count


def hold_the_ledger():
    """Keep the worker from finishing: it waits for this transaction."""
    if settings.SERVER_PROFILE:
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE activity_receipt, activity_activity IN ACCESS EXCLUSIVE MODE")


def main():
    with worker() as first:
        make.resource(title="The first resource")
        wait_for(lambda: hits("first") == 1 and not Activity.objects.undelivered().exists())
        first.send_signal(signal.SIGSTOP)
        make.resource(title="Pensions in Zomba")
        recorded = Activity.objects.undelivered().count()
        with transaction.atomic():  # on SQLite this alone is the lock
            hold_the_ledger()
            first.send_signal(signal.SIGCONT)
            taken = wait_for(lambda: waiting_messages() < recorded)
            time.sleep(1)
            first.kill()
            first.wait()
    with worker():
        time.sleep(3)
        lost = Activity.objects.undelivered().count()
        Activity.objects.undelivered().update(due_at=timezone.now() - timedelta(minutes=10))
        sweep.delay()
        arrived = wait_for(lambda: hits("zomba") == 1 and not Activity.objects.undelivered().exists())
    doubled = Receipt.objects.count() - Receipt.objects.values("activity", "handler").distinct().count()
    print(
        json.dumps(
            {
                "recorded": recorded,
                "taken": taken,
                "lost": lost,
                "arrived": arrived,
                "doubled": doubled,
            }
        )
    )


if __name__ == "__main__":
    main()
