"""Signing up."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy

from members import actions
from members.consents import TEXTS
from members.forms.fields import NameField, OneLineField, OrganisationInput, country_choices
from members.models import Purpose, Sector
from vocabularies.queries import labels


def language_choices():
    """The languages of the portal, by their names in the reader's language; more can be told in the profile."""
    codes = [code for code, _name in settings.LANGUAGES]
    return list(labels("language", codes, get_language() or "en").items())


class RegistrationForm(forms.Form):
    """What the sign-up form asks besides address and password; allauth puts the two before it."""

    field_order = ["name", "email", "password1", "country", "sector", "organisation", "languages"]

    name = NameField(
        label=gettext_lazy("Name"),
        max_length=150,
        help_text=gettext_lazy("As it should appear on certificates. Any script."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    country = forms.ChoiceField(label=gettext_lazy("Country where you work"), choices=country_choices)
    sector = forms.ChoiceField(
        label=gettext_lazy("Where do you work?"),
        choices=Sector.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("We publish only totals. This tells us if officials are taking part."),
    )
    organisation = OneLineField(
        label=gettext_lazy("Organisation"),
        max_length=255,
        required=False,
        widget=OrganisationInput,
        help_text=gettext_lazy("Type a few letters and choose, or type the whole name if it is not listed."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you work in"),
        choices=language_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for purpose, text in TEXTS.items():
            self.fields[f"consent_{purpose}"] = forms.BooleanField(
                label=text.wording,
                required=text.is_needed,
                help_text=text.effect,
                error_messages={"required": gettext_lazy("Without this there can be no account.")},
            )

    def signup(self, _request, member):
        """Called by allauth once the account has its row."""
        data = self.cleaned_data
        actions.register(
            member,
            name=data["name"],
            country=data["country"],
            sector=data["sector"],
            organisation=data["organisation"],
            languages=data["languages"],
            consents={purpose: data[f"consent_{purpose}"] for purpose in Purpose},
            language=get_language() or "en",
        )
