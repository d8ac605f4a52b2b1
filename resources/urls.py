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
    path("desk/", views.desk, name="desk"),
    path("desk/autosave/", views.desk_autosave, name="desk_autosave"),
    path("desk/guidance/", views.desk_guidance, name="desk_guidance"),
    path("desk/new/<str:kind>/", views.desk_new, name="desk_new"),
    path("desk/new/<str:kind>/unsaved/", views.desk_autosave_removal, name="desk_new_unsaved"),
    path("desk/<int:pk>/", views.desk_edit, name="desk_edit"),
    path("desk/<int:pk>/unsaved/<str:kind>/", views.desk_autosave_removal, name="desk_unsaved"),
    path("desk/<int:pk>/withdrawal/", views.desk_withdrawal, name="desk_withdrawal"),
    path("desk/<int:pk>/publication/", views.desk_publication, name="desk_publication"),
    path("desk/<int:pk>/history/", views.desk_history, name="desk_history"),
    path("desk/<int:pk>/history/<int:number>/", views.desk_revision, name="desk_revision"),
    path("desk/<int:pk>/files/", views.desk_files, name="desk_files"),
    path("desk/<int:pk>/files/<int:file>/removal/", views.desk_file_removal, name="desk_file_removal"),
    path("<str:kind>/<str:slug>/", views.resource, name="resource"),
    path("<str:kind>/<str:slug>/citation/", views.citation, name="citation"),
    path("<str:kind>/<str:slug>/citation/<str:form>/", views.citation_file, name="citation_file"),
    path("<str:kind>/<str:slug>/linkset/", views.resource_linkset, name="resource_linkset"),
    path("<str:kind>/<str:slug>/files/<int:pk>/", views.resource_file, name="resource_file"),
]
