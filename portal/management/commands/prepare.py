"""Everything between installing and serving, done only where it is due."""

import hashlib
import json
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

import django
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from kit.management.commands.compile_translations import compile_translations
from members.actions import create_demo_members
from resources.models import Resource
from search import upkeep
from vocabularies.models import Country

TRIAL = b"The portal can write here.\n"


class Command(BaseCommand):
    help = "Bring database, translations, static files, vocabularies, data and search index up to date."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--data", choices=["demo", "empty"], help="what to load; without it what was chosen last"
        )
        parser.add_argument("--report", type=Path, help="write what was found to this file, as JSON")

    def handle(self, *args, data=None, report=None, **options):
        state = State(settings.VAR_DIR / "prepared.json")
        data = data or state.get("data") or ("empty" if settings.SERVER_PROFILE else "demo")
        self.migrate()
        self.translate()
        self.collect_static(state)
        self.try_storage()
        self.index(new_names=self.load(data, state))
        state.put("data", data)
        if report:
            accounts = create_demo_members() if data == "demo" and not settings.SERVER_PROFILE else []
            report.write_text(
                json.dumps(
                    {
                        "profile": "server" if settings.SERVER_PROFILE else "embedded",
                        "data_in": connection.settings_dict["HOST"] or str(settings.VAR_DIR),
                        "site_url": settings.SITE_URL,
                        "accounts": accounts,
                    }
                )
            )

    @contextmanager
    def step(self, title):
        """Say what begins and how long it took; name the step in a failure."""
        self.stdout.write(f"→ {title}")
        self.stdout.flush()
        started = monotonic()
        try:
            yield
        except (CommandError, DatabaseError, OSError) as error:
            raise CommandError(f"{title}: {error}") from error
        self.stdout.write(f"  done in {monotonic() - started:.1f} s")

    def migrate(self):
        try:
            executor = MigrationExecutor(connection)
        except DatabaseError as error:
            raise CommandError(
                f"The database does not answer: {str(error).strip()}\nStart it, or correct DATABASE_URL; without"
                " DATABASE_URL the portal uses SQLite."
            ) from error
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            with self.step(f"Bring the database up to date ({len(waiting)} migrations)"):
                call_command("migrate", interactive=False, verbosity=0)

    def translate(self):
        compiled = compile_translations(settings.LOCALE_PATHS)
        if compiled:
            self.stdout.write(f"→ Compiled {compiled} translation files")

    def collect_static(self, state):
        if not settings.HASHED_STATIC:
            return
        now = fingerprint(*settings.STATICFILES_DIRS, words=[django.__version__, str(settings.STATIC_ROOT)])
        if state.get("static") == now and (settings.STATIC_ROOT / "staticfiles.json").exists():
            return
        with self.step("Collect the static files"):
            call_command("collectstatic", interactive=False, verbosity=0)
        state.put("static", now)

    def try_storage(self):
        """Where files go into a bucket: write, read and delete one, so that a wrong key is told now and not to a member."""
        if not settings.STORAGE_URL:
            return
        with self.step("Try the storage of files"):
            name = default_storage.save("prepare/trial.txt", ContentFile(TRIAL))
            with closing(default_storage.open_part(name, 0, len(TRIAL) - 1)) as part:
                read = part.read(len(TRIAL))
            default_storage.delete(name)
            if read != TRIAL or default_storage.exists(name):
                raise CommandError("what was written there could not be read and deleted again")

    def load(self, data, state):
        """Load vocabularies and, for `demo`, the shipped records, where their files are new.

        True when the index still has to be told of new names and synonyms: loading the records builds it itself.
        """
        where = settings.DATABASE_URL or str(settings.VAR_DIR)
        vocabularies = fingerprint(settings.BASE_DIR / "vocabularies" / "data", words=[where])
        new_names = state.get("vocabularies") != vocabularies or not Country.objects.exists()
        if new_names:
            with self.step("Load countries, topics, organisations and languages"):
                call_command("load_vocabularies", stdout=self.stdout)
            state.put("vocabularies", vocabularies)
        if data == "demo":
            records = fingerprint(settings.BASE_DIR / "resources" / "data", words=[where])
            if state.get("records") != records or not Resource.objects.exists():
                with self.step("Load the shipped records"):
                    call_command("load_demo", stdout=self.stdout)
                state.put("records", records)
                return False
        return new_names and Resource.objects.exists()

    def index(self, new_names):
        ok, detail = upkeep.health()
        if not ok or new_names:
            with self.step("Build the search index" if ok else f"Build the search index ({detail})"):
                upkeep.rebuild()


class State:
    """What was done before, in a small file; when in doubt a step is done again."""

    def __init__(self, path):
        self.path = path
        try:
            self.values = json.loads(path.read_text())
        except (OSError, ValueError):
            self.values = {}

    def get(self, name):
        return self.values.get(name)

    def put(self, name, value):
        if self.values.get(name) != value:
            self.values[name] = value
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(json.dumps(self.values, indent=1))


def fingerprint(*folders, words=()):
    """A hash over names and contents of all files below the folders, and over some words."""
    total = hashlib.sha256("\0".join(words).encode())
    for folder in folders:
        for path in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            total.update(f"\0{path.relative_to(folder)}\0".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
