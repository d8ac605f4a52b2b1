"""Cleans what staff say about a link."""

from django import forms
from django.utils.translation import gettext_lazy

from resources.desk.fields import AddressField


class ArchiveForm(forms.Form):
    archived_url = AddressField(
        label=gettext_lazy("Address of the archived copy"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy(
            "As at web.archive.org. Readers see it once the link is broken. Leave it empty to take it back."
        ),
    )
