"""The vocabularies in the API."""

from django.urls import path

from vocabularies import api

urlpatterns = [
    path("countries/", api.Countries.as_view(), name="api_countries"),
    path("languages/", api.Languages.as_view(), name="api_languages"),
    path("topics/", api.Topics.as_view(), name="api_topics"),
    path("organisations/", api.Organisations.as_view(), name="api_organisations"),
]
