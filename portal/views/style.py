from django import forms
from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kit import icons


class ExampleForm(forms.Form):
    year = forms.IntegerField(min_value=1940, label="Publication year")
    email = forms.EmailField(label="E-mail address", help_text="We write only when you ask us to.")
    note = forms.CharField(widget=forms.Textarea, required=False, label="Note")
    theme = forms.ChoiceField(
        choices=[("", "Same as device"), ("dark", "Dark")], required=False, label="Appearance"
    )


@require_safe
def style(request):
    """Every component in every state, for staff and while developing."""
    if not settings.DEBUG and not request.user.is_staff:
        raise Http404
    context = {
        "icons": sorted(icons.names()),
        "fact_items": ["PDF, 1.4 MB", "64 pages", "English, Portuguese"],
        "chip_items": [("From 2031", "/style/#s-chips"), ("Tuvalu", "/style/#s-chips")],
        "pairs": [("Instrument", "Act or law"), ("Number", "12 of 2024"), ("Gazette", "")],
        "form": ExampleForm({"year": "1026", "email": "nobody"}),
    }
    return render(request, "portal/style.html", context)
