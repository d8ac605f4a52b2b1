"""The library's recordings as a podcast: RSS 2.0 with the tags that directories ask for.

https://help.apple.com/itc/podcasts_connect/#/itcb54353390
"""

from datetime import UTC, datetime, time
from mimetypes import guess_type
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kit.text import one_line
from resources.queries.podcast import AUDIO, episodes

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
CATEGORY = "Government"
LONGEST_TEXT = 4000


class PodcastFeed(Rss201rev2Feed):
    content_type = "application/rss+xml; charset=utf-8"

    def rss_attributes(self):
        return {**super().rss_attributes(), "xmlns:itunes": ITUNES, "xmlns:dc": DUBLIN_CORE}

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        handler.addQuickElement("itunes:author", settings.SITE_NAME)
        handler.addQuickElement("itunes:summary", self.feed["description"])
        handler.addQuickElement("itunes:category", None, {"text": CATEGORY})
        handler.addQuickElement("itunes:explicit", "false")
        handler.addQuickElement("itunes:type", "episodic")

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("itunes:title", item["title"])
        handler.addQuickElement("itunes:author", item["by"] or settings.SITE_NAME)
        if item["description"]:
            handler.addQuickElement("itunes:summary", item["description"])
        if item["seconds"]:
            handler.addQuickElement("itunes:duration", str(item["seconds"]))
        handler.addQuickElement("itunes:explicit", "false")
        handler.addQuickElement("itunes:episodeType", "full")
        handler.addQuickElement("dc:language", item["language"])


@require_safe
def podcast(request):
    """Published audio with a media file, newest first."""
    feed = PodcastFeed(
        title=_("%(site)s: recordings") % {"site": settings.SITE_NAME},
        link=f"{settings.SITE_URL}{reverse('library')}?kind=multimedia",
        feed_url=settings.SITE_URL + request.path,
        description=_("Conversations and recordings on social protection from the library of %(site)s.")
        % {"site": settings.SITE_NAME},
        language=get_language(),
    )
    for episode in episodes():
        feed.add_item(
            title=one_line(episode.title, LONGEST_TEXT)[0],
            link=settings.SITE_URL + episode.get_absolute_url(),
            description=one_line(episode.summary, LONGEST_TEXT)[0],
            unique_id=guid(episode),
            unique_id_is_permalink=True,
            pubdate=datetime.combine(episode.sort_on, time.min, UTC),
            enclosures=[enclosure(episode)],
            by=one_line(episode.card.get("by", ""), LONGEST_TEXT)[0],
            seconds=episode.multimedia.duration_seconds,
            language=episode.language_id,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=PodcastFeed.content_type)


def guid(episode):
    """One name for an episode in the feeds of every language: its address on the site in English."""
    with override(settings.LANGUAGE_CODE):
        return settings.SITE_URL + episode.get_absolute_url()


def enclosure(episode):
    """The media file: the one kept here first, else the one at its publisher. Length 0 where nobody told it."""
    if episode.audio_files:
        file = episode.audio_files[0]
        address = reverse("resource_file", args=[episode.kind, episode.slug, file.pk])
        return Enclosure(settings.SITE_URL + address, str(file.size), file.media_type)
    detail = episode.multimedia
    media_type = detail.enclosure_type or guess_type(urlsplit(detail.enclosure_url).path)[0] or ""
    if not media_type.startswith((AUDIO, "video/")):
        media_type = "audio/mpeg"
    return Enclosure(detail.enclosure_url, str(detail.enclosure_size or 0), media_type)
