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
