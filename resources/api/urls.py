from django.urls import path

from resources.api import resources, search

urlpatterns = [
    path("resources/", resources.Resources.as_view(), name="api_resources"),
    path("resources/<int:pk>/", resources.OneResource.as_view(), name="api_resource"),
    path("resources/<int:pk>/submission/", resources.Submission.as_view(), name="api_submission"),
    path("resources/<int:pk>/publication/", resources.Publication.as_view(), name="api_publication"),
    path("resources/<int:pk>/withdrawal/", resources.Withdrawal.as_view(), name="api_withdrawal"),
    path("search/", search.Search.as_view(), name="api_search"),
]
