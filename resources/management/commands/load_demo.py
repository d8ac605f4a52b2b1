"""Load the shipped records, or those of a folder, into the library."""

import sys
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from tqdm import tqdm

from resources.load.catalogue import FILES, SETS
from resources.load.collections import load_collections
from resources.load.folder import Folder, MissingData
from resources.load.report import Report
from resources.load.run import load
from resources.models import Resource
from search import upkeep
from search.models import IndexRequest
from vocabularies.models import Country, Language, Topic


class Command(BaseCommand):
    help = (
        "Load the shipped records into the library, or with --from those of a folder. Run again, it changes nothing;"
        " stopped, it keeps the whole batches it wrote, and the next run completes it."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--from",
            dest="folder",
            metavar="PATH",
            help="a folder laid out like resources/data, read in its stead",
        )
        parser.add_argument(
            "--only",
            nargs="+",
            choices=[s.name for s in SETS],
            metavar="SET",
            help=f"only these: {', '.join(s.name for s in SETS)}",
        )
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="write each skipped or merged row to a CSV file"
        )
        parser.add_argument(
            "--no-index", action="store_true", help="leave the search index to a later rebuild"
        )

    def handle(self, *args, folder=None, only=None, report=None, no_index=False, **options):
        try:
            source = Folder(folder)
            if folder:
                source.expect_any(FILES)
        except MissingData as error:
            raise CommandError(str(error)) from error
        if not (Country.objects.exists() and Topic.objects.exists() and Language.objects.exists()):
            call_command("load_vocabularies", stdout=self.stdout)
        told = Report()
        try:
            changed = load(source, told, only=only, progress=self.progress)
        except KeyboardInterrupt:
            self.finish(told, report)
            self.stderr.write("Stopped. Whole batches were kept; run the command again to complete the load.")
            sys.exit(130)
        self.finish(told, report)
        if not only:
            load_collections()
        if changed:
            # Until the database counts its new rows, it plans as if there were a handful.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        if not no_index:
            self.index(len(changed))

    def progress(self, name, total):
        """A bar on a terminal, silence elsewhere."""
        return tqdm(total=total, desc=name, unit="row", disable=None, file=sys.stderr)

    def finish(self, told, report):
        self.stdout.write(told.table())
        if report:
            told.write_csv(report)
            self.stdout.write(f"{len(told.lines):,} lines written to {report}")

    def index(self, changed):
        """Index all anew where there is no usable index or most has changed, else what is asked for."""
        healthy, _detail = upkeep.health()
        if healthy and changed * 2 <= Resource.objects.count():
            upkeep.drain()
            return
        self.stdout.write("Building the search index")
        answered = list(IndexRequest.objects.values_list("pk", flat=True))
        upkeep.rebuild()
        for start in range(0, len(answered), 500):
            IndexRequest.objects.filter(pk__in=answered[start : start + 500]).delete()
