"""The staff desk: the words beside the fields."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from resources import actions
from resources.desk.door import staff_only
from resources.desk.fields import TextField
from resources.desk.forms import ROWS, RecordForm
from resources.desk.guidance import built_in
from resources.desk.wording import field_label
from resources.models import FieldGuidance, Kind

LONGEST = 1000


class GuidanceForm(forms.Form):
    """A box for each field of a kind, or of what all kinds share."""

    def __init__(self, kind, *args, **options):
        super().__init__(*args, **options)
        shown = RecordForm(kind) if kind else None
        fields = shown.fields if shown else RecordForm.base_fields
        for name, field in fields.items():
            self.add(name, field.label)
        for name in ROWS:
            self.add(name, field_label(kind, name))

    def add(self, name, label):
        self.fields[name] = TextField(
            label=label, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
        )


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def desk_guidance(request):
    kind, language = request.GET.get("kind", ""), request.GET.get("language", "")
    kind = kind if kind in Kind.values else ""
    language = language if language in dict(settings.LANGUAGES) else get_language() or "en"
    said = dict(FieldGuidance.objects.filter(kind=kind, language=language).values_list("field", "text"))
    form = GuidanceForm(kind, request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        for name in form.changed_data:
            actions.set_guidance(kind, name, language, form.cleaned_data[name], by=request.user)
        messages.success(request, _("Saved."))
        return redirect(request.get_full_path())
    context = {
        "form": form,
        "entries": [(form[name], built_in(kind, name)) for name in form.fields],
        "kind": kind,
        "language": language,
        "kinds": Kind.choices,
        "languages_of_site": settings.LANGUAGES,
        "trail": [(_("Staff desk"), reverse("desk"))],
    }
    return render(request, "resources/desk/guidance.html", context)
