"""Benchmarks: what a page costs in CPU time, database included, beside the floor of a bare Django view.

    bin/bench                    the table of speed on 18,000 made-up resources
    bin/bench --million          the same, then the search on 1,000,000
    bin/bench --relevance        how often a known item is found first, on the real data
    bin/bench --web-servers      the portal under gunicorn beside other web servers

Everything runs in a folder of its own that is removed afterwards: PostgreSQL, Redis, index and web servers.
"""

import sys
from pathlib import Path

# The servers are started with what the commands in bin/ use.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bin"))
