"""The task that reads a file is lost with its broker; then the worker is killed in the middle of reading; then another one comes."""

import json
import signal
import time
from datetime import timedelta

from django.utils import timezone

from activity.models import Activity
from activity.tasks import sweep
from portal.celery import app
from resources import actions
from resources.models import ResourceFile
from resources.tasks import read_files
from search.find import find
from search.results import SearchUnavailable
from tests import make
from tests.commands.scenarios import wait_for, worker
from tests.resources.files.pdfs import pdf_with, upload

READING = ResourceFile.Reading
PAGES = 1500  # some seconds of work
WORDS = ") Tj (".join(["The flibbertigibbet index of coverage"] * 60)


def hits(text):
    try:
        return find(text).total
    except SearchUnavailable:
        return 0


def main():
    file = actions.add_file(make.resource(title="A report"), upload(pdf_with(WORDS, pages=PAGES)))
    app.control.purge()
    with worker() as first:
        lost = wait_for(lambda: state(file) != READING.WAITING, seconds=3) is None
        Activity.objects.undelivered().update(due_at=timezone.now() - timedelta(minutes=10))
        sweep.delay()
        begun = wait_for(lambda: state(file) == READING.RUNNING)
        time.sleep(0.3)
        first.send_signal(signal.SIGKILL)
        first.wait()
    killed = state(file)
    with worker():
        # The lease of the one who died still runs.
        read_files.delay()
        time.sleep(2)
        patient = state(file)
        ResourceFile.objects.update(reading_since=timezone.now() - timedelta(minutes=6))
        read_files.delay()
        read = wait_for(lambda: state(file) == READING.READ, seconds=60)
        found = wait_for(lambda: hits("flibbertigibbet") == 1)
    file.refresh_from_db()
    print(
        json.dumps(
            {
                "lost": lost,
                "begun": begun is not None,
                "killed": killed,
                "patient": patient,
                "read": read is not None,
                "found": found is not None,
                "attempts": file.attempts,
                "pages": file.pages,
                "activities": Activity.objects.filter(verb="resources.file_read").count(),
            }
        )
    )


def state(file):
    return ResourceFile.objects.values_list("reading", flat=True).get(pk=file.pk)


if __name__ == "__main__":
    main()
