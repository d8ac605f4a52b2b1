"""A member's bookmarks and saved searches."""

import json
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from notifications.actions import remember_language, retract
from notifications.queries import next_digest, preference_of
from resources.models import Bookmark, SavedSearch, SearchAnchor, SearchMatch, SearchPattern
from resources.verbs import SAVED_SEARCHES
from search.percolate import anchors, plan_of

MODELS = ("resources.resource",)
MOST_SEARCHES = 100
FIRST_OF_MONTH = 1
Frequency = SavedSearch.Frequency


def add_bookmark(resource, *, by):
    """Keep a resource in the member's list. Keeping it twice changes nothing."""
    return Bookmark.objects.get_or_create(member=by, resource=resource)[0]


def remove_bookmark(resource, *, by):
    """Take a resource out of the member's list. Twice changes nothing."""
    Bookmark.objects.filter(member=by, resource=resource).delete()


class TooManySearches(ValueError):
    """The member keeps as many searches as one may."""


class AlreadySaved(ValueError):
    """The member keeps this very search already, as `search`."""

    def __init__(self, search):
        super().__init__(search.name)
        self.search = search


@transaction.atomic
def save_search(member, *, name, text, filters, query, frequency):
    """Keep a search under a name; what is published from now on and answers to it is told as often as asked."""
    type(member).objects.select_for_update().get(pk=member.pk)
    if SavedSearch.objects.filter(member=member).count() >= MOST_SEARCHES:
        raise TooManySearches
    pattern = pattern_of(text, filters)
    if known := SavedSearch.objects.filter(member=member, pattern=pattern).first():
        raise AlreadySaved(known)
    remember_language(member)
    return SavedSearch.objects.create(
        member=member, pattern=pattern, name=name, query=query, frequency=frequency
    )


def pattern_of(text, filters):
    """The row of this very question, with its anchors."""
    filters = {name: sorted(values) for name, values in sorted(filters.items())}
    key = sha256(json.dumps([text, filters], ensure_ascii=False).encode()).hexdigest()
    pattern, fresh = SearchPattern.objects.select_for_update().get_or_create(
        key=key, defaults={"text": text, "filters": filters}
    )
    if fresh:
        terms = anchors(plan_of_pattern(pattern))
        SearchAnchor.objects.bulk_create(SearchAnchor(pattern=pattern, term=term) for term in sorted(terms))
    return pattern


def plan_of_pattern(pattern):
    """What `search.find` would ask. Two whole numbers for the year are its first and last, texts are single years."""
    filters = dict(pattern.filters)
    if filters.get("year") and isinstance(filters["year"][0], int):
        filters["year"] = tuple(filters["year"])
    return plan_of(pattern.text, filters, MODELS)


@transaction.atomic
def change_search(search, *, name, frequency):
    """Give a saved search another name or rhythm; what already waits is told in the new one."""
    search = SavedSearch.objects.select_for_update().get(pk=search.pk)
    search.name, search.frequency = name, frequency
    search.save(update_fields=["name", "frequency"])
    waiting = SearchMatch.objects.filter(search=search, told_at=None)
    if frequency == Frequency.OFF:
        waiting.delete()
    else:
        waiting.update(due_at=due_at(frequency, preference_of(search.member), timezone.now()))
    return search


def stop_search(search):
    """Tell nothing more of a saved search; it stays in the member's list."""
    return change_search(search, name=search.name, frequency=Frequency.OFF)


@transaction.atomic
def remove_search(search):
    """Forget a saved search and what was told of it."""
    retract(SAVED_SEARCHES, about=search)
    search.delete()


@transaction.atomic
def forget_unused_patterns():
    """Drop the questions that no saved search asks any more. Returns how many."""
    unused = SearchPattern.objects.filter(searches=None)
    held = SearchPattern.objects.select_for_update().filter(pk__in=list(unused.values_list("pk", flat=True)))
    keys = list(held.values_list("pk", flat=True))
    return (
        SearchPattern.objects.filter(pk__in=keys, searches=None).delete()[1].get("resources.SearchPattern", 0)
    )


def due_at(frequency, preference, now):
    """When a match found now is told: at once, or when the member's next digest of that rhythm arrives."""
    if frequency == Frequency.NOW:
        return now
    days = {}
    if frequency == Frequency.WEEKLY:
        days = {"weekday": preference.digest_weekday}
    elif frequency == Frequency.MONTHLY:
        days = {"day_of_month": FIRST_OF_MONTH}
    return next_digest(preference, now, **days)
