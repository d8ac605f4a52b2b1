"""Curated pages as readers see them."""

from html import unescape

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kit.context import member_of
from kit.markdown import to_html
from kit.text import one_line
from resources import rules
from resources.models import Collection
from resources.queries import collections as queries

DESCRIPTION = 300
LONGEST = 4000


@require_safe
def collection_list(request):
    """Every published curated page, the newest first."""
    visitor = member_of(request) or AnonymousUser()
    return render(
        request,
        "resources/collection_list.html",
        {"collections": queries.published_collections(), "may_curate": rules.can_curate(visitor)},
    )


@require_safe
def collection(request, slug):
    """A curated page: its introduction and its resources in their order; a draft for staff alone."""
    visitor = member_of(request) or AnonymousUser()
    found = get_object_or_404(Collection.objects.visible_to(visitor), slug=slug)
    title, title_language = found.in_language("title")
    intro, intro_language = found.in_language("intro")
    html = to_html(intro)
    return render(
        request,
        "resources/collection.html",
        {
            "collection": found,
            "title": title,
            "title_language": title_language,
            "intro": html,
            "intro_language": intro_language,
            "description": " ".join(unescape(strip_tags(html)).split())[:DESCRIPTION],
            "entries": queries.entries(found, get_language()),
            "trail": [(_("Curated pages"), reverse("collection_list"))],
            "may_curate": rules.can_curate(visitor),
        },
    )


@require_safe
def collection_feed(request, slug):
    """A published curated page as an Atom feed, what was added last first."""
    found = get_object_or_404(Collection.objects.published(), slug=slug)
    feed = Atom1Feed(
        title=f"{one_line(found.title, LONGEST)[0]} – {settings.SITE_NAME}",
        link=settings.SITE_URL + found.get_absolute_url(),
        feed_url=settings.SITE_URL + request.path,
        description="",
        language=get_language(),
    )
    for entry in sorted(queries.entries(found, get_language()), key=lambda one: one.added_at, reverse=True):
        feed.add_item(
            title=plain(entry.row.title),
            link=settings.SITE_URL + entry.row.url,
            description=one_line(entry.comment, LONGEST)[0] or plain(entry.row.text),
            author_name=one_line(entry.row.by, LONGEST)[0] or None,
            categories=[entry.row.type],
            pubdate=entry.added_at,
            updateddate=entry.added_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=Atom1Feed.content_type)


def plain(html):
    """Words without markup, and without the control characters that XML refuses."""
    return one_line(unescape(strip_tags(html)), LONGEST)[0]
