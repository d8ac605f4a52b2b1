from django.urls import path

from resources import views

urlpatterns = [
    path("", views.collection_list, name="collection_list"),
    path("<slug:slug>/", views.collection, name="collection"),
    path("<slug:slug>/feed/", views.collection_feed, name="collection_feed"),
]
