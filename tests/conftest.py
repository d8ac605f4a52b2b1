"""The test run's own folder, the cast, and the fixtures many rooms share."""

import os
import tempfile

VAR_DIR = tempfile.mkdtemp(prefix="portal-tests-")
os.environ.update({"VAR_DIR": VAR_DIR, "HASHED_STATIC": "0", "CELERY_TASK_ALWAYS_EAGER": "1", "SECRET_KEY": "tests"})
