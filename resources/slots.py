"""What the library adds to pages of other rooms."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from kit.slots import fills
from resources import rules


@fills("member.menu")
def way_to_the_desk(_request, member):
    if not rules.can_use_desk(member):
        return ""
    return format_html('<a href="{}">{}</a>', reverse("desk"), _("Staff desk"))
