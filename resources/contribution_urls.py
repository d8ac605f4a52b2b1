"""The addresses of contributions and of their review; they stand under the library's."""

from django.urls import path

from resources.views import contribution, contribution_files, queue, rights, submission

urlpatterns = [
    path("contribute/", contribution.contribution_start, name="contribution_start"),
    path("contribute/autosave/", contribution.contribution_autosave, name="contribution_autosave"),
    path("contribute/from/<int:pk>/", contribution.contribution_copy, name="contribution_copy"),
    path("contribute/blocked/<int:pk>/", submission.contribution_block, name="contribution_block"),
    path("contribute/<int:pk>/", contribution.contribution_edit, name="contribution_edit"),
    path("contribute/<int:pk>/matches/", contribution.contribution_matches, name="contribution_matches"),
    path("contribute/<int:pk>/unsaved/", contribution.contribution_unsaved, name="contribution_unsaved"),
    path("contribute/<int:pk>/files/", contribution_files.contribution_files, name="contribution_files"),
    path(
        "contribute/<int:pk>/files/<int:file>/removal/",
        contribution_files.contribution_file_removal,
        name="contribution_file_removal",
    ),
    path("contribute/<int:pk>/deletion/", submission.contribution_deletion, name="contribution_deletion"),
    path("contributions/", submission.contributions, name="contributions"),
    path("contributions/<int:pk>/", submission.submission, name="submission"),
    path(
        "contributions/<int:pk>/handing-in/", submission.submission_handing_in, name="submission_handing_in"
    ),
    path(
        "contributions/<int:pk>/retraction/", submission.submission_retraction, name="submission_retraction"
    ),
    path("contributions/<int:pk>/appeal/", submission.submission_appeal, name="submission_appeal"),
    path("contributions/<int:pk>/messages/", submission.submission_messages, name="submission_messages"),
    path("desk/queue/", queue.desk_queue, name="desk_queue"),
    path("desk/queue/decisions/", queue.desk_queue_decisions, name="desk_queue_decisions"),
    path("desk/<int:pk>/review/", queue.desk_review, name="desk_review"),
    path("desk/<int:pk>/review/claim/", queue.desk_claim, name="desk_claim"),
    path("desk/<int:pk>/review/messages/", queue.desk_messages, name="desk_messages"),
    path("desk/rights/", rights.desk_rights, name="desk_rights"),
    path("desk/rights/<int:pk>/removal/", rights.desk_right_removal, name="desk_right_removal"),
    path("desk/rights/appeals/<int:pk>/", rights.desk_right_appeal, name="desk_right_appeal"),
]
