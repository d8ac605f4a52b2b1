"""Cleans what staff typed about a curated page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.models import Collection, CollectionItem

LONGEST_INTRO = 10_000


class CollectionForm(forms.ModelForm):
    """The texts of a curated page; its address only while it is new."""

    class Meta:
        model = Collection
        fields = (
            *("title_en", "intro_en", "curated_by", "comment_language"),
            *(f"{name}_{code}" for code in ("fr", "es", "pt", "ar") for name in ("title", "intro")),
            "slug",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _(
            "The last part of the address, for example “key-readings”. Left empty, it is made from the title."
        )
        if self.instance.pk:
            del self.fields["slug"]
        for name, field in self.fields.items():
            if name.startswith("intro_"):
                field.max_length, field.widget.attrs["maxlength"] = LONGEST_INTRO, LONGEST_INTRO
            if name.startswith(("title_", "intro_")):
                field.widget.attrs |= {"lang": name[-2:], "dir": "rtl" if name.endswith("_ar") else "ltr"}

    def clean(self):
        values = super().clean()
        for name, text in values.items():
            if name.startswith("intro_") and len(text or "") > LONGEST_INTRO:
                self.add_error(
                    name, _("This text has more than %(most)d characters.") % {"most": LONGEST_INTRO}
                )
        return values

    @property
    def translated(self):
        """The bound fields of the other languages."""
        return [self[name] for name in self.fields if name[-3:] in ("_fr", "_es", "_pt", "_ar")]

    @property
    def is_translation_wrong(self):
        return any(bound.errors for bound in self.translated)


class CommentForm(forms.ModelForm):
    class Meta:
        model = CollectionItem
        fields = ("comment",)


class PlaceForm(forms.Form):
    """A place in the order, counted from 1."""

    to = forms.IntegerField(min_value=1, max_value=10_000)
