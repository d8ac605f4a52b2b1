"""What a visitor chooses for this browser. It lives in a cookie, so no account and no session is needed."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponseForbidden
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from kit.context import THEMES

YEAR = 60 * 60 * 24 * 365


@csrf_exempt
def appearance(request):
    """Light, dark, or as the device says.

    No CSRF token, so that pages with this form can be shared between visitors; a request from another site is
    refused by where it says it comes from, and all it could change is a colour.
    """
    if request.method != "POST":
        return render(request, "portal/appearance.html")
    if not is_same_origin(request):
        return HttpResponseForbidden(
            _("The form was sent from another site."), content_type="text/plain; charset=utf-8"
        )
    back = redirect(came_from(request))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        back.set_cookie("theme", theme, max_age=YEAR, samesite="Lax", secure=settings.HTTPS)
    else:
        back.delete_cookie("theme", samesite="Lax")
    return back


def is_same_origin(request):
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host()


def came_from(request):
    """The page of this site the form was on, else the home page."""
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(
        referer, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        address = urlsplit(referer)
        return f"{address.path}?{address.query}" if address.query else address.path
    return reverse("home")
