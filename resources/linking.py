"""Asks addresses whether they still answer: HEAD, then GET where that says nothing; politely, and within bounds."""

import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from kit import web
from resources.models import LinkCheck

SECONDS = 15
ENOUGH = 2048
THREADS = 8
PAUSE = 1.0  # seconds between two requests to one host
Outcome, Reason = LinkCheck.Outcome, LinkCheck.Reason
CLOSED = {401, 402, 403, 405, 406, 407, 412, 415, 418, 423, 425, 426, 428, 429, 451, 999}
BUSY = {429, 502, 503, 504}


@dataclass(frozen=True)
class Finding:
    """What asking an address gave. `pause` is how long its host wants, or seems to need, to be left alone."""

    outcome: str
    reason: str = ""
    status: int | None = None
    moved_to: str = ""
    pause: timedelta | None = None


def ask_all(checks):
    """{key of a check: Finding}. Hosts are asked side by side, the addresses of one host one after the other.

    A host that does not answer is not asked for its other addresses; those are missing from the result.
    """
    by_host = defaultdict(list)
    for check in checks:
        by_host[check.host].append(check)
    found = {}
    with ThreadPoolExecutor(THREADS) as pool:
        for findings in pool.map(ask_host, by_host.values()):
            found |= findings
    return found


def ask_host(checks):
    found = {}
    for place, check in enumerate(checks):
        if place:
            time.sleep(PAUSE)
        finding = ask(check.address)
        found[check.pk] = finding
        if finding.pause is not None:
            break
    return found


def ask(address):
    """Ask one address."""
    try:
        answer = web.fetch(address, method="HEAD", seconds=SECONDS)
        if answer.status in BUSY or 200 <= answer.status < 300:
            return judge(answer)
    except web.Unreachable as error:
        if error.code in ("name", "private", "address"):
            return unreachable(error)
    try:
        return judge(web.fetch(address, seconds=SECONDS, most_bytes=ENOUGH, whole=False))
    except web.Unreachable as error:
        return unreachable(error)


def judge(answer):
    status = answer.status
    if 200 <= status < 300:
        moved = answer.url[:1000] if answer.moved_for_good and len(answer.url) <= 1000 else ""
        return Finding(Outcome.HEALTHY, status=status, moved_to=moved)
    wait = pause_of(answer.headers.get("retry-after", "")) if status in BUSY else None
    if status in CLOSED:
        return Finding(Outcome.CLOSED, Reason.STATUS, status, pause=wait)
    return Finding(Outcome.FAILING, Reason.STATUS, status, pause=wait)


def pause_of(text):
    """What Retry-After says in seconds; no time at all where it says nothing we read: the usual pause."""
    return timedelta(seconds=min(int(text), 86400)) if text.isdigit() and len(text) < 9 else timedelta()


def unreachable(error):
    code = error.code if error.code in Reason.values else Reason.PROTOCOL
    is_away = error.code in ("timeout", "refused", "name")
    return Finding(Outcome.FAILING, code, pause=timedelta() if is_away else None)
