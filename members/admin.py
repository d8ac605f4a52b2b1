from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members import actions
from members.models import ApiToken, Institution, InstitutionDomain, Member

# The back office is entered through the portal's own sign-in, with its limits and its second factor.
admin.site.login = secure_admin_login(admin.site.login)


@admin.register(Member)
class MemberAdmin(UserAdmin):
    ordering = ["email"]
    actions = ["close_accounts"]
    list_display = ["email", "name", "country", "is_staff", "is_active"]
    list_select_related = ["country"]
    search_fields = ["email", "name"]
    readonly_fields = ["joined_at", "last_login"]
    autocomplete_fields = ["country"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Person"), {"fields": ["name", "country"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        (_("Dates"), {"fields": ["joined_at", "last_login"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "password1", "password2"]})]

    def save_model(self, request, obj, form, change):
        """The directory hears of what was changed here; staff vouch for an address they write down for somebody."""
        super().save_model(request, obj, form, change)
        if change:
            if "email" in form.changed_data:
                obj.emailaddress_set.all().delete()
                Member.objects.vouch_for_address(obj)
            actions.touch_profile(obj)

    def has_delete_permission(self, request, obj=None):
        """Accounts are closed, which leaves no row behind that nobody decided about; see `close_accounts`."""
        return False

    @admin.action(description=_("Close the chosen accounts in two weeks"))
    def close_accounts(self, request, queryset):
        for member in queryset:
            try:
                actions.ask_for_erasure(member)
            except ValidationError as error:
                self.message_user(request, f"{member}: {error.messages[0]}", messages.WARNING)
            else:
                self.message_user(
                    request, _("%(name)s gets a mail and is erased in two weeks.") % {"name": member}
                )


class DomainInline(admin.TabularInline):
    model = InstitutionDomain
    extra = 1


@admin.register(Institution)
class InstitutionAdmin(admin.ModelAdmin):
    """The registry of public bodies. A domain belongs here only if nobody but their own staff gets an address in it."""

    list_display = ["name", "country", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["country"]
    search_fields = ["name", "domains__domain"]
    autocomplete_fields = ["country"]
    inlines = [DomainInline]


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):
    """Staff see whose tokens there are and revoke them; nobody can read one."""

    list_display = [
        "name",
        "member",
        "start",
        "scope",
        "created_at",
        "expires_at",
        "last_used_at",
        "revoked_at",
    ]
    list_select_related = ["member"]
    list_filter = ["scope"]
    search_fields = ["name", "start", "member__email"]
    fields = readonly_fields = list_display
    actions = ["revoke"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Revoke"))
    def revoke(self, request, queryset):
        for token in queryset:
            actions.revoke_token(token, by=request.user)
