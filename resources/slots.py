"""What the library adds to pages of other rooms."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from kit.context import member_of
from kit.links import address_of
from kit.slots import fills
from resources import rules
from resources.models import CountryProfile, Kind, Status


@fills("member.menu")
def ways_into_the_library(_request, member):
    links = [
        ("contributions", _("My contributions")),
        ("bookmark_list", _("My bookmarks")),
        ("saved_search_list", _("Saved searches")),
    ]
    if rules.can_use_desk(member):
        links.append(("desk", _("Staff desk")))
    return format_html_join("", '<a href="{}">{}</a>', [(address_of(name), words) for name, words in links])


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
    return tools(_("For members"), links)


@fills("resources.tools")
def ways_to_edit(request, resource):
    """For staff, on the page of a resource: write on it, translate it, see how it came about."""
    member = member_of(request)
    if member is None or not rules.can_use_desk(member):
        return ""
    new = f"{reverse('desk_new', args=[resource.kind])}?begun_as=translation&begun_from={resource.pk}"
    links = [
        (reverse("desk_edit", args=[resource.pk]), _("Edit")),
        (new, _("Add a translation")),
        (reverse("desk_history", args=[resource.pk]), _("History")),
    ]
    if resource.status != Status.PUBLISHED:
        links.append((reverse("desk_review", args=[resource.pk]), _("Review")))
    return tools(_("For staff"), links)


@fills("country.tools")
def way_to_the_profile(request, country):
    """For staff, on a country's page: write its profile."""
    member = member_of(request)
    if member is None or not rules.can_use_desk(member):
        return ""
    profile = CountryProfile.objects.filter(country=country.pk).values_list("pk", flat=True).first()
    if profile:
        links = [
            (reverse("desk_edit", args=[profile]), _("Edit the profile")),
            (reverse("desk_history", args=[profile]), _("History")),
        ]
    else:
        links = [(f"{reverse('desk_new', args=[Kind.COUNTRY])}?country={country.pk}", _("Write the profile"))]
    return tools(_("For staff"), links)


def tools(whom, links):
    """Links for those who keep a page or may add to it, in one line."""
    if not links:
        return ""
    items = format_html_join("", '<li><a class="quiet" href="{}">{}</a></li>', links)
    return format_html('<ul class="row row-tight gx plain noprint" aria-label="{}">{}</ul>', whom, items)
