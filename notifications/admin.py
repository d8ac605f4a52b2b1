from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from notifications.actions import send_again
from notifications.models import Mail


@admin.register(Mail)
class MailAdmin(admin.ModelAdmin):
    """The ledger of mails: to read, and to send once more what was refused or is uncertain."""

    list_display = ["title", "member", "state", "due_at", "ended_at", "attempts", "error"]
    list_filter = ["state"]
    list_select_related = ["member"]
    search_fields = ["address", "message_id"]
    show_full_result_count = False
    actions = ["send_once_more"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_send_permission(self, request):
        return request.user.has_perm("notifications.change_mail")

    @admin.action(permissions=["send"], description=_("Send once more what was refused or is uncertain"))
    def send_once_more(self, request, queryset):
        count = sum(send_again(mail) for mail in queryset)
        self.message_user(
            request,
            ngettext("%(count)d mail waits again.", "%(count)d mails wait again.", count) % {"count": count},
            messages.SUCCESS,
        )
