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
from tests.indexes import broker_away
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


def work_with_deaths(job, *moments):
    """Kill a worker at each moment, which is (state, number of rows that reached it), then let one finish."""
    for state, rows in moments:
        process = worker(job)
        while job.rows.filter(state=state).count() < rows:
            assert process.poll() is None, f"the work ended before {rows} rows were {state}"
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert worker(job).wait() == 0
    return Import.objects.get(pk=job.pk)


@pytest.mark.django_db(transaction=True)
def test_workers_killed_at_every_stage_leave_each_record_once(monkeypatch):
    make.language("en")
    lines = [f"R{n},Pensions for all number {n // 2 * 2},2001,House {n % 7}" for n in range(ROWS)]
    with broker_away(monkeypatch):
        job = start("ID,Title,Year,Publisher\n" + "\n".join(lines))

        job = work_with_deaths(job, ("waiting", 200), ("planned", 100))
        ready = (job.status, ImportRow.objects.count())
        actions.approve_import(job, publishes=True)
        job = work_with_deaths(job, ("written", 60), ("written", 300))

    assert (ready, job.status) == (("ready", ROWS), "done")
    assert (
        Resource.objects.published().count()
        == Resource.objects.values("title").distinct().count()
        == ROWS // 2
    )
    assert SourceRecord.objects.count() == ROWS
    assert set(job.rows.values_list("state", flat=True)) == {"written"}
