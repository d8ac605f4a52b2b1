from django.urls import path

from resources import views

urlpatterns = [
    path("", views.library, name="library"),
    path("podcast.xml", views.podcast, name="podcast"),
    path("feed/", views.library_feed, name="library_feed"),
    path("suggestions/", views.library_suggestions, name="library_suggestions"),
    path("compare/", views.comparison, name="comparison"),
    path("export/<str:form>/", views.library_export, name="library_export"),
    path("desk/collections/", views.collection_desk, name="collection_desk"),
    path("desk/collections/new/", views.collection_new, name="collection_new"),
    path("desk/collections/<int:pk>/", views.collection_edit, name="collection_edit"),
    path(
        "desk/collections/<int:pk>/publication/", views.collection_publication, name="collection_publication"
    ),
    path("desk/collections/<int:pk>/items/", views.collection_items, name="collection_items"),
    path(
        "desk/collections/<int:pk>/items/<int:item>/comment/",
        views.collection_item_comment,
        name="collection_item_comment",
    ),
    path(
        "desk/collections/<int:pk>/items/<int:item>/place/",
        views.collection_item_place,
        name="collection_item_place",
    ),
    path(
        "desk/collections/<int:pk>/items/<int:item>/removal/",
        views.collection_item_removal,
        name="collection_item_removal",
    ),
    path("desk/tagging/", views.tagging, name="tagging"),
    path("desk/tagging/<int:pk>/", views.tagging_job, name="tagging_job"),
    path("desk/tagging/<int:pk>/end/", views.tagging_end, name="tagging_end"),
    path("<str:kind>/<str:slug>/", views.resource, name="resource"),
    path("<str:kind>/<str:slug>/citation/", views.citation, name="citation"),
    path("<str:kind>/<str:slug>/citation/<str:form>/", views.citation_file, name="citation_file"),
    path("<str:kind>/<str:slug>/linkset/", views.resource_linkset, name="resource_linkset"),
    path("<str:kind>/<str:slug>/files/<int:pk>/", views.resource_file, name="resource_file"),
]
