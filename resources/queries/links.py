"""How healthy the links of the library are."""

from dataclasses import dataclass

from django.db.models import Count, Max

from resources.models import LinkCheck

Outcome = LinkCheck.Outcome
SHOWN = ["trouble", *Outcome.values, "moved"]


@dataclass(frozen=True, slots=True)
class Health:
    """Numbers of the links of published resources. `share` is the share of healthy ones among those that could be told."""

    total: int
    outcomes: dict
    moved: int
    last: object

    @property
    def told(self):
        return sum(self.outcomes[one] for one in (Outcome.HEALTHY, Outcome.FAILING, Outcome.BROKEN))

    @property
    def share(self):
        return self.outcomes[Outcome.HEALTHY] / self.told if self.told else None


def link_health():
    """The numbers, in three queries."""
    checks = LinkCheck.objects.of_published()
    counts = dict(checks.order_by().values_list("outcome").annotate(Count("pk")))
    return Health(
        total=sum(counts.values()),
        outcomes={one: counts.get(one, 0) for one in Outcome.values},
        moved=checks.exclude(moved_to="").count(),
        last=checks.aggregate(last=Max("checked_at"))["last"],
    )


def listed_links(show):
    """The checks of one outcome, of those that moved, or all in trouble; the longest broken first."""
    checks = (
        LinkCheck.objects.of_published()
        .select_related("resource")
        .defer("resource__file_text", "resource__body")
    )
    if show == "moved":
        return checks.exclude(moved_to="").order_by("host", "pk")
    if show in Outcome.values:
        return checks.filter(outcome=show).order_by("failing_since", "pk")
    return checks.filter(outcome__in=[Outcome.BROKEN, Outcome.FAILING]).order_by("failing_since", "pk")
