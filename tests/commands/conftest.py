"""A whole portal of its own for tests that start real processes: nothing of it runs inside the test."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

import psycopg
import pytest
import redis
from django.conf import settings

from tests.environment import PROCESS, own_redis

CLEARED = {
    "CELERY_TASK_ALWAYS_EAGER",
    "DJANGO_SETTINGS_MODULE",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "SEARCH_URL",
    "EMAIL_URL",
    "STORAGE_URL",
}


class OwnPortal:
    """A folder, a database and a broker of its own, on the profile that the tests run on."""

    def __init__(self, folder, **environment):
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if name not in CLEARED}
        self.environment = {
            **kept,
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PYTHONPATH": str(settings.BASE_DIR),
            **environment,
        }

    def run(self, *command, **options):
        """Run a command of this portal to its end."""
        options = {
            "cwd": settings.BASE_DIR,
            "env": self.environment,
            "capture_output": True,
            "text": True,
            **options,
        }
        return subprocess.run([str(part) for part in command], timeout=120, **options)

    def manage(self, *arguments):
        answer = self.run(sys.executable, "manage.py", *arguments)
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer.stdout

    def play(self, scenario):
        """Run tests/commands/scenarios/<scenario>.py and return what it found, the JSON of its last line."""
        answer = self.run(sys.executable, "-m", f"tests.commands.scenarios.{scenario}")
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return json.loads(answer.stdout.splitlines()[-1])


@contextmanager
def new_portal(folder, name):
    """A portal before its first start; its database and broker are emptied before and after."""
    if not settings.SERVER_PROFILE:
        yield OwnPortal(folder, DATABASE_URL="", REDIS_URL="")
        return
    database = f"portal_{name}_{PROCESS}"
    server = settings.DATABASE_URL.rpartition("/")[0]
    broker = own_redis(settings.REDIS_URL, 8)
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {database}")
        redis.from_url(broker).flushdb()
        yield OwnPortal(folder, DATABASE_URL=f"{server}/{database}", REDIS_URL=broker)
        connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        redis.from_url(broker).flushdb()


@pytest.fixture
def empty_portal(tmp_path):
    """An own portal before its first start."""
    with new_portal(tmp_path / "var", "empty") as portal:
        yield portal


@pytest.fixture(scope="module")
def own_portal(tmp_path_factory):
    """An own portal with its tables made, for the tests of one module."""
    with new_portal(tmp_path_factory.mktemp("portal") / "var", "own") as portal:
        portal.manage("migrate", "--verbosity", "0")
        yield portal
