from django.urls import path

from resources import views

urlpatterns = [
    path("", views.library, name="library"),
    path("feed/", views.library_feed, name="library_feed"),
    path("suggestions/", views.library_suggestions, name="library_suggestions"),
    path("compare/", views.comparison, name="comparison"),
    path("export/<str:form>/", views.library_export, name="library_export"),
    path("<str:kind>/<str:slug>/", views.resource, name="resource"),
    path("<str:kind>/<str:slug>/citation/", views.citation, name="citation"),
    path("<str:kind>/<str:slug>/citation/<str:form>/", views.citation_file, name="citation_file"),
    path("<str:kind>/<str:slug>/linkset/", views.resource_linkset, name="resource_linkset"),
    path("<str:kind>/<str:slug>/files/<int:pk>/", views.resource_file, name="resource_file"),
]
