"""The vocabularies, to look things up. They are changed in their files, and loaded; organisations also here."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.text import fold
from vocabularies.models import (
    Country,
    CountryAlias,
    IncomeClass,
    Language,
    Organisation,
    Region,
    Topic,
    TopicLabel,
)
from vocabularies.queries import forget_organisations


class ReadOnly(admin.ModelAdmin):
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class RowsBelow(admin.TabularInline):
    extra = 0

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class AliasInline(RowsBelow):
    model = CountryAlias
    fields = ["text"]


class IncomeClassInline(RowsBelow):
    model = IncomeClass


class LabelInline(RowsBelow):
    model = TopicLabel


@admin.register(Country)
class CountryAdmin(ReadOnly):
    list_display = ["name_en", "iso3", "wb_region", "income_group"]
    list_filter = ["income_group", "wb_region"]
    list_select_related = ["wb_region"]
    search_fields = ["name_en", "iso3", "aliases__text"]
    inlines = [AliasInline, IncomeClassInline]


@admin.register(Region)
class RegionAdmin(ReadOnly):
    list_display = ["name_en", "code", "scheme", "parent"]
    list_filter = ["scheme"]
    list_select_related = ["parent"]
    search_fields = ["name_en", "code"]


@admin.register(Language)
class LanguageAdmin(ReadOnly):
    list_display = ["name_en", "code", "endonym"]
    search_fields = ["name_en", "code"]


@admin.register(Topic)
class TopicAdmin(ReadOnly):
    list_display = ["name_en", "code", "parent"]
    list_select_related = ["parent"]
    search_fields = ["name_en", "code", "labels__text"]
    inlines = [LabelInline]


class OrganisationForm(forms.ModelForm):
    website = forms.URLField(
        label=gettext_lazy("website"), required=False, max_length=500, assume_scheme="https"
    )

    class Meta:
        model = Organisation
        fields = ["name", "acronym", "slug", "type", "country", "website", "aliases"]

    def clean_name(self):
        """A name nobody has, however it is written."""
        name = " ".join(self.cleaned_data["name"].split())
        folded = fold(name)[:255]
        if not folded:
            raise forms.ValidationError(_("The name needs a letter or a digit."))
        other = Organisation.objects.filter(folded_name=folded).exclude(pk=self.instance.pk).first()
        if other:
            raise forms.ValidationError(_("This organisation is there already: %s.") % other)
        self.instance.folded_name = folded
        return name

    def clean_aliases(self):
        """A list of other names."""
        aliases = self.cleaned_data["aliases"] or []
        if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
            raise forms.ValidationError(_('Give a list of names, such as ["ILO", "OIT"].'))
        return aliases


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    form = OrganisationForm
    list_display = ["name", "acronym", "type", "country"]
    list_filter = ["type"]
    list_select_related = ["country"]
    search_fields = ["name", "acronym"]
    autocomplete_fields = ["country"]
    prepopulated_fields = {"slug": ["name"]}

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        forget_organisations()
