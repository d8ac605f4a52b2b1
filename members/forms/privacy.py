from django import forms
from django.utils.translation import gettext_lazy


class ErasureForm(forms.Form):
    understood = forms.BooleanField(
        label=gettext_lazy("I want my account and my data to be erased."),
        error_messages={"required": gettext_lazy("Tick the box if you mean it.")},
    )
