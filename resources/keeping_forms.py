"""Cleans what a member keeps: saved searches."""

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kit.text import one_line
from resources import queries
from resources.models import SavedSearch

NAME_LIMIT = 100


class SavedSearchForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=NAME_LIMIT,
        help_text=gettext_lazy("Mails and notifications call the search so."),
    )
    frequency = forms.ChoiceField(
        label=gettext_lazy("Tell me what is new"),
        choices=SavedSearch.Frequency.choices,
        initial=SavedSearch.Frequency.WEEKLY,
    )

    def clean_name(self):
        name, _was_cut = one_line(self.cleaned_data["name"], NAME_LIMIT)
        if not name:
            raise forms.ValidationError(_("Type a name for the search."))
        return name


def name_for(search):
    """What a search could be called: its words, then its filters."""
    words = [words for words, _url in queries.active_filters(search, get_language())]
    name = ", ".join(filter(None, [search.text, *words])) or _("The whole library")
    return one_line(name, NAME_LIMIT)[0]
