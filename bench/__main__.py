"""`python -m bench`: see `bench/__init__.py`."""

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path

from lib.environment import StepFailed
from lib.services import Services

ROW_NAMES_HELP = "only these rows, separated by commas (the floor is always measured)"


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="bin/bench", description="Measure the portal beside a bare Django view."
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results to this file, too")
    parser.add_argument(
        "--resources", type=int, default=18_000, metavar="N", help="how many made-up resources (18,000)"
    )
    parser.add_argument("--rows", default="", metavar="NAME,…", help=ROW_NAMES_HELP)
    parser.add_argument("--requests", type=int, default=300, metavar="N", help="requests a row (300)")
    parser.add_argument(
        "--million",
        nargs="?",
        type=int,
        const=1_000_000,
        metavar="N",
        help="then grow to 1,000,000 (or N) resources and search again",
    )
    parser.add_argument(
        "--relevance", action="store_true", help="measure the search on the real data instead"
    )
    parser.add_argument(
        "--web-servers", action="store_true", help="compare the web servers that are installed instead"
    )
    parser.add_argument(
        "--from", dest="source", type=Path, metavar="DIR", help="the real data (../shared/data if there)"
    )
    return parser.parse_args(arguments)


def main(arguments):
    options = parse(arguments)
    # Always servers of our own, never the ones the portal of this machine runs on.
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name, Services(sys.executable) as services:
        services.install_missing(["postgres", "redis-server", "nginx"])
        set_environment(Path(name), services.postgresql(), services.redis())
        # Django reads the environment once, so nothing of the portal is imported before it stands.
        import django  # noqa: PLC0415

        django.setup()
        from bench import run  # noqa: PLC0415

        results = run.run(options, Path(name))
    if options.json:
        options.json.write_text(
            json.dumps({"machine": machine(), **results}, indent=1, ensure_ascii=False) + "\n"
        )
    return 0


def set_environment(folder, database_url, redis_url):
    """The server profile, on what was just started and nothing else."""
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "SECRET_KEY": "bench",
            "VAR_DIR": str(folder / "var"),
            "STATIC_ROOT": str(folder / "var" / "static"),
            "EXPORT_BUDGET": "1000000",
            "SEARCH_URL": "tantivy:",
            "STORAGE_URL": "",
            "ACCEL_PREFIX": "",
            "SITE_URL": "http://localhost:8000",
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "HASHED_STATIC": "1",
            "DEBUG": "0",
            "LOG_LEVEL": "WARNING",
            "CELERY_TASK_ALWAYS_EAGER": "1",
        }
    )


def machine():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except StepFailed as failure:
        sys.exit(failure.report("bin/bench"))
    except KeyboardInterrupt:
        sys.exit(130)
