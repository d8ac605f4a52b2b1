"""How the library is used, for its staff."""

from django.db.models import Sum

from resources.models import COUNTS, ItemUsage
from vocabularies.queries import labels

TOP = 50


def months():
    """The months there are counts of, the newest first."""
    return list(ItemUsage.objects.order_by("-month").values_list("month", flat=True).distinct())


def totals(rows):
    return {name: number or 0 for name, number in rows.aggregate(**{n: Sum(n) for n in COUNTS}).items()}


def usage_of(month, language):
    """The numbers of a month: of all, of the items used most, and by country."""
    rows = ItemUsage.objects.filter(month=month)
    return {"totals": totals(rows), "items": items_of(month)[:TOP], "countries": by_country(rows, language)}


def items_of(month):
    """The items of a month with their numbers, those looked at most first."""
    rows = ItemUsage.objects.filter(month=month).values(
        "resource", "resource__title", "resource__kind", "resource__slug", "resource__language"
    )
    return rows.annotate(**{f"sum_{name}": Sum(name) for name in COUNTS}).order_by(
        "-sum_unique_investigations", "-sum_investigations", "resource"
    )


def by_country(rows, language):
    """(name of the country or "", numbers) pairs, most uses first."""
    found = rows.values("country").annotate(**{f"sum_{name}": Sum(name) for name in COUNTS})
    found = list(found.order_by("-sum_unique_investigations", "country"))
    names = labels("country", [row["country"] for row in found if row["country"]], language)
    return [(str(names.get(row["country"], "")), row) for row in found]


def usage_of_item(resource, language):
    """The numbers of one item: of all time, by month, by country."""
    rows = ItemUsage.objects.filter(resource=resource)
    by_month = rows.values("month").annotate(**{f"sum_{name}": Sum(name) for name in COUNTS})
    return {
        "totals": totals(rows),
        "months": list(by_month.order_by("-month")),
        "countries": by_country(rows, language),
    }
