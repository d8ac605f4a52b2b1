"""What this room adds to pages of other rooms."""

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit import icons
from kit.links import address_of
from kit.slots import fills
from notifications.queries import MOST_COUNTED, unread_count


@fills("member.tools")
def bell(_request, member):
    """The way to the list, with how many are unread; one short query, for members only."""
    count = unread_count(member)
    if not count:
        return format_html(
            '<a href="{}">{}<span class="vh">{}</span></a>',
            address_of("notification_list"),
            mark_safe(icons.markup("bell")),
            _("Notifications"),
        )
    shown = count if count <= MOST_COUNTED else f"{MOST_COUNTED}+"
    words = ngettext("unread notification", "unread notifications", count)
    return format_html(
        '<a href="{}">{}<span class="count">{}</span><span class="vh"> {}</span></a>',
        address_of("notification_list"),
        mark_safe(icons.markup("bell")),
        shown,
        words,
    )


@fills("member.menu")
def way_to_the_settings(_request, _member):
    return format_html('<a href="{}">{}</a>', address_of("notification_settings"), _("Notification settings"))
