"""What accounts put into the pages of others."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from kit.slots import fills


@fills("member.menu")
def tokens_in_the_menu(_request, _member):
    return format_html('<a href="{}">{}</a>', reverse("token_list"), _("API tokens"))
