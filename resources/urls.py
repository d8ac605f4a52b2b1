from django.urls import path

from resources import views

urlpatterns = [
    path("", views.library, name="library"),
    path("feed/", views.library_feed, name="library_feed"),
    path("suggestions/", views.library_suggestions, name="library_suggestions"),
    path("compare/", views.comparison, name="comparison"),
    path("export/<str:form>/", views.library_export, name="library_export"),
    path("bookmarks/", views.bookmark_list, name="bookmark_list"),
    path("saved/", views.saved_search_list, name="saved_search_list"),
    path("saved/new/", views.saved_search_new, name="saved_search_new"),
    path("saved/stop/<str:token>/", views.saved_search_stop, name="saved_search_stop"),
    path("saved/<int:pk>/", views.saved_search_edit, name="saved_search_edit"),
    path("saved/<int:pk>/removal/", views.saved_search_removal, name="saved_search_removal"),
    path("<str:kind>/<str:slug>/", views.resource, name="resource"),
    path("<str:kind>/<str:slug>/bookmark/", views.bookmark, name="bookmark"),
    path("<str:kind>/<str:slug>/bookmark/removal/", views.bookmark_removal, name="bookmark_removal"),
    path("<str:kind>/<str:slug>/citation/", views.citation, name="citation"),
    path("<str:kind>/<str:slug>/citation/<str:form>/", views.citation_file, name="citation_file"),
    path("<str:kind>/<str:slug>/linkset/", views.resource_linkset, name="resource_linkset"),
    path("<str:kind>/<str:slug>/files/<int:pk>/", views.resource_file, name="resource_file"),
]
