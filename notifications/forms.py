"""Cleans how a member wants to be told."""

from functools import cache
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kit.context import own_name
from kit.dates import zone
from notifications import hours
from notifications.models import Preference

CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
AREAS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def zones():
    """The zones of the tz database that are named after a place, and UTC."""
    named = sorted(name for name in available_timezones() if name.partition("/")[0] in AREAS)
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in named)]


class SettingsForm(forms.ModelForm):
    """A member's preference, and for each subject whether it stands in the list and how often it is mailed."""

    class Meta:
        model = Preference
        fields = ["language", "time_zone", "digest_at", "digest_weekday", "quiet_from", "quiet_until"]

    language = forms.ChoiceField(label=_("Language of the mails"))
    time_zone = forms.ChoiceField(label=_("Time zone"))
    digest_at = forms.TimeField(label=_("Digests arrive at"), widget=CLOCK)
    quiet_from = forms.TimeField(label=_("Quiet from"), widget=CLOCK, required=False)
    quiet_until = forms.TimeField(label=_("Quiet until"), widget=CLOCK, required=False)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.subjects = [subject for subject, _choice in choices]
        self.fields["language"].choices = [(code, own_name(code)) for code, _name in settings.LANGUAGES]
        own = self.instance.time_zone
        known = zones() if own in dict(zones()) else [(own, own), *zones()]
        self.fields["time_zone"].choices = known
        for number, (subject, choice) in enumerate(choices):
            self.fields[f"here_{number}"] = forms.BooleanField(
                label=subject.label, initial=choice.here, required=False
            )
            self.fields[f"mail_{number}"] = forms.ChoiceField(
                label=subject.label, initial=choice.mail, choices=subject.choices
            )

    def subject_rows(self):
        """(subject, its checkbox, its frequency) as bound fields."""
        return [
            (subject, self[f"here_{number}"], self[f"mail_{number}"])
            for number, subject in enumerate(self.subjects)
        ]

    def clean(self):
        clean = super().clean()
        first, last = clean.get("quiet_from"), clean.get("quiet_until")
        if "quiet_from" in self.errors or "quiet_until" in self.errors:
            return clean
        if (first is None) != (last is None):
            missing = "quiet_until" if last is None else "quiet_from"
            self.add_error(missing, _("Quiet hours need a beginning and an end; leave both empty for none."))
        elif first is not None and first == last:
            self.add_error("quiet_until", _("The end of the quiet hours must differ from their beginning."))
        elif clean.get("digest_at") and hours.is_quiet(
            Preference(quiet_from=first, quiet_until=last), clean["digest_at"]
        ):
            self.add_error(
                "digest_at",
                _("This is in your quiet hours. Choose an hour outside them, or other quiet hours."),
            )
        return clean

    def clean_time_zone(self):
        return str(zone(self.cleaned_data["time_zone"]))

    @property
    def chosen(self):
        """{subject key: (in the list, frequency)}."""
        clean = self.cleaned_data
        return {
            subject.key: (clean[f"here_{number}"], clean[f"mail_{number}"])
            for number, subject in enumerate(self.subjects)
        }

    @property
    def hours(self):
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
