"""One run of the benchmarks: make the volume, build the index, start the servers, measure, print."""

import os
from dataclasses import asdict
from time import monotonic

from django.core.management import call_command
from django.db import connection
from tqdm import tqdm

from bench import speed
from bench.cpu import children_of
from bench.rows import ROWS
from resources.volume import make_volume
from search import upkeep


def run(options, folder):
    """Measure what the options ask for; returns the results as JSON values."""
    shared = children_of(os.getpid())
    call_command("prepare", data="empty")
    grow(options.resources)
    floor_url = speed.make_floor()
    chosen = {"floor", *filter(None, options.rows.split(","))} if options.rows else {row.name for row in ROWS}
    print(
        f"\n{options.resources:,} resources, {options.requests} requests a row\n{speed.HEADINGS}", flush=True
    )
    with speed.servers(folder / "servers", shared, floor_url) as servers:
        measured = speed.measure(servers, chosen, requests=options.requests)
    results = {"resources": options.resources, "rows": [asdict(row) for row in measured]}
    return results


def grow(count):
    """Complete the made-up resources to `count` and index them, so that no chore is left for the measurement."""
    print(f"→ Make {count:,} resources", flush=True)
    started = monotonic()
    make_volume(count, progress=bar("resources"))
    print(f"  done in {monotonic() - started:.1f} s\n→ Build the search index", flush=True)
    started = monotonic()
    upkeep.rebuild()
    print(f"  done in {monotonic() - started:.1f} s", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def bar(title):
    return lambda items: tqdm(items, desc=title, mininterval=1, leave=False)
