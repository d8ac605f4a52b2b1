from django.contrib import admin

from activity.models import Activity


@admin.register(Activity)
class ActivityAdmin(admin.ModelAdmin):
    """The ledger, to read only."""

    list_display = ["at", "verb", "actor", "subject_type", "subject_id", "delivered_at", "attempts"]
    list_filter = ["verb"]
    list_select_related = ["actor", "subject_type"]
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
