"""The environment of a test run. Loaded with `-p`, because the settings are read before any conftest."""

import os
import re
import shutil
import tempfile

VAR_DIR = tempfile.mkdtemp(prefix="portal-tests-")
os.mkdir(f"{VAR_DIR}/static")
PROCESS = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "")) or -1) + 1


def own_redis(url, offset):
    """Each test process has a Redis database of its own: clearing the cache there empties nobody else's."""
    server, _slash, number = url.rpartition("/")
    return (
        f"{server}/{(int(number or 0) + offset) % 16}"
        if number.isdigit() or not number
        else f"{url}/{offset % 16}"
    )


os.environ.update(
    {
        "ENV_FILE": os.devnull,
        "VAR_DIR": VAR_DIR,
        "HASHED_STATIC": "0",
        "CELERY_TASK_ALWAYS_EAGER": "1",
        "SECRET_KEY": "tests",
        "STORAGE_URL": "",
        "ACCEL_PREFIX": "",
        "PAGE_CACHE_SECONDS": "0",
        "STAFF_SECOND_FACTOR": "0",
        "ACCOUNT_LIMITS": "0",
        "ACCEL_CACHE_SECONDS": "0",
        # Playwright's event loop runs in the main thread, where Django would refuse every query.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }
)
if os.environ.get("REDIS_URL"):
    os.environ["REDIS_URL"] = own_redis(os.environ["REDIS_URL"], PROCESS)


def pytest_unconfigure(config):
    shutil.rmtree(VAR_DIR, ignore_errors=True)
