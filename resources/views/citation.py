from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kit.budget import address_of, spend
from kit.context import member_of
from resources.citations.files import FORMAT_NAMES, FORMATS
from resources.citations.styles import STYLES, cited
from resources.forms import read_search
from resources.models import Resource
from resources.queries.citing import citation_items
from resources.views.library import run, too_many

EXPORT_LIMIT = 1000


@require_safe
def citation(request, kind, slug):
    """One resource cited in four styles, and as a file."""
    resource = get_object_or_404(Resource.objects.published(), kind=kind, slug=slug)
    item = citation_items([resource.pk])[0]
    context = {
        "resource": resource,
        "trail": [
            (_("Library"), reverse("library")),
            (resource.get_kind_display(), resource.get_absolute_url()),
        ],
        "styles": [(name, label, cited(item, name)) for name, (label, _style) in STYLES.items()],
        "files": [
            (label, reverse("citation_file", args=[kind, slug, form])) for form, label in FORMAT_NAMES.items()
        ],
    }
    return render(request, "resources/citation.html", context)


@require_safe
def citation_file(request, kind, slug, form):
    resource = get_object_or_404(Resource.objects.published(), kind=kind, slug=slug)
    return as_file(citation_items([resource.pk]), form, name=f"{kind}-{resource.pk}")


@require_safe
def library_export(request, form):
    """The first thousand hits of any search as one file."""
    if form not in FORMATS:
        raise Http404
    search = read_search(request.GET)
    who = member_of(request)
    if seconds := spend("export", who.pk if who else address_of(request), settings.EXPORT_BUDGET):
        return too_many(request, search, seconds)
    results, _is_available = run(search.at(1), get_language(), per_page=EXPORT_LIMIT)
    answer = as_file(citation_items([int(hit.pk) for hit in results.hits]), form, name="library")
    answer["X-Robots-Tag"] = "noindex"
    return answer


def as_file(items, form, *, name):
    if form not in FORMATS:
        raise Http404
    write, content_type, ending = FORMATS[form]
    answer = HttpResponse(write(items), content_type=f"{content_type}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer
