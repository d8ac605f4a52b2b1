"""How profiles reach the index: twice, once as members see them and once as everyone does."""

from datetime import date

from django.conf import settings
from django.utils.translation import override
from haystack import indexes

from members.models import Audience, Profile, PublicProfile
from members.queries.directory import as_seen, whole
from search.documents import Document, Text
from search.indexes import PortalIndex

EPOCH = date(1970, 1, 1)
# Words of their own, so that a search that does not ask for people never meets one.
AUDIENCES = {Audience.MEMBERS: "directory-members", Audience.PUBLIC: "directory-public"}


class ProfileIndex(PortalIndex, indexes.Indexable):
    viewer = Audience.MEMBERS

    def get_model(self):
        return Profile

    def findable(self):
        return self.get_model().objects.listed()

    def documents(self, ids, shared=None):
        label = self.get_model()._meta.label_lower
        for profile in whole(self.findable().filter(pk__in=ids)):
            # Addresses without a language, and the same words whoever asks for the indexing.
            with override(settings.LANGUAGE_CODE):
                yield document(profile, self.viewer, label)


class PublicProfileIndex(ProfileIndex):
    viewer = Audience.PUBLIC

    def get_model(self):
        return PublicProfile

    def findable(self):
        return self.get_model().objects.public()


def document(profile, viewer, label):
    """A profile's document with the parts the viewer may see, and no others."""
    person = as_seen(profile, viewer)
    shows_country = profile.shows("country", viewer) and profile.member.country
    known = [*person.experience, *([profile.member.country] if shows_country else [])]
    text = Text(
        profile.language,
        profile.pk,
        person.name,
        "\n".join(filter(None, [", ".join(map(str, person.current)), person.bio])),
        "\n".join(str(one) for one in person.affiliations if not one.is_current),
        person.url,
    )
    return Document(
        model=label,
        pk=profile.pk,
        texts=[text],
        facets={
            "kind": sorted({one.sector for one in person.current}),
            "country": sorted({country.pk for country in known}),
            "region": sorted({country.wb_region_id for country in known if country.wb_region_id}),
            "topic": sorted({topic.slug for topic in person.topics}),
            "language": sorted({language.pk for language in person.languages}),
            "organisation": sorted({one.organisation.slug for one in person.current if one.organisation}),
        },
        topics=[name for topic in person.topics for name in names_of(topic)],
        places=[name for country in known for name in names_of(country)],
        concepts={topic.slug for topic in person.topics},
        exact=[person.name],
        audience=(AUDIENCES[viewer],),
        day=(profile.member.joined_at.date() - EPOCH).days,
    )


def names_of(named):
    return list(dict.fromkeys(filter(None, (named.name_in(code) for code, _name in settings.LANGUAGES))))
