"""What the library adds to pages of other rooms."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from kit.context import member_of
from kit.links import address_of
from kit.slots import fills
from resources import rules
from resources.models import Status


@fills("member.menu")
def way_to_the_contributions(_request, _member):
    return format_html('<a href="{}">{}</a>', reverse("contributions"), _("My contributions"))


from kit.slots import fills
from resources.models import CountryProfile, Kind


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
    return format_html('<a href="{}">{}</a>', reverse("desk"), _("Staff desk"))


@fills("resources.tools")
def ways_to_contribute(request, resource):
    """For members, on the page of a resource: where its way through the editors is told, and what to make of it."""
    member = member_of(request)
    if member is None or not rules.can_contribute(member):
        return ""
    links = []
    if rules.is_contributor(member, resource):
        links.append((reverse("submission", args=[resource.pk]), _("Where it stands")))
    if not rules.is_staff(member):
        links.append((reverse("contribution_copy", args=[resource.pk]), _("Add a translation or a version")))
    if rules.is_staff(member) and resource.status != Status.PUBLISHED:
        links.append((reverse("desk_review", args=[resource.pk]), _("Review")))
    items = format_html_join("", '<li><a class="quiet" href="{}">{}</a></li>', links)
    return format_html('<ul class="row row-tight gx plain noprint">{}</ul>', items) if links else ""


def ways_to_edit(request, resource):
    """For staff, on the page of a resource: write on it, translate it, see how it came about."""
    member = member_of(request)
    if member is None or not rules.can_use_desk(member):
        return ""
    edit = reverse("desk_edit", args=[resource.pk])
    new = f"{reverse('desk_new', args=[resource.kind])}?begun_as=translation&begun_from={resource.pk}"
    links = [(edit, _("Edit")), (new, _("Add a translation"))]
    return tools([*links, (reverse("desk_history", args=[resource.pk]), _("History"))])


@fills("country.tools")
def way_to_the_profile(request, country):
    """For staff, on a country's page: write its profile."""
    member = member_of(request)
    if member is None or not rules.can_use_desk(member):
        return ""
    profile = CountryProfile.objects.filter(country=country.pk).values_list("pk", flat=True).first()
    if profile:
        links = [(reverse("desk_edit", args=[profile]), _("Edit the profile"))]
        return tools([*links, (reverse("desk_history", args=[profile]), _("History"))])
    new = f"{reverse('desk_new', args=[Kind.COUNTRY])}?country={country.pk}"
    return tools([(new, _("Write the profile"))])


def tools(links):
    """Links for those who keep the page, in one line."""
    items = format_html_join("", '<li><a class="quiet" href="{}">{}</a></li>', links)
    return format_html(
        '<ul class="row row-tight gx plain noprint" aria-label="{}">{}</ul>', _("For staff"), items
    )
