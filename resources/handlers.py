"""What the library does when something happened to a resource."""

from django.db import transaction

from activity.registry import handles
from resources.tasks import go_on_with, start_reading
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
