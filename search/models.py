"""What still has to reach the index."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class IndexRequest(models.Model):
    """One object whose index entry must be made anew (or taken out); removed once the index has committed it."""

    model = models.CharField(_("model"), max_length=100)
    object_id = models.CharField(_("object"), max_length=40)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("index request")
        verbose_name_plural = _("index requests")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.model} {self.object_id}"
