"""What the site does when something happened in a room."""

from activity.registry import handles
from kit import generation
from resources.verbs import ResourceVerb


@handles(
    ResourceVerb.PUBLISHED,
    ResourceVerb.EDITED,
    ResourceVerb.WITHDRAWN,
    ResourceVerb.IMPORTED,
    ResourceVerb.FILE_ADDED,
    ResourceVerb.FILE_READ,
    ResourceVerb.FILE_REMOVED,
    ResourceVerb.COLLECTION_EDITED,
    ResourceVerb.COLLECTION_PUBLISHED,
    ResourceVerb.COLLECTION_UNPUBLISHED,
)
def let_pages_be_made_anew(_activity):
    """No page that was made before the change is shown after it."""
    generation.changed()
