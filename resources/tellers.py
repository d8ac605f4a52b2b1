"""What the library tells members about, and in which words: see notifications.subjects."""

from html import unescape

from django.core import signing
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from notifications.actions import Told, tells
from resources import queries, rules
from resources.models import Resource, SavedSearch, Status
from resources.verbs import CONTRIBUTIONS, SAVED_SEARCHES, SUBMISSIONS, ResourceVerb

STOP_SALT = "resources.stop_search"


@tells(
    SAVED_SEARCHES,
    label=gettext_lazy("New in my saved searches"),
    hint=gettext_lazy("Each search has its own rhythm."),
    frequencies=("now", "off"),
    words={"now": gettext_lazy("As each search says")},
)
def tell_of_saved_searches(notifications):
    """What is new and still published; a search of which nothing is left is not told."""
    searches = SavedSearch.objects.in_bulk([one.about for one in notifications])
    found = rows_of_works({work for one in notifications for work in one.data["works"]})
    told = {}
    for one in notifications:
        search = searches.get(one.about)
        rows = [found[work] for work in one.data["works"] if work in found]
        if search and rows:
            gone = len(one.data["works"]) - len(rows)
            told[one.pk] = new_in(search, one.data["total"] - gone, rows)
    return told


def new_in(search, total, rows):
    return Told(
        title=ngettext("%(count)d new result for “%(name)s”", "%(count)d new results for “%(name)s”", total)
        % {"count": total, "name": search.name},
        url=search.newest_url,
        parts=tuple(part(row) for row in rows),
        more=(_("All results, the newest first"), search.newest_url),
        stop=(_("Tell me no more of this search"), stop_address(search)),
    )


def part(row):
    return Told(
        title=unescape(strip_tags(row.title)),
        url=row.url,
        kicker=", ".join(filter(None, [row.type, row.date])),
        note=row.by,
    )


def rows_of_works(works):
    """{work: row} of what is published of them, in the reader's language where there is such a version."""
    versions = Resource.objects.published().filter(work__in=works).order_by("-pk")
    chosen, language = {}, get_language()
    for resource in versions.only("pk", "work", "language"):
        known = chosen.get(resource.work_id)
        if known is None or known.language_id != language:
            chosen[resource.work_id] = resource
    rows = {row.pk: row for row in queries.rows(chosen.values(), language)}
    return {work: rows[resource.pk] for work, resource in chosen.items() if resource.pk in rows}


def stop_address(search):
    return reverse("saved_search_stop", args=[signing.dumps(search.pk, salt=STOP_SALT)])


def read_stop_token(token):
    """The key of the saved search an address ends, or None for an address that is not ours."""
    try:
        return signing.loads(token, salt=STOP_SALT)
    except signing.BadSignature:
        return None


@tells(CONTRIBUTIONS, label=gettext_lazy("What I contributed"))
def tell_of_contributions(notifications):
    resources = known_resources(notifications)
    told = {}
    for one in notifications:
        resource = resources.get(one.about)
        if resource is None or resource.submitted_by_id != one.member_id:
            continue
        if one.data["verb"] == ResourceVerb.WITHDRAWN:
            title = _("“%(title)s” was withdrawn") % {"title": resource.title}
        else:
            title = _("“%(title)s” is published") % {"title": resource.title}
        told[one.pk] = Told(title=title, url=resource.get_absolute_url(), note=one.data["reason"])
    return told


@tells(
    SUBMISSIONS,
    label=gettext_lazy("What waits for publication"),
    hint=gettext_lazy("For staff."),
    mail="daily",
    open_to=rules.can_publish,
)
def tell_of_submissions(notifications):
    """What was decided meanwhile waits no longer."""
    resources = known_resources(notifications)
    return {
        one.pk: Told(
            title=_("“%(title)s” waits for publication") % {"title": resources[one.about].title},
            url=resources[one.about].get_absolute_url(),
            kicker=str(resources[one.about].get_kind_display()),
        )
        for one in notifications
        if one.about in resources
        and resources[one.about].status == Status.SUBMITTED
        and rules.can_publish(one.member)
    }


def known_resources(notifications):
    fields = ("pk", "title", "kind", "slug", "status", "submitted_by")
    return Resource.objects.only(*fields).in_bulk([one.about for one in notifications])
