from django.contrib.auth.models import AnonymousUser
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kit.context import member_of
from kit.ranges import send_file
from kit.storage import StorageUnavailable
from resources import reading
from resources.citations.files import FORMATS
from resources.models import Kind, ResourceFile
from resources.queries.keeping import is_bookmarked
from resources.views.citation import citation_file

PROFILES = (Kind.PROGRAMME, Kind.LAW)
LINKED_DATA = "application/ld+json"
MEDIA_TYPES = {media_type: form for form, (_write, media_type, _ending) in FORMATS.items()}


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
    asked = asked_type(request) if found.is_published else None
    if asked in MEDIA_TYPES:
        return with_accept(citation_file(request, kind, slug, MEDIA_TYPES[asked]))
    context = reading.page(found)
    if asked == LINKED_DATA:
        return with_accept(JsonResponse(context["linked_data"], content_type=LINKED_DATA))
    if member := member_of(request):
        context["is_bookmarked"] = is_bookmarked(member, found)
    template = "resources/profile.html" if found.kind in PROFILES else "resources/resource.html"
    answer = render(request, template, context)
    if found.is_published:
        answer["Link"] = reading.link_header(context["signposts"], context["canonical"])
    return with_accept(answer)


def asked_type(request):
    """The media type that a program prefers to a page (`Accept`, with its weights), or None; browsers get the page."""
    accept = request.headers.get("Accept", "*/*")
    if accept == "*/*" or accept.startswith("text/html,"):
        return None
    preferred = request.get_preferred_type(["text/html", *MEDIA_TYPES, LINKED_DATA])
    return None if preferred == "text/html" else preferred


def with_accept(answer):
    patch_vary_headers(answer, ["Accept"])
    return answer


@require_safe
def resource_linkset(request, kind, slug):
    """The typed links of a resource as a document."""
    found = reading.find(member_of(request) or AnonymousUser(), kind, slug)
    if found is None or not found.is_published or found.kind == Kind.COUNTRY:
        raise Http404(_("There is no resource at this address."))
    context = reading.page(found)
    return JsonResponse(
        reading.linkset(context["signposts"], context["canonical"]), content_type=reading.LINKSET_TYPE
    )


@require_safe
def resource_file(request, kind, slug, pk, name=""):
    """A file of a resource one may see, with or without its name in the address.

    It is offered for saving; only sound and moving pictures play in the page.
    """
    file = readable_file(request, kind, slug, pk)
    if name not in ("", file.file.name.rpartition("/")[2]):
        raise Http404(_("There is no file at this address."))
    return send(
        request,
        file,
        file.file,
        media_type=file.media_type,
        etag=file.sha256,
        inline=file.media_type.startswith(("audio/", "video/")),
    )


@require_safe
def resource_file_page(request, kind, slug, pk):
    """The first page of a file as a small picture."""
    file = readable_file(request, kind, slug, pk)
    if not file.thumbnail:
        raise Http404(_("There is no picture of this file."))
    return send(request, file, file.thumbnail, media_type="image/webp", etag=file.thumbnail.name, inline=True)


def readable_file(request, kind, slug, pk):
    found = reading.find(member_of(request) or AnonymousUser(), kind, slug)
    if found is None or found.is_withdrawn:
        raise Http404(_("There is no file at this address."))
    file = get_object_or_404(ResourceFile, pk=pk, resource=found)
    file.resource = found
    return file


def send(request, file, stored, *, media_type, etag, inline):
    """Send the content; say 404 where it is gone, and 503 where the storage is away."""
    try:
        return send_file(
            request,
            stored,
            name=stored.name.rpartition("/")[2],
            media_type=media_type,
            size=file.size if stored == file.file else stored.size,
            etag=etag,
            modified_at=file.added_at,
            inline=inline,
        )
    except FileNotFoundError as error:
        raise Http404(_("The file is missing.")) from error
    except StorageUnavailable:
        context = {"resource": file.resource, "file": file}
        return render(request, "resources/file_away.html", context, status=503)
