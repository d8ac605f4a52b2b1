"""Usage: the counts of a log are added once."""

from collections import Counter, defaultdict

from django.db import transaction

from resources.models import COUNTS, ItemUsage, Resource, Status, UsageLog
from vocabularies.models import Country

CHUNK = 500


@transaction.atomic
def add_usage(name, month, counts, *, lines, counted):
    """Add the counts of a log to those of its month; a log that was added before changes nothing. Returns whether it did.

    counts: {(kind, slug, two letters of the country): Counter of COUNTS}; items that are gone are left out.
    """
    _log, is_new = UsageLog.objects.get_or_create(name=name, defaults={"lines": lines, "counted": counted})
    if not is_new:
        return False
    iso3 = dict(Country.objects.values_list("iso2", "iso3"))
    keys = keys_of({(kind, slug) for kind, slug, _country in counts})
    totals = defaultdict(Counter)
    for (kind, slug, country), numbers in counts.items():
        if (kind, slug) in keys:
            totals[keys[kind, slug], iso3.get(country.upper(), "")].update(numbers)
    known = {}
    for chunk in chunks(sorted({pk for pk, _country in totals})):
        for row in ItemUsage.objects.select_for_update().filter(month=month, resource__in=chunk):
            known[row.resource_id, row.country] = row
    fresh = []
    for (pk, country), numbers in totals.items():
        row = known.get((pk, country))
        if row is None:
            row = ItemUsage(resource_id=pk, month=month, country=country)
            fresh.append(row)
        for count in COUNTS:
            setattr(row, count, getattr(row, count) + numbers[count])
    ItemUsage.objects.bulk_create(fresh, batch_size=CHUNK)
    ItemUsage.objects.bulk_update(known.values(), COUNTS, batch_size=100)
    return True


def keys_of(items):
    """{(kind, slug): key} of the items that are or were public."""
    found = {}
    for chunk in chunks(sorted({slug for _kind, slug in items})):
        rows = Resource.objects.filter(slug__in=chunk, status__in=[Status.PUBLISHED, Status.WITHDRAWN])
        found |= {(kind, slug): pk for pk, kind, slug in rows.values_list("pk", "kind", "slug")}
    return found


def chunks(values):
    return [values[start : start + CHUNK] for start in range(0, len(values), CHUNK)]
