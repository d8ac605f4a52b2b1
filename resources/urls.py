from django.urls import path

from resources import views

urlpatterns = [
    path("", views.library, name="library"),
    path("feed/", views.library_feed, name="library_feed"),
    path("suggestions/", views.library_suggestions, name="library_suggestions"),
    path("<str:kind>/<str:slug>/", views.resource, name="resource"),
]
