"""The vocabularies, to look things up. They are changed in their files, and loaded."""

from django.contrib import admin

from vocabularies.models import Country, Language, Organisation, Topic, TopicLabel


class ReadOnly(admin.ModelAdmin):
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Country)
class CountryAdmin(ReadOnly):
    list_display = ["name_en", "iso3", "wb_region", "income_group"]
    list_filter = ["income_group", "wb_region"]
    list_select_related = ["wb_region"]
    search_fields = ["name_en", "iso3", "aliases__text"]


@admin.register(Language)
class LanguageAdmin(ReadOnly):
    list_display = ["name_en", "code", "endonym"]
    search_fields = ["name_en", "code"]


class LabelInline(admin.TabularInline):
    model = TopicLabel
    extra = 0


@admin.register(Topic)
class TopicAdmin(ReadOnly):
    list_display = ["name_en", "code", "parent"]
    list_select_related = ["parent"]
    search_fields = ["name_en", "code"]
    inlines = [LabelInline]


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ["name", "acronym", "type", "country"]
    list_filter = ["type"]
    list_select_related = ["country"]
    search_fields = ["name", "acronym"]
    autocomplete_fields = ["country"]
    readonly_fields = ["folded_name"]
