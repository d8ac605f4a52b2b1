"""The commands of docs/deploy.md for backup and restore, run as they stand there."""

import json
import re
import shutil
import sys

import psycopg
import pytest
from django.conf import settings

from tests.commands.conftest import new_portal

PROFILE = "Server profile" if settings.SERVER_PROFILE else "Embedded profile"
PROGRAMS = ["pg_dump", "pg_restore"] if settings.SERVER_PROFILE else ["sqlite3"]


def commands(heading):
    """The shell commands under a heading of docs/deploy.md, for the profile of this run."""
    text = (settings.BASE_DIR / "docs" / "deploy.md").read_text()
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    found = re.search(rf"^{PROFILE}.*?```sh\n(.*?)```", section, re.MULTILINE | re.DOTALL)[1]
    return found.replace("bin/manage", f'"{sys.executable}" "{settings.BASE_DIR}/manage.py"')


def run(portal, script, folder):
    answer = portal.run("sh", "-e", "-c", script, cwd=folder)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout + answer.stderr


def test_what_was_backed_up_is_there_again_after_a_disaster(tmp_path):
    if missing := [name for name in PROGRAMS if not shutil.which(name)]:
        pytest.skip(f"not installed: {', '.join(missing)}")
    backup = tmp_path / "backup"
    backup.mkdir()
    with new_portal(tmp_path / "var", "backup") as portal:
        # Files are read at once, as no worker runs here.
        portal.environment["CELERY_TASK_ALWAYS_EAGER"] = "1"
        portal.manage("prepare", "--data", "empty")
        before = portal.play("library")
        run(portal, commands("Back up"), backup)

        shutil.rmtree(portal.folder)
        if settings.SERVER_PROFILE:
            with psycopg.connect(portal.environment["DATABASE_URL"], autocommit=True) as connection:
                connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        said = run(portal, commands("Restore"), backup)
        after = json.loads(
            run(
                portal, f'"{sys.executable}" -m tests.commands.scenarios.library look', settings.BASE_DIR
            ).splitlines()[-1]
        )

    assert "Index and database agree on 1 works." in said
    assert before["found"] == ["A report of consequence"]
    assert after == before
