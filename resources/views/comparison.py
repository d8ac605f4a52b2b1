from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kit.text import one_line
from resources import queries
from resources.models import Kind
from resources.reading import comparing
from search.find import find
from search.results import SearchUnavailable

OFFERED = 8


@require_safe
def comparison(request):
    """Up to four programmes side by side, and a search for one more."""
    asked = [slug for typed in request.GET.getlist("programme")[:20] if (slug := one_line(typed, 100)[0])]
    programmes = comparing.programmes_of(asked)
    slugs = [resource.slug for resource in programmes]
    typed = one_line(request.GET.get("q", ""), 200)[0]
    is_full = len(programmes) == comparing.MOST
    offers, notice = ([], "") if is_full else offered(typed, slugs)
    context = {
        "columns": [
            (resource, comparing.address([s for s in slugs if s != resource.slug])) for resource in programmes
        ],
        "lines": [
            (question, list(zip([resource.title for resource in programmes], cells, strict=True)))
            for question, cells in comparing.compare(programmes)
        ],
        "trail": [(_("Library"), reverse("library"))],
        "slugs": slugs,
        "typed": typed,
        "offers": [
            (row, comparing.address([*slugs, row.url.rstrip("/").rpartition("/")[2]])) for row in offers
        ],
        "notice": notice,
        "is_full": is_full,
        "is_cut": len(set(asked)) > comparing.MOST,
        "missing": sorted(set(asked[: comparing.MOST]) - set(slugs)),
        "most": comparing.MOST,
    }
    return render(request, "resources/comparison.html", context)


def offered(typed, slugs):
    """Rows of programmes that answer to the words, without those already there, and what to say if there are none."""
    if not typed:
        return [], ""
    language = get_language()
    try:
        found = find(
            typed,
            filters={"kind": [Kind.PROGRAMME]},
            per_page=OFFERED + len(slugs),
            language=language,
            highlight=False,
        )
    except SearchUnavailable:
        return [], _(
            "The search is out of order for the moment. Open a programme's page and compare from there."
        )
    rows = [
        row
        for row in queries.rows(found.hits, language)
        if row.url.rstrip("/").rpartition("/")[2] not in slugs
    ]
    return rows[:OFFERED], "" if rows else _(
        "No programme answers to these words. Try its name, or its country."
    )
