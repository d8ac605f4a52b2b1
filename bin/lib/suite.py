"""`bin/test`: every test on both profiles, with nothing to set up by hand."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from lib import environment
from lib.environment import ROOT, StepFailed, step
from lib.processes import start, stop
from lib.services import Services

# Settings of the caller must not reach the tests; what a run needs is set for it.
CLEARED = (
    "DATABASE_URL",
    "REDIS_URL",
    "SEARCH_URL",
    "EMAIL_URL",
    "STORAGE_URL",
    "SITE_URL",
    "VAR_DIR",
    "DEBUG",
    "STATIC_ROOT",
    "SECRET_KEY",
)


def main(arguments):
    options, for_pytest = parse(arguments)
    signal.signal(signal.SIGTERM, interrupt)
    python = environment.ensure(dev=True, **(interpreter(options.python) if options.python else {}))
    if options.lint:
        lint(python)
    results, notes, worked = [], [], True
    with Services(python) as services:
        profiles = ["server", "embedded"] if options.profile == "both" else [options.profile]
        services.install_missing(
            [
                *(["postgres"] if needs(profiles, "DATABASE_URL") else []),
                *(["redis-server"] if needs(profiles, "REDIS_URL") else []),
                "chromium",
                "nginx",
            ]
        )
        extra = {"CHROMIUM": services.browser() or ""}
        for profile in profiles:
            if profile == "server":
                with step("Start PostgreSQL and Redis for the tests"):
                    own = {"DATABASE_URL": services.postgresql(), "REDIS_URL": services.redis()}
            else:
                own = {"DATABASE_URL": "", "REDIS_URL": ""}
            code, result = run_profile(python, profile, {**extra, **own}, options, for_pytest)
            results.append(result)
            worked = worked and code in (0, 5)
        notes += services.notes
    return summarise(results, notes, worked)


def interrupt(_number, _frame):
    raise KeyboardInterrupt


def needs(profiles, name):
    return "server" in profiles and not os.environ.get(name)


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="bin/test",
        description="Set up and run every test, first on PostgreSQL and Redis, then on the embedded profile (there without"
        " the browser tests that are not marked smoke). DATABASE_URL and REDIS_URL name servers to use, whose databases may"
        " be emptied; otherwise throw-away ones are started. All other arguments go to pytest.",
    )
    parser.add_argument("--profile", choices=["both", "server", "embedded"], default="both")
    parser.add_argument(
        "--lint", action="store_true", help="check format, style, templates, migrations and deployment first"
    )
    parser.add_argument(
        "--python", metavar="3.X", help="use this Python, in an environment of its own (.venv-3.X)"
    )
    parser.add_argument("-n", "--processes", default="2", help="how many tests at a time (2)")
    return parser.parse_known_args(arguments)


def interpreter(version):
    """Arguments for `environment.ensure` that choose another Python than the one running."""
    found = shutil.which(f"python{version}")
    if found is None or subprocess.run([found, "-c", ""], capture_output=True).returncode:
        kept = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}*/bin/python"))
        found = str(kept[-1]) if kept else None
    if found is None:
        raise StepFailed(
            f"There is no python{version} on the PATH.", f"install Python {version}, or leave --python out."
        )
    return {"venv": ROOT / f".venv-{version}", "base": found}


def lint(python):
    """The checks that need no test: each names itself, all are run, and one that fails stops the command."""
    ours = ["ruff", "format", "--check", "."], ["ruff", "check", "."]
    templates = ["djlint", "templates", "--lint", "--quiet"]
    deploy = {
        "SECRET_KEY": "only-for-this-check-" + "0123456789" * 5,
        "SITE_URL": "https://portal.example.org",
        "ALLOWED_HOSTS": "portal.example.org",
        "DATABASE_URL": "postgresql://portal@127.0.0.1:5432/portal",
        "REDIS_URL": "redis://127.0.0.1:6379/0",
    }
    checks = [
        ("Format", ["-m", *ours[0]], {}),
        ("Style", ["-m", *ours[1]], {}),
        ("Templates", ["-m", *templates], {}),
        ("Migrations", ["manage.py", "makemigrations", "--check", "--dry-run"], {}),
        ("Deployment", ["manage.py", "check", "--deploy", "--fail-level", "WARNING"], deploy),
    ]
    failed = []
    with tempfile.TemporaryDirectory(prefix="portal-lint-") as folder:
        for name, arguments, settings in checks:
            with step(name):
                env = clean_environment(settings | {"VAR_DIR": folder})
                if subprocess.run(
                    [python, *arguments], cwd=ROOT, env=env, stdin=subprocess.DEVNULL
                ).returncode:
                    failed.append(name)
    if failed:
        raise StepFailed(
            f"These checks failed: {', '.join(failed)}.",
            "mend what they print above; `ruff format .` and `ruff check --fix .` do part.",
        )


def clean_environment(settings):
    """The caller's environment without settings of the portal, and with those of this run."""
    kept = {name: value for name, value in os.environ.items() if name not in CLEARED}
    return {**kept, "ENV_FILE": os.devnull, **settings}


def run_profile(python, profile, settings, options, for_pytest):
    """Run pytest once; its exit code, and what its report counts."""
    print(f"\n══ Tests on the {profile} profile " + "═" * 40, flush=True)
    with tempfile.TemporaryDirectory(prefix="portal-report-") as folder:
        report = Path(folder) / "report.xml"
        command = [
            python,
            "-m",
            "pytest",
            f"--junitxml={report}",
            "-n",
            options.processes,
            "--dist",
            "loadgroup",
        ]
        if profile == "embedded" and not any(argument.startswith("-m") for argument in for_pytest):
            command += ["-m", "not browser or smoke"]
        began = time.monotonic()
        pytest = start(
            [*command, *for_pytest], cwd=ROOT, env=clean_environment(settings), stdin=subprocess.DEVNULL
        )
        try:
            code = pytest.wait()
        finally:
            stop([pytest], first=signal.SIGINT)
        return code, read_report(report, profile, time.monotonic() - began)


def read_report(path, profile, seconds):
    counts, reasons = Counter(), Counter()
    if path.exists():
        for case in ElementTree.parse(path).iter("testcase"):  # noqa: S314 - we wrote it ourselves
            skipped = case.find("skipped")
            if case.find("failure") is not None or case.find("error") is not None:
                counts["failed"] += 1
            elif skipped is not None:
                counts["skipped"] += 1
                reasons[skipped.get("message") or "no reason given"] += 1
            else:
                counts["passed"] += 1
    return {"profile": profile, "counts": counts, "reasons": reasons, "seconds": seconds}


def summarise(results, notes, worked):
    """Say loudly what could not run; the last line is the count over both profiles."""
    total = Counter()
    print()
    for result in results:
        counts = result["counts"]
        total.update(counts)
        print(f"{result['profile']:<9} {line(counts)} in {result['seconds']:.0f} s")
    missing = [
        (count, reason, result["profile"])
        for result in results
        for reason, count in result["reasons"].items()
    ]
    if missing or notes:
        print("\n!! NOT EVERYTHING RAN:")
        for count, reason, profile in missing:
            print(f"!!   {count} on the {profile} profile: {reason}")
        for note in notes:
            print(f"!!   {note}")
        print()
    if not worked and not total["failed"]:
        print("!! pytest itself ended with an error; see above.")
    sys.stdout.flush()
    print(line(total), flush=True)
    return 0 if worked and total["passed"] else 1


def line(counts):
    return f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped"
