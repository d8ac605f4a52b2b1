"""What can happen to a resource."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ResourceVerb(models.TextChoices):
    DRAFTED = "resources.drafted", _("drafted")
    EDITED = "resources.edited", _("edited")
    SUBMITTED = "resources.submitted", _("submitted")
    PUBLISHED = "resources.published", _("published")
    WITHDRAWN = "resources.withdrawn", _("withdrew")
    ANSWERED = "resources.answered", _("answered a question about")
    RETRACTED = "resources.retracted", _("took back")
    RETURNED = "resources.returned", _("asked a question about")
    HELD = "resources.held", _("put on hold")
    RESUMED = "resources.resumed", _("took up again")
    SCHEDULED = "resources.scheduled", _("scheduled")
    REFUSED = "resources.refused", _("refused")
    APPEALED = "resources.appealed", _("appealed against the refusal of")
    CLAIMED = "resources.claimed", _("took on")
    RELEASED = "resources.released", _("gave back to the queue")
    REVIEWED = "resources.reviewed", _("looked at")
    MESSAGE_WRITTEN = "resources.message_written", _("wrote about")
    EXPIRED = "resources.expired", _("closed")
    REVIVED = "resources.revived", _("opened again")
    DRAFT_DELETED = "resources.draft_deleted", _("deleted a draft")
    ATTACHED = "resources.attached", _("attached to another work")
    RIGHT_SET = "resources.right_set", _("set a posting right")
    RIGHT_REMOVED = "resources.right_removed", _("removed a posting right")
    RIGHT_APPEALED = "resources.right_appealed", _("appealed against a block")
    RIGHT_APPEAL_ANSWERED = "resources.right_appeal_answered", _("answered an appeal against a block")
    IMPORTED = "resources.imported", _("imported")
    PUBLISHED_MANY = "resources.published_many", _("published together")
    IMPORT_STARTED = "resources.import_started", _("started the import")
    IMPORT_MAPPED = "resources.import_mapped", _("said what the columns mean of the import")
    IMPORT_APPROVED = "resources.import_approved", _("let the library take the import")
    IMPORT_STOPPED = "resources.import_stopped", _("stopped the import")
    IMPORT_RESUMED = "resources.import_resumed", _("went on with the import")
    IMPORT_TAKEN_BACK = "resources.import_taken_back", _("took back the import")
    LINK_BROKEN = "resources.link_broken", _("found the link broken of")
    LINK_HEALED = "resources.link_healed", _("found the link working again of")
    LINK_ARCHIVED = "resources.link_archived", _("named an archived copy of")
    FILE_ADDED = "resources.file_added", _("added a file to")
    FILE_READ = "resources.file_read", _("read a file of")
    FILE_REMOVED = "resources.file_removed", _("removed a file from")
    COLLECTION_CREATED = "resources.collection_created", _("created the curated page")
    COLLECTION_EDITED = "resources.collection_edited", _("edited the curated page")
    COLLECTION_PUBLISHED = "resources.collection_published", _("published the curated page")
    COLLECTION_UNPUBLISHED = "resources.collection_unpublished", _("took back the curated page")
    COLLECTION_WITHDRAWN = "resources.collection_withdrawn", _("withdrew the curated page")
    COLLECTION_REMOVED = "resources.collection_removed", _("removed the draft of a curated page")
    TAGGING_STARTED = "resources.tagging_started", _("started to tag many resources")
    TAGGING_STOPPED = "resources.tagging_stopped", _("stopped the tagging of many resources")
    GUIDANCE_CHANGED = "resources.guidance_changed", _("changed the guidance of the desk")


# What members are told about: the subjects this room declares.
SAVED_SEARCHES = "resources.saved_searches"
CONTRIBUTIONS = "resources.contributions"
SUBMISSIONS = "resources.submissions"
