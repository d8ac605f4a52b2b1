from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from members import actions
from members.models import Institution, InstitutionDomain, Member

# The back office is entered through the portal's own sign-in, with its limits and its second factor.
admin.site.login = secure_admin_login(admin.site.login)


@admin.register(Member)
class MemberAdmin(UserAdmin):
    ordering = ["email"]
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
        """The directory hears of a name, a country or a blocked account that was changed here."""
        super().save_model(request, obj, form, change)
        if change:
            actions.touch_profile(obj)


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
