"""A worker that is killed at any moment: the next one completes the import, without a row twice."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

from resources import actions
from resources.models import Import, ImportRow, Resource, SourceRecord
from tests import make
from tests.resources.intake.bringing import start

ROWS = 700
WORKER = """
import sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from resources.intake import steps
steps.READ, steps.CHECK, steps.WRITE, steps.UNDO = 200, 100, 60, 40
print("ready", flush=True)
steps.Work(int(sys.argv[2])).go_on(lambda: False)
"""


def worker(job):
    """A process of its own that works on an import, past its start."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    name = connection.settings_dict["NAME"]
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(name), str(job.pk)],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
    )
    process.stdout.readline()
    return process


def work_with_deaths(job, delays):
    """Kill a worker after each delay, then let one finish; returns (deaths in the middle of the work, the import)."""
    deaths = 0
    for delay in delays:
        process = worker(job)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        deaths += process.wait() == -signal.SIGKILL
    assert worker(job).wait() == 0
    return deaths, Import.objects.get(pk=job.pk)


@pytest.mark.django_db(transaction=True)
def test_workers_killed_at_every_stage_leave_each_record_once():
    make.language("en")
    lines = [f"R{n},Pensions for all number {n // 2 * 2},2001,House {n % 7}" for n in range(ROWS)]
    job = start("ID,Title,Year,Publisher\n" + "\n".join(lines))

    checked, job = work_with_deaths(job, [0.3])
    ready = (job.status, ImportRow.objects.count())
    actions.approve_import(job, publishes=True)
    written, job = work_with_deaths(job, [0.4, 0.8])

    assert ready == ("ready", ROWS)
    assert (checked >= 1, written >= 1, job.status) == (True, True, "done")
    assert (
        Resource.objects.published().count()
        == Resource.objects.values("title").distinct().count()
        == ROWS // 2
    )
    assert SourceRecord.objects.count() == ROWS
    assert set(job.rows.values_list("state", flat=True)) == {"written"}
