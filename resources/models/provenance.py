"""Where a loaded resource came from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.models.resource import Resource


class SourceRecord(models.Model):
    """One row of a source that was loaded, and the resource it became or was merged into."""

    source = models.CharField(_("source"), max_length=60)
    ref = models.CharField(_("reference in the source"), max_length=120)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="source_records")
    digest = models.CharField(
        _("digest"), max_length=32, help_text=_("Of the row as it was loaded: equal means nothing to do.")
    )
    is_merged = models.BooleanField(_("merged into a resource that was there already"), default=False)

    class Meta:
        verbose_name = _("source record")
        verbose_name_plural = _("source records")
        constraints = [models.UniqueConstraint(fields=["source", "ref"], name="source_record_once")]

    def __str__(self):
        return f"{self.source}:{self.ref}"
