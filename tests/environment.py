"""The environment of a test run. Loaded with `-p`, because the settings are read before any conftest."""

import os
import tempfile

os.environ.update(
    {
        "VAR_DIR": tempfile.mkdtemp(prefix="portal-tests-"),
        "HASHED_STATIC": "0",
        "CELERY_TASK_ALWAYS_EAGER": "1",
        "SECRET_KEY": "tests",
    }
)
