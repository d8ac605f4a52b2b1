from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from resources.queries import FACETS


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request):
    """Crawlers read every item page and the plain lists; the endless combinations of filters they leave alone."""
    closed = [
        reverse("admin:index"),
        reverse("style"),
        reverse("appearance"),
        reverse("sign_in"),
        reverse("readyz"),
    ]
    lines = ["User-agent: *"]
    lines += [f"Disallow: {path}" for path in closed]
    lines += [f"Disallow: /{code}{reverse('sign_in')}" for code, _name in settings.LANGUAGES[1:]]
    lines += [
        f"Disallow: /*{mark}{name}="
        for name in (*FACETS, "year_from", "year_to", "sort", "more", "q", "scope")
        for mark in ("?", "*&")
    ]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap_index')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
