"""The back office. Changes pass through the actions, so the index, the cards and the ledger always hear of them."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from resources import actions
from resources.models import (
    KIND_MODELS,
    Contributor,
    Indicator,
    Resource,
    ResourceFile,
    ResourceIdentifier,
    ResourceOrganisation,
    ResourceTopic,
    Status,
    Transition,
)

ADDRESSES = {models.URLField: {"assume_scheme": "https"}}


class ContributorInline(admin.TabularInline):
    model = Contributor
    extra = 0


class OrganisationInline(admin.TabularInline):
    model = ResourceOrganisation
    extra = 0
    autocomplete_fields = ["organisation"]


class TopicInline(admin.TabularInline):
    model = ResourceTopic
    extra = 0
    autocomplete_fields = ["topic"]


class IdentifierInline(admin.TabularInline):
    model = ResourceIdentifier
    extra = 0


class FileInline(admin.TabularInline):
    model = ResourceFile
    extra = 0
    can_delete = False
    exclude = ["file"]
    readonly_fields = ["content", "media_type", "size", "pages", "sha256"]

    @admin.display(description=_("file"))
    def content(self, file):
        """The file at its address on the site: where it is stored has none of its own that may be given away."""
        address = reverse("resource_file", args=[file.resource.kind, file.resource.slug, file.pk])
        return format_html('<a href="{}">{}</a>', address, file.file.name.rpartition("/")[2])

    def has_add_permission(self, request, obj=None):
        return False


class TransitionInline(admin.TabularInline):
    """The log of the steps; nobody changes it."""

    model = Transition
    extra = 0
    can_delete = False
    fields = readonly_fields = ["from_status", "to_status", "actor", "at", "note", "revision"]

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


def detail_inline(kind, detail):
    """The inline that edits the table of one kind."""
    return type(
        f"{detail.__name__}Inline",
        (admin.StackedInline,),
        {
            "model": detail,
            "fk_name": "resource",
            "can_delete": False,
            "kind": kind,
            "formfield_overrides": ADDRESSES,
            "raw_id_fields": [
                f.name for f in detail._meta.fields if f.related_model is Resource and f.name != "resource"
            ],
        },
    )


DETAIL_INLINES = {kind: detail_inline(kind, detail) for kind, detail in KIND_MODELS.items()}


@admin.register(Resource)
class ResourceAdmin(admin.ModelAdmin):
    list_display = ["title", "kind", "status", "language", "year", "updated_at"]
    list_filter = ["status", "kind", "is_sample", "language"]
    search_fields = ["title", "slug", "source_ref"]
    list_select_related = ["language"]
    show_full_result_count = False
    date_hierarchy = None
    autocomplete_fields = ["countries", "other_languages", "language"]
    readonly_fields = [
        "kind",
        "status",
        "slug",
        "work",
        "submitted_by",
        "submitted_at",
        "published_at",
        "withdrawn_at",
        "withdrawal_reason",
        "embargoed_until",
        "publish_at",
        "expired_at",
    ]
    exclude = ["year", "sort_on"]
    formfield_overrides = ADDRESSES
    actions = ["publish", "withdraw"]
    inlines = [
        ContributorInline,
        OrganisationInline,
        TopicInline,
        IdentifierInline,
        FileInline,
        TransitionInline,
    ]

    def has_add_permission(self, request):
        """A new resource needs its work, its kind's row and its address: the forms of the site make them."""
        return False

    def has_delete_permission(self, request, obj=None):
        """What was once published is withdrawn, never deleted: its address goes on answering."""
        unseen = obj is not None and obj.status in (Status.DRAFT, Status.REFUSED)
        return unseen and super().has_delete_permission(request, obj)

    def get_inlines(self, request, obj):
        return [DETAIL_INLINES[obj.kind], *self.inlines] if obj else []

    @transaction.atomic
    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        values = {name: form.cleaned_data[name] for name in actions.FIELDS if name in form.cleaned_data}
        actions.edit_resource(form.instance, by=request.user, **values)

    @admin.action(description=_("Publish"))
    def publish(self, request, queryset):
        for resource in queryset:
            try:
                actions.publish_resource(resource, by=request.user)
            except ValidationError as error:
                self.message_user(request, f"{resource}: {error.messages[0]}", messages.ERROR)
            else:
                said = _("“%(title)s” is published.") % {"title": resource}
                self.message_user(request, said, messages.SUCCESS)

    @admin.action(description=_("Withdraw"))
    def withdraw(self, request, queryset):
        for resource in queryset:
            try:
                actions.withdraw_resource(
                    resource, by=request.user, reason=str(_("Withdrawn by the editors."))
                )
            except ValidationError as error:
                self.message_user(request, f"{resource}: {error.messages[0]}", messages.ERROR)


@admin.register(Indicator)
class IndicatorAdmin(admin.ModelAdmin):
    list_display = ["name_en", "unit", "source", "position"]
    formfield_overrides = ADDRESSES
