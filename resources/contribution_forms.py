"""What contributors type beside the record itself."""

from datetime import UTC

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kit.uploads import check_upload
from resources.desk.fields import AddressField, LineField, MomentField, OneOfField, TextField
from resources.keys import normalise_doi
from resources.models import CountryProfile, Kind
from vocabularies.queries import options

LONGEST_MESSAGE = 5000


class WordsField(TextField):
    """Some sentences to somebody."""

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"rows": 3}


class UtcField(MomentField):
    """A moment, typed on the clock of UTC; cleaned to an aware datetime or None."""

    def __init__(self, **options_):
        super().__init__(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}), **options_)

    def prepare_value(self, value):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M") if hasattr(value, "astimezone") else value

    def clean(self, value):
        found = super().clean(value)
        return found.replace(tzinfo=UTC) if found else None


class StartForm(forms.Form):
    """What is needed to look for duplicates, before the long form."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=Kind.choices)
    language = OneOfField("language", label=gettext_lazy("Language it is written in"))
    doi = LineField(
        label=gettext_lazy("DOI"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("If it has one: title, authors and date are then filled in for you."),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy(
            "The document itself, if you may share it; 50 MB at most. What a PDF says of itself is filled in for you."
        ),
    )
    url = AddressField(
        label=gettext_lazy("Address of the original"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Where it stands on the publisher's own site, best its landing page."),
    )
    title = LineField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=600,
        help_text=gettext_lazy("Leave it empty if the DOI or the file knows it."),
    )

    country = OneOfField(
        "country",
        label=gettext_lazy("Country"),
        required=False,
        help_text=gettext_lazy("Only for a country profile: each country has one."),
    )

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        known = [code for code, _name in options("language", get_language() or "en")]
        if get_language() in known:
            self.initial.setdefault("language", get_language())

    def clean_doi(self):
        text = self.cleaned_data["doi"]
        doi = normalise_doi(text)
        if text and not doi:
            raise ValidationError(_("There is no DOI in this. A DOI starts with 10., as 10.1596/978-0-8213."))
        return doi

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file:
            check_upload(file)
        return file

    def clean(self):
        found = super().clean()
        if not self.errors and not any(found.get(name) for name in ("doi", "file", "title")):
            self.add_error("title", _("Type the title, or give a DOI or a file that knows it."))
        if found.get("kind") == Kind.COUNTRY and "country" not in self.errors:
            if not found.get("country"):
                self.add_error("country", _("Choose the country."))
            elif CountryProfile.objects.filter(country=found["country"]).exists():
                self.add_error("country", _("This country has a profile already, or somebody is writing it."))
        return found


class CopyForm(forms.Form):
    """What to make of a resource that is there."""

    way = forms.ChoiceField(
        label=gettext_lazy("What do you bring?"),
        choices=[
            ("translation", gettext_lazy("The same text in another language")),
            ("version", gettext_lazy("A newer version of it")),
            ("clone", gettext_lazy("Something else that is much like it")),
        ],
    )
    language = OneOfField(
        "language",
        label=gettext_lazy("Language of the translation"),
        required=False,
        help_text=gettext_lazy("Only for a translation."),
    )

    def clean(self):
        found = super().clean()
        if found.get("way") == "translation" and not found.get("language") and "language" not in self.errors:
            self.add_error("language", _("Choose the language of the translation."))
        return found


class AttachForm(forms.Form):
    """How a draft belongs to a match of the duplicate check."""

    original = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    way = forms.ChoiceField(choices=[("translation", ""), ("version", "")])


class HandInForm(forms.Form):
    """The last word to the editors."""

    note = WordsField(
        label=gettext_lazy("Message to the editors"),
        required=False,
        max_length=LONGEST_MESSAGE,
        help_text=gettext_lazy("Anything they should know. Only they read it."),
    )
    embargoed_until = UtcField(
        label=gettext_lazy("Not before (UTC)"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("Only where it may not be public yet: nobody can publish it earlier."),
    )

    def clean_embargoed_until(self):
        until = self.cleaned_data["embargoed_until"]
        if until and until <= timezone.now():
            raise ValidationError(
                _("This moment is past. Leave it empty to have it published when it is ready.")
            )
        return until


class AnswerForm(forms.Form):
    note = WordsField(
        label=gettext_lazy("Your answer"),
        max_length=LONGEST_MESSAGE,
        help_text=gettext_lazy("The editors read it; the record goes back to them with it."),
    )


class AppealForm(forms.Form):
    reason = WordsField(
        label=gettext_lazy("Why should they look again?"),
        max_length=LONGEST_MESSAGE,
        help_text=gettext_lazy("Another editor than the one who decided reads it. You can appeal once."),
    )


class MessageForm(forms.Form):
    text = WordsField(label=gettext_lazy("Message"), max_length=LONGEST_MESSAGE)


class BlockAppealForm(forms.Form):
    text = WordsField(label=gettext_lazy("Why should the block be lifted?"), max_length=LONGEST_MESSAGE)
