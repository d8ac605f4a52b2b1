"""What can happen to a resource."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ResourceVerb(models.TextChoices):
    DRAFTED = "resources.drafted", _("drafted")
    EDITED = "resources.edited", _("edited")
    SUBMITTED = "resources.submitted", _("submitted")
    PUBLISHED = "resources.published", _("published")
    WITHDRAWN = "resources.withdrawn", _("withdrew")
    IMPORTED = "resources.imported", _("imported")
    PUBLISHED_MANY = "resources.published_many", _("published together")
    DISCARDED = "resources.discarded", _("discarded a draft")
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
    TAGGING_STARTED = "resources.tagging_started", _("started to tag many resources")
    TAGGING_STOPPED = "resources.tagging_stopped", _("stopped the tagging of many resources")
    GUIDANCE_CHANGED = "resources.guidance_changed", _("changed the guidance of the desk")
