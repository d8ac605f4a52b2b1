"""Counts the lines of a day's log after COUNTER (Code of Practice 5.1, section 7).

An investigation is a look at an item's page or a take of its file; a request is a take of a file. A second click on
the same within 30 seconds replaces the first. Unique: once an item and session, a session being a reader's hour.
"""

import re
from collections import Counter, defaultdict
from functools import lru_cache

import counter_robots

DOUBLE_CLICK = 30
_PATH = re.compile(r"/(?:[a-z]{2}/)?library/(?P<kind>[a-z]+)/(?P<slug>[^/]+)/(?P<file>files/\d+/)?\Z")


def count_lines(lines):
    """(counts, lines read, lines counted): {(kind, slug, two letters of the country): Counter of ItemUsage's numbers}."""
    counts, last, seen = defaultdict(Counter), {}, set()
    read = counted = 0
    for line in lines:
        read += 1
        parts = line.rstrip("\n").split("\t")
        found = _PATH.match(parts[3]) if len(parts) == 5 else None
        try:
            moment = float(parts[0])
        except ValueError:
            continue
        if found is None or is_robot(parts[4]):
            continue
        mark, country = parts[1], parts[2][:2]
        before = last.get((mark, parts[3]))
        last[mark, parts[3]] = moment
        if before is not None and abs(moment - before) <= DOUBLE_CLICK:
            continue
        counted += 1
        item, session = (found["kind"], found["slug"]), (mark, int(moment // 3600))
        totals = counts[*item, country]
        for name in ("investigations", "requests") if found["file"] else ("investigations",):
            totals[name] += 1
            if (name, item, session) not in seen:
                seen.add((name, item, session))
                totals[f"unique_{name}"] += 1
    return counts, read, counted


@lru_cache(4096)
def is_robot(program):
    """On COUNTER's lists of robots and machines, whose patterns mean any case, or without a name."""
    return not program.strip() or any(map(counter_robots.is_robot_or_machine, (program, program.lower())))
