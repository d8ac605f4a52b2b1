from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.models import ApiToken

MOST_TOKENS = 20
LIFETIMES = [(30, _("30 days")), (90, _("90 days")), (365, _("One year"))]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("What it is for, so that you know it again.")
    )
    scope = forms.ChoiceField(
        label=_("What it may do"), choices=ApiToken.Scope.choices, initial=ApiToken.Scope.READ
    )
    days = forms.TypedChoiceField(label=_("How long it is valid"), choices=LIFETIMES, coerce=int, initial=90)

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_name(self):
        name = self.cleaned_data["name"]
        if self.member.api_tokens.filter(revoked_at=None, name=name).exists():
            raise ValidationError(
                _("You have a token of this name. Choose another name, or revoke that token first.")
            )
        return name

    def clean(self):
        if self.member.api_tokens.valid().count() >= MOST_TOKENS:
            raise ValidationError(
                _("You have %(most)d tokens. Revoke one that you do not use any more.")
                % {"most": MOST_TOKENS}
            )
        return super().clean()
