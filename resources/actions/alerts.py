"""From a published resource to the members whose saved searches it answers: matched at once, told in their rhythm."""

from datetime import datetime, time

from django.db import connection, transaction
from django.utils import timezone

from kit.dates import zone
from notifications.actions import notify
from notifications.queries import preference_of, preferences_of
from resources.actions.keeping import due_at, plan_of_pattern
from resources.models import Resource, SavedSearch, SearchAnchor, SearchMatch, SearchPattern
from resources.verbs import SAVED_SEARCHES
from search.backends.base import index_of
from search.percolate import Single

ASKED_AT_ONCE = 900  # terms in a statement; SQLite takes 999
WRITTEN_AT_ONCE = 500
SHOWN = 10


@transaction.atomic
def match_saved_searches(resource_id):
    """Queue what was published with each saved search it answers to. Returns how many, again: none."""
    count = 0
    for document in index_of("resources.resource").documents([resource_id]):
        work = Resource.objects.values_list("work", flat=True).get(pk=document.pk)
        count += queue(work, answered(Single(document)))
    return count


def answered(single):
    """Keys of the patterns a document answers to: candidates by their anchors, then asked one by one."""
    patterns = SearchPattern.objects.filter(pk__in=candidates(single.terms()))
    return [pattern.pk for pattern in patterns if single.answers(plan_of_pattern(pattern))]


def candidates(terms):
    """Keys of the patterns anchored in any of these terms; the cost is that of the terms, whatever is stored."""
    terms, found = sorted(terms), set()
    for start in range(0, len(terms), ASKED_AT_ONCE):
        asked = terms[start : start + ASKED_AT_ONCE]
        # Always the same number, so that a server that prepares statements prepares one.
        asked += asked[-1:] * (ASKED_AT_ONCE - len(asked))
        found.update(SearchAnchor.objects.filter(term__in=asked).values_list("pattern", flat=True))
    return found


def queue(work, patterns):
    """A row for each saved search of these patterns that tells; known ones are left as they are."""
    before = SearchMatch.objects.filter(work=work).count()
    for start in range(0, len(patterns), WRITTEN_AT_ONCE):
        searches = list(
            SavedSearch.objects.filter(pattern__in=patterns[start : start + WRITTEN_AT_ONCE])
            .exclude(frequency=SavedSearch.Frequency.OFF)
            .select_related("member__country")
        )
        now, preferences = timezone.now(), preferences_of([search.member for search in searches])
        SearchMatch.objects.bulk_create(
            (
                SearchMatch(
                    search=search,
                    work_id=work,
                    matched_at=now,
                    due_at=due_at(search.frequency, preferences[search.member_id], now),
                )
                for search in searches
            ),
            batch_size=WRITTEN_AT_ONCE,
            ignore_conflicts=True,
        )
    return SearchMatch.objects.filter(work=work).count() - before


def members_to_tell(now):
    """Keys of the members for whom a match is due."""
    due = SearchMatch.objects.filter(told_at=None, due_at__lte=now)
    return list(due.order_by().values_list("search__member", flat=True).distinct())


@transaction.atomic
def tell_matches(member):
    """Tell a member all that is due, in one mail: each work once a day, under the first of their searches it answers.

    What is no longer published is left out, and a search without anything new is not mentioned.
    """
    now = timezone.now()
    due = list(locked(SearchMatch.objects.filter(search__member=member, told_at=None, due_at__lte=now)))
    works = [match.work_id for match in due]
    standing = set(Resource.objects.published().filter(work__in=works).values_list("work", flat=True))
    said = told_today(member, now)
    by_search = {}
    for match in sorted(due, key=lambda match: (match.search_id, -match.pk)):
        if match.work_id in standing and match.work_id not in said:
            said.add(match.work_id)
            by_search.setdefault(match.search, []).append(match.work_id)
    for search, found in by_search.items():
        notify(
            member,
            SAVED_SEARCHES,
            about=search,
            bundle=f"searches:{now.isoformat()}",
            works=found[:SHOWN],
            total=len(found),
        )
    SearchMatch.objects.filter(pk__in=[match.pk for match in due]).update(told_at=now)
    return len(by_search)


def locked(matches):
    """The rows with their searches, so that two workers never tell the same."""
    rows = matches.select_related("search")
    of = {"of": ("self",)} if connection.features.has_select_for_update_of else {}
    return rows.select_for_update(**of)


def told_today(member, now):
    """Works the member was told of since midnight in their zone."""
    own_zone = zone(preference_of(member).time_zone)
    midnight = datetime.combine(now.astimezone(own_zone).date(), time(), tzinfo=own_zone)
    told = SearchMatch.objects.filter(search__member=member, told_at__gte=midnight)
    return set(told.values_list("work", flat=True))
