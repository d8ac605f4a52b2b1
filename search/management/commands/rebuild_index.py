"""Haystack's command of this name empties the index first; this one builds a new index beside the old."""

import sys

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search import upkeep
from search.indexes import declared
from search.store import Locked


class Command(BaseCommand):
    help = "Build the search index anew while the old one stays in service, then change over."

    def add_arguments(self, parser):
        parser.add_argument(
            "--noinput", action="store_true", help="accepted for Haystack's sake; nothing is asked"
        )

    def handle(self, **options):
        total = sum(index.count() for index in declared())
        quiet = options["verbosity"] == 0
        try:
            with tqdm(total=total, unit="works", desc="index", file=sys.stderr, disable=quiet) as bar:
                count = upkeep.rebuild(progress=bar.update)
        except Locked as error:
            raise CommandError("Another rebuild is running. Wait for it to end.") from error
        if not quiet:
            self.stdout.write(f"{count:,} documents in the new index, now in use.")
