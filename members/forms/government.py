"""Becoming known as an official."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.uploads import check_upload
from members.forms.fields import OneLineField
from members.models import Institution

LETTER_TYPES = ("application/pdf", "image/png", "image/jpeg")
LARGEST_LETTER = 10 * 1024 * 1024


class OfficialAddressForm(forms.Form):
    address = forms.EmailField(
        label=gettext_lazy("Your official email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "We mail a code to it, once. Nobody sees it, and you go on signing in as you do now."
        ),
    )


class CodeForm(forms.Form):
    code = OneLineField(
        label=gettext_lazy("Code"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class ColleagueForm(forms.Form):
    institution = forms.ModelChoiceField(
        label=gettext_lazy("Institution"),
        queryset=Institution.objects.filter(is_active=True),
        empty_label=gettext_lazy("Choose"),
    )
    address = forms.EmailField(
        label=gettext_lazy("The colleague's email address here"),
        max_length=254,
        help_text=gettext_lazy("Somebody of your institution who is verified already."),
    )


class ProofLetterForm(forms.Form):
    institution_name = OneLineField(label=gettext_lazy("Institution"), max_length=255)
    letter = forms.FileField(
        label=gettext_lazy("Letter"),
        help_text=gettext_lazy(
            "On the institution's paper, with your name, your post and a signature. PDF, PNG or JPEG, at most 10 MB. "
            "Staff read it; then it is deleted."
        ),
    )

    def clean_letter(self):
        file = self.cleaned_data["letter"]
        if file.size > LARGEST_LETTER:
            raise ValidationError(_("The letter is larger than 10 MB. Make it smaller."), code="too_large")
        self.upload = check_upload(file)
        if self.upload.media_type not in LETTER_TYPES:
            raise ValidationError(_("Send the letter as PDF, PNG or JPEG."), code="type")
        return file


class VouchingForm(forms.Form):
    accept = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[
            ("yes", gettext_lazy("Yes, I know this person works there")),
            ("no", gettext_lazy("No, or I am not sure")),
        ],
        widget=forms.RadioSelect,
    )


class DecisionForm(forms.Form):
    accept = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("yes", gettext_lazy("Verify the post")), ("no", gettext_lazy("Refuse"))],
        widget=forms.RadioSelect,
    )
    institution = forms.ModelChoiceField(
        label=gettext_lazy("Institution of the registry"),
        queryset=Institution.objects.filter(is_active=True),
        required=False,
        empty_label=gettext_lazy("Choose"),
        help_text=gettext_lazy("Needed to verify. One that is missing is added in the administration first."),
    )
    reason = OneLineField(
        label=gettext_lazy("Reason"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Needed to refuse. The member reads it."),
    )

    def clean(self):
        data = super().clean()
        if data.get("accept") == "yes" and not data.get("institution") and "institution" not in self.errors:
            self.add_error("institution", _("Choose the institution."))
        if data.get("accept") == "no" and not data.get("reason"):
            self.add_error("reason", _("Say why."))
        return data
