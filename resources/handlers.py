"""What the library does when something happened to a resource."""

from django.db import transaction

from activity.registry import handles
from members.models import Member
from notifications.actions import notify
from resources import actions, tellers  # noqa: F401 (the tellers register themselves)
from resources.tasks import go_on_with, go_on_with_import, start_reading
from resources.verbs import CONTRIBUTIONS, SUBMISSIONS, ResourceVerb
from search import upkeep


@handles(
    ResourceVerb.PUBLISHED,
    ResourceVerb.EDITED,
    ResourceVerb.WITHDRAWN,
    ResourceVerb.FILE_READ,
    ResourceVerb.FILE_REMOVED,
    ResourceVerb.EXPIRED,
    ResourceVerb.REVIVED,
    ResourceVerb.COLLECTION_EDITED,
    ResourceVerb.COLLECTION_PUBLISHED,
    ResourceVerb.COLLECTION_UNPUBLISHED,
    ResourceVerb.COLLECTION_WITHDRAWN,
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


@handles(ResourceVerb.PUBLISHED)
def match_saved_searches(activity):
    """An import tells nobody: its thousands of rows are news to no one."""
    actions.match_saved_searches(activity.subject_id)


@handles(ResourceVerb.PUBLISHED, ResourceVerb.WITHDRAWN)
def tell_the_contributor(activity):
    """Who handed a resource in hears what others decided about it."""
    resource = activity.subject
    if resource is None or resource.submitted_by is None or resource.submitted_by == activity.actor:
        return
    notify(
        resource.submitted_by,
        CONTRIBUTIONS,
        about=resource,
        once=f"activity:{activity.pk}",
        verb=activity.verb,
        reason=activity.data.get("reason", ""),
    )


@handles(ResourceVerb.SUBMITTED)
def tell_the_staff(activity):
    """Whoever may publish hears of what waits for it."""
    resource = activity.subject
    if resource is None:
        return
    for member in Member.objects.filter(is_staff=True, is_active=True):
        if member != activity.actor:
            notify(member, SUBMISSIONS, about=resource, once=f"activity:{activity.pk}")


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
