"""Usage counts on the staff desk."""

from datetime import date

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kit import access
from kit.csvs import csv_file
from resources import rules
from resources.models import COUNTS, Resource
from resources.queries import usage as queries


def chosen_month(request, known):
    """The month of the address, else the newest there is; None where nothing was counted yet."""
    try:
        month = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        month = None
    return month if month in known else next(iter(known), None)


@access.desk(rules.can_see_usage)
@require_safe
def usage(request):
    """What was looked at and taken in a month, and from where."""
    known = queries.months()
    month = chosen_month(request, known)
    context = {"months": known, "month": month, "trail": [(_("Staff desk"), reverse("desk"))]}
    if month:
        context |= queries.usage_of(month, get_language())
    return render(request, "resources/usage/usage.html", context)


@access.desk(rules.can_see_usage)
@require_safe
def usage_report(request):
    """Every item of a month with its numbers, as a table."""
    month = chosen_month(request, queries.months())
    rows = queries.items_of(month).iterator(2000) if month else ()
    return csv_file(
        f"usage-{month:%Y-%m}.csv" if month else "usage.csv",
        ["kind", "slug", "title", *COUNTS],
        (
            [
                row["resource__kind"],
                row["resource__slug"],
                row["resource__title"],
                *(row[f"sum_{n}"] for n in COUNTS),
            ]
            for row in rows
        ),
    )


@access.desk(rules.can_see_usage)
@require_safe
def usage_item(request, pk):
    """What was looked at and taken of one item, by month and by country."""
    resource = get_object_or_404(Resource.objects.only("kind", "slug", "title", "language"), pk=pk)
    trail = [(_("Staff desk"), reverse("desk")), (_("Usage"), reverse("usage"))]
    context = {"resource": resource, "trail": trail, **queries.usage_of_item(resource, get_language())}
    return render(request, "resources/usage/item.html", context)
