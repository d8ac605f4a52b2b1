"""One run of the benchmarks: make the volume, build the index, start the servers, measure, print."""

import os
from contextlib import contextmanager
from dataclasses import asdict
from time import monotonic

from django.core.management import call_command
from django.db import connection
from tqdm import tqdm

from bench import alerts, first_view, import_rate, index_rate, relevance, speed, web_servers
from bench.cpu import children_of
from bench.rows import ROWS, a_detail
from resources.volume import make_volume
from search import upkeep

MILLION_TARGET = 2.0
INDEX_TARGET = 20.0
LEAST_REQUESTS_A_SERVER = 6000
IMPORT_TARGET = 10.0


def run(options, folder):
    """Measure what the options ask for; returns the results as JSON values."""
    call_command("prepare", data="empty")
    if options.relevance:
        return {"relevance": find_known_items(options.source)}
    shared = children_of(os.getpid())
    grow(options.resources)
    if options.web_servers:
        requests = max(options.requests, LEAST_REQUESTS_A_SERVER)
        return {"web_servers": web_servers.compare(folder / "servers", shared, requests)}
    chosen = {"floor", *options.rows.split(",")} if options.rows else {row.name for row in ROWS}
    if options.million:
        chosen.add("search")
    floor_url = speed.make_floor()
    results = {"resources": options.resources, "requests": options.requests}
    print(
        f"\n{options.resources:,} resources, {options.requests} requests a row\n{speed.HEADINGS}", flush=True
    )
    with speed.servers(folder / "servers", shared, floor_url) as servers:
        measured = speed.measure(servers, chosen, requests=options.requests)
        results["rows"] = [asdict(row) for row in measured]
        if not options.rows:
            pages = {"Home": "/", "List": "/library/", "Detail": a_detail()}
            results["first_views"] = [
                asdict(view) for view in first_view.measure(servers["cached"].port, pages)
            ]
    if not options.rows or "index" in chosen:
        results["index"] = build_rate()
    if not options.rows or "alerts" in chosen:
        results["alerts"] = match_alerts(shared)
    if not options.rows or "import" in chosen:
        results["import"] = import_cost(options.resources)
    if options.million:
        results["million"] = search_a_million(options, folder, shared, floor_url, measured)
    return results


def grow(count):
    """Complete the made-up resources to `count` and index them, so that no chore is left for the measurement."""
    with told(f"Make {count:,} resources"):
        make_volume(
            count, progress=lambda batches: tqdm(batches, desc="resources", mininterval=5, leave=False)
        )
    with told("Build the search index"):
        upkeep.rebuild()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


@contextmanager
def told(title):
    print(f"→ {title}", flush=True)
    started = monotonic()
    yield
    print(f"  done in {monotonic() - started:.1f} s", flush=True)


def build_rate():
    """Documents a CPU second of a whole rebuild, and of Haystack's stock Whoosh backend on the same documents."""
    print("\nIndex build, documents a CPU second, database included", flush=True)
    ours, count = index_rate.measure_ours()
    print(f"{f'ours, {count:,} documents':<46}{ours:>8.0f}", flush=True)
    stock, sample = index_rate.measure_stock()
    ratio = ours / stock
    missed = "" if ratio >= INDEX_TARGET else "  missed"
    print(f"{f'stock Whoosh backend, {sample:,} documents':<46}{stock:>8.1f}", flush=True)
    print(f"{'ratio':<46}{ratio:>7.1f}×  target ≥ {INDEX_TARGET:g}×{missed}", flush=True)
    return {"ours": ours, "documents": count, "stock": stock, "stock_documents": sample, "ratio": ratio}


def match_alerts(shared):
    """What a publication costs with ten saved searches and with ten thousand."""
    print("\nMatching a published resource against saved searches, CPU ms, database included", flush=True)
    found = alerts.measure(shared)
    for count, spent in found["searches"].items():
        print(f"{f'{count:,} saved searches':<46}{spent:>8.1f}", flush=True)
    missed = "" if found["ratio"] <= alerts.TARGET else "  missed"
    print(f"{'ratio':<46}{found['ratio']:>7.2f}×  target ≤ {alerts.TARGET:g}×{missed}", flush=True)
    print(
        f"{'matches a publication with the many':<46}{found['matches'] / alerts.PUBLISHED:>8.1f}", flush=True
    )
    return found


def import_cost(count):
    """CPU seconds, the database's included, to read, try out and write a CSV file of so many records, beside a bare `bulk_create` of the same."""
    print(f"\nImport of {count:,} rows of CSV, CPU seconds, database included", flush=True)
    spent = import_rate.measure_import(count)
    bare = import_rate.measure_bare()
    for stage, seconds in (*spent.items(), ("bare bulk_create of the same", bare)):
        print(f"{stage:<46}{seconds:>8.1f}", flush=True)
    ratio = sum(spent.values()) / bare
    missed = "" if ratio <= IMPORT_TARGET else "  missed"
    print(f"{'ratio':<46}{ratio:>7.1f}×  target ≤ {IMPORT_TARGET:g}×{missed}", flush=True)
    return {**spent, "bare": bare, "ratio": ratio}


def search_a_million(options, folder, shared, floor_url, before):
    """The two-word search again on so many resources, beside what it cost before."""
    print(f"\nGrowing to {options.million:,} resources; a million takes an hour or so.", flush=True)
    grow(options.million)
    with speed.servers(folder / "million", shared, floor_url) as servers:
        again = named(speed.measure(servers, {"search"}, requests=options.requests), "search")
    first = named(before, "search")
    ratio = again.cpu_ms / first.cpu_ms
    missed = "" if ratio <= MILLION_TARGET else "  missed"
    print(
        f"{f'{options.million:,} beside {options.resources:,}':<46}{ratio:>7.2f}×  target ≤ {MILLION_TARGET:g}×{missed}"
    )
    return {"resources": options.million, "search": asdict(again), "ratio": ratio}


def named(rows, name):
    return next(row for row in rows if row.name == name)


def find_known_items(source):
    """Load the real data, index it, and ask for known items."""
    given = source or relevance.data_beside_the_repository()
    with told(f"Load the real data from {given}" if given else "Load the records the repository ships"):
        call_command("load_demo", **({"folder": str(given)} if given else {}))
    upkeep.drain()
    return relevance.measure()
