"""Every address of the site. English has no prefix; other languages stand under /fr/, /ar/ and so on."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from portal import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", views.sitemap, name="sitemap"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
    path("preferences/appearance/", views.appearance, name="appearance"),
    path("style/", views.style, name="style"),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("search/", views.search, name="search"),
        path("countries/", views.country_list, name="country_list"),
        path("countries/countries.csv", views.country_numbers, name="country_numbers"),
        path("countries/compare/", views.country_comparison, name="country_comparison"),
        path("countries/<str:iso3>/", views.country, name="country"),
        path("countries/<str:iso3>/indicators.csv", views.country_indicators, name="country_indicators"),
        path("topics/", views.topic_list, name="topic_list"),
        path("topics/<slug:slug>/", views.topic, name="topic"),
        path("library/", include("resources.urls")),
        path("collections/", include("resources.collection_urls")),
        path("", include("members.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.server_error"
