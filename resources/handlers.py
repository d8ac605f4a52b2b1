"""What the library does when something happened to a resource."""

from activity.registry import handles
from resources.verbs import ResourceVerb
from search import upkeep


@handles(ResourceVerb.PUBLISHED, ResourceVerb.EDITED, ResourceVerb.WITHDRAWN, ResourceVerb.IMPORTED)
def bring_to_the_index(activity):
    """What stands can be found, what was withdrawn cannot. A row that is gone by now is taken out by its key."""
    model = activity.subject_type.model_class()
    upkeep.request(model, [activity.subject_id])
