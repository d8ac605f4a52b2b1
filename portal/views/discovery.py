from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.sitemaps import sections


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap_index(request):
    return sitemap_views.index(request, sitemaps=sections(), sitemap_url_name="sitemap")


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request, section):
    return sitemap_views.sitemap(request, sitemaps=sections(), section=section)


@require_safe
@cache_control(public=True, max_age=86400)
def opensearch(request):
    """How a browser adds this site to its search engines (OpenSearch 1.1)."""
    return render(
        request,
        "portal/opensearch.xml",
        {"name": settings.SITE_NAME, "site": settings.SITE_URL},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )
