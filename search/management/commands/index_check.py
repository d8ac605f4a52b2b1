"""Compare the search index with the database, contents included."""

import sys
from collections import defaultdict

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search import upkeep
from search.indexes import declared
from search.results import SearchUnavailable


class Command(BaseCommand):
    help = (
        "Compare the search index with the database and print what is missing, stale or extra in the index."
        " Ends with exit code 1 where they differ."
    )

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="ask for what differs to be indexed anew")

    def handle(self, repair=False, **options):
        drifts = defaultdict(list)
        total = sum(index.count() for index in declared())
        try:
            with tqdm(
                total=total, unit="works", desc="check", file=sys.stderr, disable=options["verbosity"] == 0
            ) as bar:
                for drift in upkeep.compare(progress=bar.update):
                    bar.write(f"{drift.what:8} {drift.model} {drift.pk}", file=self.stdout)
                    drifts[drift.model].append(drift.pk)
        except SearchUnavailable as error:
            raise CommandError(str(error)) from error
        count = sum(map(len, drifts.values()))
        if not count:
            self.stdout.write(f"Index and database agree on {total:,} works.")
            return
        if not repair:
            raise CommandError(f"{count:,} differences. --repair asks for them to be indexed anew.")
        for model, ids in drifts.items():
            upkeep.request(apps.get_model(model), ids)
        self.stdout.write(f"{count:,} differences; their repair is asked for.")
