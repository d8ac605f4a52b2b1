"""What members tell about themselves."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from members.consents import TEXTS
from members.forms.fields import (
    CountriesField,
    LanguagesField,
    NameField,
    OneLineField,
    OrganisationInput,
    country_choices,
)
from members.models import Audience, Profile, Sector
from members.models.profile import BIO_LIMIT, LETTER_LIMIT
from vocabularies.queries import resolve_organisation, topic_tree, topics

FIRST_YEAR = 1950
# Names of places; abbreviations and offsets are left out.
ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "US/")))


def topic_choices():
    """The topics by area."""
    return [
        (area["name"], [(topic["slug"], topic["name"]) for topic in area["topics"]])
        for area in topic_tree(get_language() or "en")
        if area["topics"]
    ]


def zone_choices():
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in ZONES)]


def audience_field(label):
    return forms.ChoiceField(label=label, choices=Audience.choices)


class ProfileForm(forms.Form):
    """All of a profile but the affiliations, which have lines of their own."""

    name = NameField(
        label=gettext_lazy("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    country = forms.ChoiceField(label=gettext_lazy("Country where you work"), choices=country_choices)
    bio = forms.CharField(
        label=gettext_lazy("About you"),
        max_length=BIO_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("What you work on, and what colleagues may ask you about."),
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics you know well"),
        choices=topic_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    experience = CountriesField(
        label=gettext_lazy("Countries you have worked on"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Names with commas between them, as in: Malawi, Zambia"),
    )
    languages = LanguagesField(
        label=gettext_lazy("Languages you work in"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Names with commas between them, as in: English, Chichewa"),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of our mails"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=zone_choices)
    shown_to = audience_field(gettext_lazy("Who sees your profile"))
    affiliation_shown_to = audience_field(gettext_lazy("Who sees where you work"))
    country_shown_to = audience_field(gettext_lazy("Who sees your country"))
    bio_shown_to = audience_field(gettext_lazy("Who sees what you say about yourself"))
    topics_shown_to = audience_field(gettext_lazy("Who sees your topics"))
    experience_shown_to = audience_field(gettext_lazy("Who sees your countries"))
    languages_shown_to = audience_field(gettext_lazy("Who sees your languages"))

    def __init__(self, *args, profile, **kwargs):
        super().__init__(*args, initial=initial_of(profile), **kwargs)

    def clean_topics(self):
        """Keys of the chosen topics."""
        chosen = set(self.cleaned_data["topics"])
        return [key for key, topic in topics().items() if topic.slug in chosen]

    @property
    def audiences(self):
        """The fields that say who sees what."""
        return [self["shown_to"], *(self[f"{part}_shown_to"] for part in Profile.PARTS)]


def initial_of(profile):
    """What the form shows first; a profile that is not kept yet has no lists."""
    plain = ("bio", "language", "time_zone", "shown_to", *(f"{part}_shown_to" for part in Profile.PARTS))
    values = {field: getattr(profile, field) for field in plain}
    values |= {"name": profile.member.name, "country": profile.member.country_id}
    if not profile._state.adding:
        values["topics"] = list(profile.topics.values_list("slug", flat=True))
        values["experience"] = list(profile.experience.values_list("pk", flat=True))
        values["languages"] = list(profile.languages.values_list("pk", flat=True))
    return values


class AffiliationForm(forms.Form):
    sector = forms.ChoiceField(
        label=gettext_lazy("Kind of work"), choices=[("", gettext_lazy("Choose")), *Sector.choices]
    )
    organisation = OneLineField(
        label=gettext_lazy("Organisation"),
        max_length=255,
        required=False,
        widget=OrganisationInput,
        help_text=gettext_lazy("Type a few letters and choose, or type the whole name if it is not listed."),
    )
    position = OneLineField(label=gettext_lazy("Position"), max_length=150, required=False)
    starts_on = forms.DateField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Leave it empty while you work there."),
    )

    def __init__(self, *args, affiliation=None, **kwargs):
        if affiliation:
            fields = ("sector", "position", "starts_on", "ends_on")
            kwargs["initial"] = {field: getattr(affiliation, field) for field in fields} | {
                "organisation": affiliation.place
            }
        super().__init__(*args, **kwargs)

    def clean(self):
        data = super().clean()
        starts, ends = data.get("starts_on"), data.get("ends_on")
        for name, day in (("starts_on", starts), ("ends_on", ends)):
            if day and day.year < FIRST_YEAR:
                self.add_error(name, _("Give a year from %(year)d on.") % {"year": FIRST_YEAR})
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end lies before the beginning."))
        if "organisation" in data:
            typed = data["organisation"]
            known = resolve_organisation(typed)
            data |= {"organisation": known, "organisation_name": "" if known else typed}
        return data


class LetterForm(forms.Form):
    subject = OneLineField(label=gettext_lazy("Subject"), max_length=150)
    text = forms.CharField(
        label=gettext_lazy("Your letter"), max_length=LETTER_LIMIT, widget=forms.Textarea(attrs={"rows": 10})
    )

    def clean_text(self):
        if len(self.cleaned_data["text"].split()) < 3:
            raise ValidationError(_("Write at least a sentence."), code="too_short")
        return self.cleaned_data["text"]


class ConsentForm(forms.Form):
    """The purposes that can be given and withdrawn; those that go with the account are not asked again."""

    def __init__(self, *args, given=(), **kwargs):
        super().__init__(*args, **kwargs)
        for purpose, text in TEXTS.items():
            if not text.is_needed:
                self.fields[purpose] = forms.BooleanField(
                    label=text.wording, help_text=text.effect, required=False, initial=purpose in given
                )
