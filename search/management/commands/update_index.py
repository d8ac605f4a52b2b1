"""Haystack's command, with a progress bar."""

import sys

from haystack.management.commands import update_index
from tqdm import tqdm

from search.find import engine
from search.indexes import declared


class Command(update_index.Command):
    def handle(self, **options):
        total = sum(index.count() for index in declared())
        with tqdm(
            total=total, unit="works", desc="index", file=sys.stderr, disable=options["verbosity"] == 0
        ) as bar:
            engine().progress = bar.update
            try:
                super().handle(**options)
            finally:
                engine().progress = None
