"""Files that only one person, or staff, may open."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from kit.ranges import send_file


def send_private(request, stored, **about):
    """Send a stored file; 404 where its content is gone, 503 where the storage is away."""
    try:
        return send_file(request, stored, size=stored.size, **about)
    except FileNotFoundError as error:
        raise Http404(_("The file is missing.")) from error
    except OSError:
        text = _("The files cannot be reached just now. Try again in a few minutes.")
        return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
