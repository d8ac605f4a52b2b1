"""Cleans what staff chose to tag, and with what."""

import re

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from resources.models import Resource
from vocabularies.models import Topic
from vocabularies.queries import split_countries, topic_tree

MOST = 200
LONGEST = 1000
KEY = re.compile(r"[0-9]{1,18}")


class TopicsField(forms.ModelMultipleChoiceField):
    """Topics by their slugs, offered as the tree."""

    def __init__(self, **kwargs):
        super().__init__(
            Topic.objects.all(),
            to_field_name="slug",
            required=False,
            widget=forms.SelectMultiple(attrs={"size": 8}),
            **kwargs,
        )


class CountriesField(forms.CharField):
    """Countries by their names or codes, parted by commas; the codes come out."""

    def __init__(self, **kwargs):
        super().__init__(
            required=False,
            max_length=LONGEST,
            help_text=gettext_lazy("Names or codes, with commas between them."),
            **kwargs,
        )

    def clean(self, value):
        found = split_countries(super().clean(value))
        if unknown := [part for part, iso3 in found if not iso3]:
            raise forms.ValidationError(
                _("No country of this name is known: %(names)s") % {"names": ", ".join(unknown)[:200]}
            )
        return list(dict.fromkeys(iso3 for _part, iso3 in found))


class ResourcesField(forms.ModelMultipleChoiceField):
    """Published resources by their keys; what cannot be a key is like one that is gone."""

    def clean(self, value):
        if any(not KEY.fullmatch(key) for key in value or ()):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


class TaggingForm(forms.Form):
    resource = ResourcesField(
        Resource.objects.published().only("pk"),
        label=gettext_lazy("Resources"),
        error_messages={
            "required": gettext_lazy("Choose at least one resource."),
            "invalid_choice": gettext_lazy("A resource you chose is not published any more. Choose again."),
        },
    )
    add_topics = TopicsField(label=gettext_lazy("Topics to add"))
    drop_topics = TopicsField(label=gettext_lazy("Topics to take away"))
    add_countries = CountriesField(label=gettext_lazy("Countries to add"))
    drop_countries = CountriesField(label=gettext_lazy("Countries to take away"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tree = [
            (area["name"], [(area["slug"], area["name"]), *((t["slug"], t["name"]) for t in area["topics"])])
            for area in topic_tree(get_language())
        ]
        for name in ("add_topics", "drop_topics"):
            self.fields[name].widget.choices = tree

    def clean_resource(self):
        chosen = self.cleaned_data["resource"]
        if len(chosen) > MOST:
            raise forms.ValidationError(_("Choose at most %(most)d resources at a time.") % {"most": MOST})
        return chosen

    def clean(self):
        values = super().clean()
        parts = {name: values.get(name) or () for name in self.fields if name != "resource"}
        if not any(len(part) for part in parts.values()) and not self.errors:
            raise forms.ValidationError(_("Say which topics or countries to add or take away."))
        for what in ("topics", "countries"):
            if set(parts[f"add_{what}"]) & set(parts[f"drop_{what}"]):
                self.add_error(f"drop_{what}", _("The same cannot be added and taken away."))
        return values

    @property
    def chosen(self):
        """The keys that came with the form, as text."""
        return set(self.data.getlist("resource")) if self.is_bound else set()
