"""What the library does when something happened to a resource."""

from django.db import transaction

from activity.registry import handles
from resources import actions
from resources.tasks import go_on_with, go_on_with_import, start_reading
from resources.verbs import ResourceVerb
from search import upkeep


@handles(
    ResourceVerb.PUBLISHED,
    ResourceVerb.EDITED,
    ResourceVerb.WITHDRAWN,
    ResourceVerb.FILE_READ,
    ResourceVerb.FILE_REMOVED,
)
def bring_to_the_index(activity):
    """What stands can be found, what was withdrawn cannot. A row that is gone by now is taken out by its key.

    An import brings its own rows to the index, thousands at once.
    """
    model = activity.subject_type.model_class()
    upkeep.request(model, [activity.subject_id])


@handles(ResourceVerb.FILE_ADDED)
def read_the_file(activity):
    """The text is read after this answer has committed; what is lost on the way the clock finds."""
    transaction.on_commit(start_reading)


@handles(ResourceVerb.TAGGING_STARTED)
def tag_in_the_background(activity):
    transaction.on_commit(lambda: go_on_with(activity.subject_id))


@handles(
    ResourceVerb.IMPORT_STARTED,
    ResourceVerb.IMPORT_MAPPED,
    ResourceVerb.IMPORT_APPROVED,
    ResourceVerb.IMPORT_RESUMED,
    ResourceVerb.IMPORT_TAKEN_BACK,
)
def work_on_the_import(activity):
    transaction.on_commit(lambda: go_on_with_import(activity.subject_id))


@handles(ResourceVerb.EDITED)
def forget_the_former_address(activity):
    if activity.subject:
        actions.renew_link(activity.subject)
