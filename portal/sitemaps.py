"""What crawlers may read (https://www.sitemaps.org): pages, countries, topics, and the resources in chapters."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from resources.models import Collection
from resources.queries.published import addresses_of, chapters
from vocabularies.models import Country, Topic

CHAPTER = 5000


class Site:
    """The host of SITE_URL, in the shape Django's sitemaps ask for."""

    domain = urlsplit(settings.SITE_URL).netloc


class OwnHost(Sitemap):
    protocol = urlsplit(settings.SITE_URL).scheme

    def get_urls(self, page=1, site=None, protocol=None):
        return super().get_urls(page=page, site=Site, protocol=protocol)


class Pages(OwnHost):
    i18n, alternates, x_default = True, True, True

    def items(self):
        return ["home", "library", "country_list", "topic_list", "collection_list"]

    def location(self, item):
        return reverse(item)


class Countries(OwnHost):
    i18n, alternates, x_default = True, True, True

    def items(self):
        return list(Country.objects.order_by("pk").values_list("pk", flat=True))

    def location(self, item):
        return reverse("country", args=[item.lower()])


class Topics(OwnHost):
    i18n, alternates, x_default = True, True, True

    def items(self):
        return list(Topic.objects.order_by("pk").values_list("slug", flat=True))

    def location(self, item):
        return reverse("topic", args=[item])


class Collections(OwnHost):
    i18n, alternates, x_default = True, True, True

    def items(self):
        return list(Collection.objects.published().order_by("pk"))

    def location(self, item):
        return item.get_absolute_url()

    def lastmod(self, item):
        return item.updated_at


class Resources(OwnHost):
    """One chapter. A resource has one address, in the language of its own text."""

    def __init__(self, chapter, changed):
        self.chapter, self.changed = chapter, changed

    def items(self):
        return addresses_of(self.chapter, CHAPTER)

    def location(self, item):
        return reverse("resource", args=[item[0], item[1]])

    def lastmod(self, item):
        return item[2]

    def get_latest_lastmod(self):
        return self.changed


def sections():
    """Name → sitemap, as of now."""
    return {
        "pages": Pages(),
        "countries": Countries(),
        "topics": Topics(),
        "collections": Collections(),
        **{f"resources-{number}": Resources(number, changed) for number, changed in chapters(CHAPTER)},
    }
