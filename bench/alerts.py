"""What it costs to match a published resource against the saved searches, with few of them and with many."""

import os
import re
from datetime import timedelta
from random import Random

from django.db import connection
from django.utils import timezone

from bench.cpu import cpu_seconds
from members.models import Member
from resources import actions
from resources.models import Kind, Resource, SavedSearch, SearchMatch

FEW, MANY = 10, 10_000
TARGET = 3.0
PUBLISHED = 100
SEED = 2026
A_MEMBER = 50  # searches each member keeps
LONGEST_TRY = 50
KINDS = [kind for kind in Kind.values if kind != Kind.COUNTRY]


def measure(shared, *, few=FEW, many=MANY, published=PUBLISHED):
    """CPU milliseconds a publication, database included, with `few` and with `many` saved searches."""
    random = Random(SEED)  # noqa: S311
    resources = Resource.objects.published().filter(source="volume", language="en").order_by("pk")
    keys = random.sample(list(resources.values_list("pk", flat=True)), published)
    searches = made_up(random, list(resources.values_list("title", flat=True)[:20000]), many)
    # Only searches older than a publication hear of it.
    resources.update(published_at=timezone.now() + timedelta(days=1))
    costs = {}
    for count in (few, many):
        save(searches[:count])
        costs[count] = cost(keys, shared)
    return {"searches": costs, "ratio": costs[many] / costs[few], "matches": SearchMatch.objects.count()}


def made_up(random, titles, count):
    """Different searches as (text, filters): two or three words of some title, every other one also for one kind."""
    found = {}
    for _try in range(LONGEST_TRY * count):
        words = [word for word in re.findall(r"\w+", random.choice(titles)) if len(word) > 2]
        text = " ".join(random.sample(words, min(random.choice([2, 2, 3]), len(words))))
        filters = {"kind": [random.choice(KINDS)]} if len(found) % 2 else {}
        found.setdefault((text, *filters.get("kind", ())), (text, filters))
        if len(found) == count:
            return list(found.values())
    raise RuntimeError(f"the titles give only {len(found)} different searches of {count}")


def save(searches):
    """Save those that are not saved yet, so many a member."""
    for number in range(SavedSearch.objects.count(), len(searches)):
        email = f"reader{number // A_MEMBER}@example.org"
        member = Member.objects.filter(email=email).first() or Member.objects.create_user(email)
        text, filters = searches[number]
        actions.save_search(member, name=text[:100], text=text, filters=filters, query="", frequency="weekly")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def cost(keys, shared):
    """CPU milliseconds to match one resource, after a round that fills the caches."""
    for is_measured in (False, True):
        SearchMatch.objects.all().delete()
        before = cpu_seconds([os.getpid(), *shared])
        for key in keys:
            actions.match_saved_searches(key)
        if is_measured:
            return 1000 * (cpu_seconds([os.getpid(), *shared]) - before) / len(keys)
    raise AssertionError("unreachable")
