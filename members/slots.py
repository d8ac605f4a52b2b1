"""What the members room adds to pages of other rooms."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from kit.slots import fills
from members import rules


@fills("member.menu")
def way_to_the_letters(_request, member):
    if not rules.can_read_letters(member):
        return ""
    return format_html('<a href="{}">{}</a>', reverse("proof_list"), _("Letters of officials"))


@fills("member.menu")
def tokens_in_the_menu(_request, _member):
    return format_html('<a href="{}">{}</a>', reverse("token_list"), _("API tokens"))
