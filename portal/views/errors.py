"""Pages for requests that cannot be answered. The one for 500 uses neither the database nor a context."""

from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template import loader

from kit.rest.problems import MEDIA_TYPE, internal_error
from kit.text import one_line


def bad_request(request, exception=None):
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        limits = {
            "size": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
            "fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        }
        return render(request, "errors/413.html", limits, status=413)
    return render(request, "errors/400.html", status=400)


def forbidden(request, exception=None):
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request, exception=None):
    """Offers a search for the words of the address."""
    words = unquote(request.path).replace("-", " ").replace("_", " ").replace("/", " ").removesuffix(".html")
    return render(request, "errors/404.html", {"words": one_line(words, 100)[0]}, status=404)


def server_error(request):
    if request.path.startswith("/api/"):
        return JsonResponse(internal_error(), status=500, content_type=MEDIA_TYPE)
    return HttpResponseServerError(loader.get_template("500.html").render())
