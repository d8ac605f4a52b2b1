from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kit.context import member_of
from resources import reading
from resources.models import Kind, ResourceFile

PROFILES = (Kind.PROGRAMME, Kind.LAW)


@require_safe
def resource(request, kind, slug):
    """A resource, the tombstone of a withdrawn one (410), or the way to its right address."""
    visitor = member_of(request) or AnonymousUser()
    found = reading.find(visitor, kind, slug)
    if found is None:
        address = reading.right_address(visitor, kind, slug)
        if address is None:
            raise Http404(_("There is no resource at this address."))
        return redirect(address, permanent=True)
    if found.is_withdrawn:
        return render(request, "resources/withdrawn.html", reading.tombstone(found), status=410)
    if found.kind == Kind.COUNTRY:
        return redirect("country", found.countryprofile.country_id.lower(), permanent=found.is_published)
    template = "resources/profile.html" if found.kind in PROFILES else "resources/resource.html"
    return render(request, template, reading.page(found))


@require_safe
def resource_file(request, kind, slug, pk):
    """A file of a resource one may see. It is offered for saving; only sound and moving pictures play in the page."""
    visitor = member_of(request) or AnonymousUser()
    found = reading.find(visitor, kind, slug)
    if found is None or found.is_withdrawn:
        raise Http404(_("There is no file at this address."))
    file = get_object_or_404(ResourceFile, pk=pk, resource=found)
    try:
        content = file.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("The file is missing.")) from error
    plays = file.media_type.startswith(("audio/", "video/"))
    return FileResponse(
        content,
        as_attachment=not plays,
        filename=file.file.name.rpartition("/")[2],
        content_type=file.media_type,
    )
