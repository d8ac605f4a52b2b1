"""What the library adds to pages of other rooms."""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from kit.links import address_of
from kit.slots import fills
from resources import rules


@fills("member.menu")
def way_to_the_desk(_request, member):
    if not rules.can_use_desk(member):
        return ""
    return format_html('<a href="{}">{}</a>', address_of("desk"), _("Staff desk"))


@fills("member.menu")
def way_to_what_is_kept(_request, _member):
    return format_html(
        '<a href="{}">{}</a><a href="{}">{}</a>',
        address_of("bookmark_list"),
        _("My bookmarks"),
        address_of("saved_search_list"),
        _("Saved searches"),
    )
