"""Fields that many forms of this room have."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kit.text import one_line
from vocabularies.queries import labels, options, resolve_language, split_countries

ADDRESS = re.compile(r"://|www\.|\.(?:com|net|org|ru|cn|io|top|xyz)\b", re.IGNORECASE)
SEPARATORS = re.compile(r"[;,،؛\n]")
MOST_NAMES = 30


def country_choices():
    return [("", _("Choose")), *options("country", get_language() or "en")]


class OneLineField(forms.CharField):
    """Text of one line: control characters and spare blanks are taken out."""

    def to_python(self, value):
        return one_line(super().to_python(value), 10 * (self.max_length or 200))[0]


class NameField(OneLineField):
    """A person's name. Who puts an address there wants our mails to carry it to others."""

    def validate(self, value):
        super().validate(value)
        if ADDRESS.search(value):
            raise ValidationError(_("Write a name, without an address in it."), code="address")


class OrganisationInput(forms.TextInput):
    """A name that may be typed freely; the script offers those of the vocabulary."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-suggestions": reverse("organisation_suggestions"),
            "autocomplete": "off",
        }
        return context


class NamesField(forms.CharField):
    """Names of a vocabulary in one box, parted by commas; the value is the list of their codes."""

    facet = ""

    def split(self, text):
        """(name, code or None) of each name in the text."""
        raise NotImplementedError

    def prepare_value(self, value):
        """Codes are shown as names; what was typed stays as it was."""
        if isinstance(value, str) or value is None:
            return value
        return ", ".join(labels(self.facet, value, get_language() or "en").values())

    def to_python(self, value):
        return self.split(super().to_python(value))

    def validate(self, value):
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        if unknown := [one_line(name, 40)[0] for name, code in value if code is None]:
            raise ValidationError(
                _("Not known here: %(names)s. Write each name as in the list, with commas between them.")
                % {"names": get_text_list(unknown[:5], _("and"))},
                code="unknown",
            )
        if len(value) > MOST_NAMES:
            raise ValidationError(_("Name at most %(count)d.") % {"count": MOST_NAMES}, code="too_many")

    def clean(self, value):
        return list(dict.fromkeys(code for _name, code in super().clean(value)))

    def has_changed(self, initial, data):
        return True


class CountriesField(NamesField):
    facet = "country"

    def split(self, text):
        return split_countries(text)


class LanguagesField(NamesField):
    facet = "language"

    def split(self, text):
        names = filter(None, (name.strip() for name in SEPARATORS.split(text)))
        return [(name, resolve_language(name)) for name in names]
