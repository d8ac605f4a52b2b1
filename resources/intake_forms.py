"""Cleans what staff choose to import, and what they say about it."""

import hashlib
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kit.uploads import LARGEST_FILE
from resources.desk.fields import AddressField, LineField, OneOfField
from resources.intake.columns import MANY, MEANINGS
from resources.intake.entries import NotReadable
from resources.intake.making import KINDS
from resources.intake.reading import form_of
from resources.intake.texts import ENCODINGS
from resources.models import Import, Kind


class SourceFields(forms.Form):
    """What files and harvests share."""

    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in KINDS],
        initial=Kind.PUBLICATION,
        label=gettext_lazy("Type"),
        help_text=gettext_lazy("Taken where a record does not say its own."),
    )
    language = OneOfField("language", label=gettext_lazy("Language"), empty=gettext_lazy("Choose"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["language"].initial = (get_language() or "en")[:2]
        self.order_fields(["file", "encoding", "form", "address", "oai_set", "kind", "language", "source"])


class ImportForm(SourceFields):
    """A file to import."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        help_text=gettext_lazy(
            "CSV, XLSX, BibTeX, RIS, MARCXML, OAI-PMH, RSS or Atom, up to 50 MB and 50,000 records."
        ),
        error_messages={"empty": gettext_lazy("The file is empty. Choose it once more.")},
    )
    encoding = forms.ChoiceField(
        choices=ENCODINGS,
        required=False,
        label=gettext_lazy("Encoding of the text"),
        help_text=gettext_lazy("Choose one only where letters came out wrong."),
    )
    source = LineField(
        label=gettext_lazy("Name of the source"),
        required=False,
        max_length=60,
        help_text=gettext_lazy(
            "Only for files that come again: records of the same source and reference are then updated. Leave it empty for a file that comes once."
        ),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(
                _("The file has %(size)s; the largest that can be imported has %(limit)s. Split it.")
                % {"size": filesizeformat(file.size), "limit": filesizeformat(LARGEST_FILE)}
            )
        try:
            self.form = form_of(file.name, file.read(4096))
        except NotReadable as error:
            raise ValidationError(str(error)) from error
        file.seek(0)
        return file

    @property
    def values(self):
        """Arguments of `start_import`."""
        given = self.cleaned_data
        file = given["file"]
        return {
            "form": self.form,
            "name": LineField(required=False).clean(file.name)[:200] or _("File"),
            "file": file,
            "encoding": given["encoding"],
            "kind": given["kind"],
            "language_id": given["language"],
            "source": given["source"] or f"import:{timezone.now():%Y-%m-%d %H:%M:%S.%f}",
        }


class HarvestForm(SourceFields):
    """An address to harvest."""

    form = forms.ChoiceField(
        choices=[(form.value, form.label) for form in (Import.Form.OAI, Import.Form.FEED)],
        initial=Import.Form.OAI,
        label=gettext_lazy("Format"),
    )
    address = AddressField(
        label=gettext_lazy("Address"),
        max_length=500,
        help_text=gettext_lazy("The base address of the OAI-PMH provider, or the address of the feed."),
    )
    oai_set = LineField(
        label=gettext_lazy("Set"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("For OAI-PMH: only the records of this set. Empty for all."),
    )

    def clean_address(self):
        address = self.cleaned_data["address"]
        parts = urlsplit(address)
        if parts.username or parts.password:
            raise ValidationError(_("Type the address without a name and a password."))
        return address.partition("#")[0]

    @property
    def values(self):
        """Arguments of `start_import`; the source is the same for the same address and set."""
        given = self.cleaned_data
        key = f"{given['address']} {given['oai_set']}"
        host = urlsplit(given["address"]).hostname or ""
        return {
            "form": given["form"],
            "name": f"{given['address']} {given['oai_set']}".strip()[:200],
            "address": given["address"],
            "oai_set": given["oai_set"] if given["form"] == Import.Form.OAI else "",
            "kind": given["kind"],
            "language_id": given["language"],
            "source": f"harvest:{host[:38]} {hashlib.sha256(key.encode()).hexdigest()[:12]}",
        }


class ColumnsForm(forms.Form):
    """What each column of a table means."""

    def __init__(self, *args, job, **options):
        super().__init__(*args, **options)
        self.job = job
        choices = [("", _("Leave out")), *((word, label) for word, (label, _names) in MEANINGS.items())]
        for place, name in enumerate(job.header):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                choices=choices,
                required=False,
                label=name or _("Column %(number)d") % {"number": place + 1},
                initial=job.columns[place] if place < len(job.columns) else "",
            )

    def clean(self):
        given = super().clean()
        seen = set()
        for name in self.fields:
            word = given.get(name, "")
            if word in seen and word not in MANY:
                self.add_error(
                    name,
                    _("“%(meaning)s” is chosen for another column already.") % {"meaning": MEANINGS[word][0]},
                )
            seen.add(word)
        if not self.errors and "title" not in seen:
            raise ValidationError(_("Say which column holds the title."))
        return given

    @property
    def columns(self):
        return [self.cleaned_data[name] for name in self.fields]


class ApprovalForm(forms.Form):
    publishes = forms.TypedChoiceField(
        choices=[
            ("drafts", gettext_lazy("As drafts, to be looked at and published one by one")),
            ("published", gettext_lazy("Published at once")),
        ],
        coerce=lambda value: value == "published",
        widget=forms.RadioSelect,
        label=gettext_lazy("New records arrive"),
        error_messages={"required": gettext_lazy("Choose how new records arrive.")},
    )
