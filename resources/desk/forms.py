"""The forms of the desk: one for what all kinds share and the kind's own fields, and rows of people, bodies, identifiers."""

import re
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.desk.fields import (
    FIRST_YEAR,
    LAST_YEAR,
    AddressField,
    CountriesField,
    LanguagesField,
    LineField,
    LinesField,
    MomentField,
    OneOfField,
    OrganisationField,
    PartialDateField,
    RecordField,
    TextField,
    TopicsField,
)
from resources.keys import normalise_doi
from resources.models import (
    KIND_MODELS,
    Contributor,
    CountryProfile,
    Kind,
    Resource,
    ResourceIdentifier,
    ResourceOrganisation,
)

LARGEST = {
    models.PositiveSmallIntegerField: 32767,
    models.PositiveIntegerField: 2**31 - 1,
    models.PositiveBigIntegerField: 2**63 - 1,
}
LONGEST_TEXT = 500_000
MOST_ROWS = 300
ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])\Z")
NUMBER_SHAPES = {
    ResourceIdentifier.Scheme.ISBN: (
        re.compile(r"(?:\d{9}[\dX]|\d{13})\Z"),
        gettext_lazy("An ISBN has 10 or 13 digits."),
    ),
    ResourceIdentifier.Scheme.ISSN: (
        re.compile(r"\d{7}[\dX]\Z"),
        gettext_lazy("An ISSN has eight digits, as 1234-5678."),
    ),
}
ENDS = [("starts_on", "ends_on"), ("starts_at", "ends_at"), ("started_year", "ended_year")]


def words(field):
    """The label of a model's field, as the first words of a line."""
    text = str(field.verbose_name)
    return text[:1].upper() + text[1:]


def own_field(field):
    """The form's field of one field of a kind's table."""
    options = {"label": words(field), "required": False}
    if field.name == "country":
        return OneOfField("country", label=words(field))
    if field.related_model is Resource:
        return RecordField(kind=Kind.LAW, **options)
    if field.choices:
        return forms.ChoiceField(choices=field.choices, label=words(field), initial=field.default)
    if isinstance(field, models.JSONField):
        return LinesField(max_length=20_000, **options)
    if isinstance(field, models.BooleanField) and field.null:
        return forms.TypedChoiceField(
            choices=[("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))],
            coerce=lambda value: value == "yes",
            empty_value=None,
            **options,
        )
    if isinstance(field, models.BooleanField):
        return forms.BooleanField(**options)
    if isinstance(field, models.URLField):
        return AddressField(max_length=field.max_length, **options)
    if isinstance(field, models.TextField):
        return TextField(max_length=LONGEST_TEXT, **options)
    if isinstance(field, models.CharField):
        return LineField(max_length=field.max_length, **options)
    if isinstance(field, models.DateTimeField):
        return MomentField(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}), **options)
    if isinstance(field, models.DateField):
        return forms.DateField(
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            input_formats=["%Y-%m-%d"],
            **options,
        )
    if isinstance(field, models.DecimalField):
        return forms.DecimalField(
            max_digits=field.max_digits,
            decimal_places=field.decimal_places,
            min_value=0,
            max_value=100 if field.name == "coverage_share" else None,
            **options,
        )
    is_year = field.name.endswith("year")
    return forms.IntegerField(
        min_value=FIRST_YEAR if is_year else 0,
        max_value=LAST_YEAR if is_year else LARGEST[type(field)],
        **options,
    )


class RecordForm(forms.Form):
    """What all kinds share, and the own fields of one kind under their own names."""

    title = LineField(label=gettext_lazy("Title"), max_length=600)
    language = OneOfField("language", label=gettext_lazy("Language"))
    summary = TextField(label=gettext_lazy("Summary"), required=False, max_length=20_000)
    body = TextField(label=gettext_lazy("Text"), required=False, max_length=LONGEST_TEXT)
    published_on = PartialDateField(label=gettext_lazy("Date of publication"), required=False, max_length=30)
    url = AddressField(label=gettext_lazy("Address of the original"), required=False, max_length=1000)
    licence = LineField(label=gettext_lazy("Licence"), required=False, max_length=100)
    topics = TopicsField(label=gettext_lazy("Topics"), required=False)
    countries = CountriesField(label=gettext_lazy("Countries"), required=False, max_length=20_000)
    other_languages = LanguagesField(
        label=gettext_lazy("Further languages of the document"), required=False, max_length=5000
    )
    version_note = LineField(label=gettext_lazy("Version note"), required=False, max_length=200)
    note = LineField(label=gettext_lazy("What you changed"), required=False, max_length=200)

    def __init__(self, kind, *args, resource=None, **options):
        super().__init__(*args, **options)
        self.kind, self.resource = kind, resource
        self.own_names = []
        for field in KIND_MODELS[kind]._meta.fields:
            if field.name != "resource":
                self.fields[field.name] = own_field(field)
                self.own_names.append(field.name)

    def clean_language(self):
        language = self.cleaned_data["language"]
        if self.resource:
            others = Resource.objects.filter(
                work=self.resource.work_id, language=language, version=self.resource.version
            )
            if others.exclude(pk=self.resource.pk).exists():
                raise ValidationError(_("This work has another record in this language already."))
        return language

    def clean_country(self):
        country = self.cleaned_data["country"]
        others = CountryProfile.objects.filter(country=country)
        if others.exclude(pk=self.resource.pk if self.resource else None).exists():
            raise ValidationError(_("This country has a profile already. Edit that one."))
        return country

    def clean_time_zone(self):
        name = self.cleaned_data["time_zone"]
        if name and name not in available_timezones():
            raise ValidationError(_("Write a time zone by its name in the tz database, as Africa/Blantyre."))
        return name

    def clean_benefit_currency(self):
        code = self.cleaned_data["benefit_currency"].upper()
        if code and not re.fullmatch(r"[A-Z]{3}", code):
            raise ValidationError(_("Write a currency by its three letters, as MWK or USD."))
        return code

    def clean(self):
        found = super().clean()
        for first, last in ENDS:
            begin, end = found.get(first), found.get(last)
            if begin and end and end < begin:
                self.add_error(last, _("The end lies before the start."))
            elif (
                end
                and not begin
                and first in self.fields
                and first != "started_year"
                and not self.errors.get(first)
            ):
                self.add_error(first, _("Say when it starts, too."))
        for name in ("legal_basis", "amends", "repeals"):
            if self.resource and found.get(name) == self.resource.pk:
                self.add_error(name, _("This is the record itself. Name another one."))
        return found


class RowForm(forms.Form):
    """One row; where nothing essential is typed the row is left out."""

    essential = ()
    position = forms.IntegerField(label=gettext_lazy("Place"), required=False, min_value=0, max_value=9999)

    def has_changed(self):
        if not self.is_bound:
            return False
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in self.essential)


class ContributorForm(RowForm):
    essential = ("family_name", "given_name", "orcid")
    family_name = LineField(label=gettext_lazy("Family name, or the whole name of a body"), max_length=200)
    given_name = LineField(label=gettext_lazy("Given names"), required=False, max_length=200)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Contributor.Role.choices)
    orcid = LineField(label=gettext_lazy("ORCID"), required=False, max_length=60)
    is_body = forms.BooleanField(label=gettext_lazy("A body, not a person"), required=False)

    def clean_orcid(self):
        text = self.cleaned_data["orcid"].rstrip("/").rpartition("/")[2].upper()
        if not text:
            return ""
        match = ORCID.match(text)
        if not match or not is_orcid("".join(match.groups())):
            raise ValidationError(_("This is no ORCID: it has sixteen digits, as 0000-0002-1825-0097."))
        return "-".join(match.groups())


def is_orcid(digits):
    """Is the last sign the check digit of the others (ISO 7064 MOD 11-2)?"""
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[-1]


class BodyForm(RowForm):
    essential = ("organisation",)
    organisation = OrganisationField(label=gettext_lazy("Organisation"), max_length=255)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=ResourceOrganisation.Role.choices)


class IdentifierForm(RowForm):
    essential = ("value",)
    position = None
    scheme = forms.ChoiceField(label=gettext_lazy("Scheme"), choices=ResourceIdentifier.Scheme.choices)
    value = LineField(label=gettext_lazy("Identifier"), max_length=500)

    def clean(self):
        found = super().clean()
        scheme, value = found.get("scheme"), found.get("value")
        if not value:
            return found
        if scheme == ResourceIdentifier.Scheme.DOI:
            found["value"] = normalise_doi(value)
            if not found["value"]:
                self.add_error(
                    "value", _("There is no DOI in this. A DOI starts with 10., as 10.1596/978-0-8213.")
                )
        elif scheme in NUMBER_SHAPES:
            shape, message = NUMBER_SHAPES[scheme]
            if not shape.match(re.sub(r"[\s–-]", "", value).upper()):
                self.add_error("value", message)
        if len(found.get("value", "")) > 200:
            self.add_error("value", _("An identifier has 200 characters at most."))
        return found


class Rows(forms.BaseFormSet):
    """Rows of which any may be empty; what was sent is all there is."""

    def initial_form_count(self):
        return 0 if self.is_bound else super().initial_form_count()

    def get_form_kwargs(self, index):
        return {**super().get_form_kwargs(index), "empty_permitted": True, "use_required_attribute": False}

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.empty_permitted = True
        return form

    def filled(self):
        """The cleaned rows that hold something, in their places."""
        rows = [form.cleaned_data for form in self.forms if form.has_changed()]
        return sorted(rows, key=lambda row: (row.get("position") is None, row.get("position") or 0))


def rows_of(form, extra):
    return forms.formset_factory(
        form, formset=Rows, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )


ROWS = {
    "contributors": rows_of(ContributorForm, 2),
    "organisations": rows_of(BodyForm, 1),
    "identifiers": rows_of(IdentifierForm, 1),
}
