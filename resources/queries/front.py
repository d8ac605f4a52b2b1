"""What the front page shows of the library."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from kit.numbers import grouped
from kit.remember import remembered
from resources.models import Event, Job, Kind, Resource, Status
from resources.queries.browse import counts_by_kind
from resources.queries.kinds import KIND_LOOKS
from resources.queries.rows import Row, rows

FRONT_SECONDS = 60
SHOWN = 3
COLUMNS = (
    (Kind.PUBLICATION,),
    (Kind.LAW,),
    (Kind.PROGRAMME,),
    (Kind.NEWS, Kind.BLOG),
    (Kind.MULTIMEDIA,),
    (Kind.JOB,),
    (Kind.DATABASE,),
)


@dataclass(slots=True)
class Column:
    """The newest of one kind (or of two close ones)."""

    kinds: tuple[str, ...]
    count: int
    rows: list[Row]

    @property
    def look(self):
        return KIND_LOOKS[self.kinds[0]]

    @property
    def count_shown(self):
        return grouped(self.count)

    @property
    def names(self):
        return [KIND_LOOKS[kind].plural for kind in self.kinds]


@remembered(seconds=FRONT_SECONDS)
def newest_keys(today):
    """The keys of the newest resources of each column; of jobs those still open."""
    found = {}
    for kinds in COLUMNS:
        shown = Resource.objects.published().filter(kind__in=kinds)
        if kinds == (Kind.JOB,):
            shown = shown.filter(Q(job__closes_on=None) | Q(job__closes_on__gte=today))
        found[kinds] = list(shown.newest_first().values_list("pk", flat=True)[:SHOWN])
    return found


@remembered(seconds=FRONT_SECONDS)
def open_jobs(today):
    """How many published jobs can still be applied for."""
    open_ones = Q(closes_on=None) | Q(closes_on__gte=today)
    return Job.objects.filter(open_ones, resource__status=Status.PUBLISHED).count()


def newest_by_kind(language):
    """A Column for each kind that has something to show; one query for all rows."""
    today = timezone.localdate()
    keys, counts = newest_keys(today), counts_by_kind()
    found = {row.pk: row for row in rows([Resource(pk=pk) for pks in keys.values() for pk in pks], language)}
    columns = [
        Column(
            kinds,
            open_jobs(today) if kinds == (Kind.JOB,) else sum(counts.get(kind, 0) for kind in kinds),
            [found[pk] for pk in pks if pk in found],
        )
        for kinds, pks in keys.items()
    ]
    return [column for column in columns if column.rows]


def upcoming_events(limit, today: date | None = None):
    """Published events that are not over, the nearest first, each with its resource."""
    today = today or timezone.localdate()
    return list(
        Event.objects.filter(resource__status=Status.PUBLISHED)
        .filter(Q(ends_on__gte=today) | Q(ends_on=None, starts_on__gte=today))
        .select_related("resource")
        .only(
            "starts_on",
            "ends_on",
            "place",
            "mode",
            "resource__kind",
            "resource__slug",
            "resource__title",
            "resource__language_id",
        )
        .order_by("starts_on", "pk")[:limit]
    )
