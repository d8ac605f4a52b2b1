"""Version 1 of the API: what the rooms offer, and its description."""

from django.urls import include, path, re_path

from kit.rest.endpoints import NoEndpoint
from portal import views

urlpatterns = [
    path("", include("resources.api.urls")),
    path("", include("vocabularies.urls")),
    path("openapi.json", views.api_description, name="api_description"),
    re_path(r"", NoEndpoint.as_view(), name="api_nothing"),
]
