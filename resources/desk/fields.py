"""Fields of the desk's forms: typed as people write it, cleaned to what the tables hold."""

import re
import unicodedata
from datetime import date, datetime
from urllib.parse import unquote, urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kit.text import fold
from resources.models import Resource
from vocabularies.models import Organisation
from vocabularies.queries import label, options, resolve_country, resolve_language, resolve_organisation

# Characters that turn the text around them: they can make a name or an address look like another one.
TURNING = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
FIRST_YEAR, LAST_YEAR = 1500, 2200
PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z")
NAME_LIMIT = 80


def tidy(text):
    """The text without control characters (line ends and tabs stay) and without marks that turn its direction."""
    text = unicodedata.normalize("NFC", str(text or "")).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c for c in text if c in "\n\t" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in TURNING)
    )


class LineField(forms.CharField):
    """One line of text."""

    def to_python(self, value):
        return super().to_python(" ".join(tidy(value).split()))

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"dir": "auto"}


class TextField(forms.CharField):
    """A text of several lines."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python(tidy(value))

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"dir": "auto"}


class AddressField(forms.URLField):
    """An http or https address."""

    def __init__(self, **options):
        super().__init__(assume_scheme="https", **options)

    def to_python(self, value):
        value = super().to_python("".join(tidy(value).split()))
        if value and not value.lower().startswith(("http://", "https://")):
            raise ValidationError(_("Type an address that starts with https:// or http://."))
        return value

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"dir": "ltr"}


class LinesField(TextField):
    """A list of texts, one a line."""

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"rows": 3}

    def prepare_value(self, value):
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value):
        return [line.strip() for line in super().clean(value).split("\n") if line.strip()]

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class NamesField(LinesField):
    """Names out of a vocabulary, one a line; cleaned to their codes."""

    facet, resolve, unknown = "", None, ""

    def prepare_value(self, value):
        if isinstance(value, list):
            return "\n".join(str(label(self.facet, code, get_language() or "en")) for code in value)
        return value

    def clean(self, value):
        names = super().clean(value)
        codes = [(name, type(self).resolve(name)) for name in names]
        if missing := [name[:NAME_LIMIT] for name, code in codes if not code]:
            raise ValidationError(self.unknown % {"names": ", ".join(f"“{name}”" for name in missing[:5])})
        return sorted({code for _name, code in codes})


class CountriesField(NamesField):
    facet = "country"
    resolve = staticmethod(resolve_country)

    @property
    def unknown(self):
        return _("No country is called %(names)s. Write one country a line, by its name or its ISO code.")


class LanguagesField(NamesField):
    facet = "language"
    resolve = staticmethod(resolve_language)

    @property
    def unknown(self):
        return _("No language is called %(names)s. Write one language a line, by its name or its ISO code.")


class OneOfField(forms.ChoiceField):
    """One entry of a vocabulary, by its code."""

    def __init__(self, facet, *, empty=None, **options_):
        def choices():
            return [("", empty if empty is not None else "—"), *options(facet, get_language() or "en")]

        super().__init__(choices=choices, **options_)


class TopicsField(forms.MultipleChoiceField):
    """Topics, by their slugs."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options_):
        super().__init__(choices=lambda: options("topic", get_language() or "en"), **options_)

    def clean(self, value):
        return sorted(super().clean(value))


class OrganisationField(LineField):
    """An organisation by its name, acronym or alias; cleaned to its slug."""

    def clean(self, value):
        name = super().clean(value)
        if not name:
            return ""
        found = Organisation.objects.filter(name=name).first() or resolve_organisation(name)
        if found:
            return found.slug
        near = Organisation.objects.filter(folded_name__contains=fold(name)[:60]).order_by("name")[:3]
        names = ", ".join(f"“{organisation.name}”" for organisation in near)
        if names:
            raise ValidationError(
                _("No organisation is called “%(name)s”. Did you mean %(names)s?")
                % {"name": name[:NAME_LIMIT], "names": names}
            )
        raise ValidationError(
            _(
                "No organisation is called “%(name)s”. Add it in the administration first, or name it under people and bodies."
            )
            % {"name": name[:NAME_LIMIT]}
        )


class PartialDateField(LineField):
    """A date, a month or a year; cleaned to (date, precision) or (None, "day")."""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None, "day"
        match = PARTIAL_DATE.match(text)
        try:
            year, month, day = (int(part) if part else None for part in match.groups())
            found = date(year, month or 1, day or 1)
        except (AttributeError, ValueError):
            raise ValidationError(
                _("Write the date as 2024-05-17, a month as 2024-05, a year as 2024.")
            ) from None
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValidationError(
                _("The year lies between %(first)d and %(last)d.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
            )
        return found, "day" if day else "month" if month else "year"


class MomentField(LineField):
    """A date with a time of day, on the clocks of the place; cleaned to a naive datetime or None."""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            found = None
        if found is None or found.tzinfo or not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise ValidationError(_("Write the date and the time as 2024-05-17 14:30."))
        return found


class RecordField(LineField):
    """Another record of the library, by its address on this site or its number; cleaned to its key or None."""

    def __init__(self, *, kind, **options_):
        super().__init__(max_length=1000, **options_)
        self.kind = kind

    def prepare_value(self, value):
        if isinstance(value, int):
            found = Resource.objects.only("kind", "slug").filter(pk=value).first()
            return unquote(found.get_absolute_url()) if found else ""
        return value

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        known = Resource.objects.filter(kind=self.kind)
        if text.isdecimal():
            found = known.filter(pk=int(text[:18]))
        else:
            try:
                parts = unquote(urlsplit(text).path).strip("/").split("/")
            except ValueError:
                parts = []
            found = known.filter(slug=parts[-1]) if parts[-2:-1] == [self.kind] else known.none()
        pk = found.values_list("pk", flat=True).first()
        if pk is None:
            raise ValidationError(
                _("No such record stands at this address. Copy the address of its page in the library.")
            )
        return pk
