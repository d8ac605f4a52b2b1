"""Profiles as a visitor may see them."""

from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from members.models import Affiliation, Audience, Profile, Proof
from search.results import Hit, Results


@dataclass(slots=True)
class Person:
    """What a visitor is shown of a profile: parts that are hidden from them are empty."""

    pk: int
    name: str
    initials: str
    url: str
    country: str = ""
    bio: str = ""
    affiliations: list = field(default_factory=list)
    current: list = field(default_factory=list)
    topics: list = field(default_factory=list)
    experience: list = field(default_factory=list)
    languages: list = field(default_factory=list)
    badge: str = ""

    @property
    def line(self):
        """The post and the place, in one line."""
        return " · ".join(filter(None, [*map(str, self.current[:1]), self.country]))


def whole(profiles):
    """Profiles with all that a page shows of them, in a constant number of queries."""
    history = Affiliation.objects.select_related("organisation")
    standing = Proof.objects.standing().select_related("institution__country")
    return profiles.select_related("member", "member__country").prefetch_related(
        Prefetch("member__affiliations", queryset=history),
        Prefetch("member__proofs", queryset=standing, to_attr="standing_proofs"),
        "topics",
        "experience",
        "languages",
    )


def people(keys, *, visitor):
    """The persons of these keys whom the visitor may see, in the order of the keys."""
    found = {
        profile.pk: profile for profile in whole(Profile.objects.visible_to(visitor).filter(pk__in=keys))
    }
    viewer = audience_of(visitor)
    return [as_seen(found[key], viewer) for key in keys if key in found]


def shown_profile(pk, *, visitor):
    """The person of a profile as the visitor sees it, or None. One's own is shown as members see it."""
    profile = whole(Profile.objects.visible_to(visitor).filter(pk=pk)).first()
    return as_seen(profile, audience_of(visitor)) if profile else None


def browse(visitor, *, page, per_page):
    """Everybody in the directory whom the visitor may see, by name: while the index is away."""
    listed = Profile.objects.listed() if visitor.is_authenticated else Profile.objects.public()
    start = (page - 1) * per_page
    keys = listed.order_by("member__name", "pk").values_list("pk", flat=True)
    hits = [Hit(model="members.profile", pk=str(key)) for key in keys[start : start + per_page]]
    return Results(hits=hits, total=listed.count())


def audience_of(visitor):
    return Audience.MEMBERS if visitor.is_authenticated else Audience.PUBLIC


def as_seen(profile, viewer):
    """A Person with the parts whose audience the viewer belongs to."""
    member = profile.member
    person = Person(profile.pk, member.name, initials(member.name), profile.get_absolute_url())
    if profile.shows("country", viewer) and member.country:
        person.country = member.country.name
    if profile.shows("bio", viewer):
        person.bio = profile.bio
    if profile.shows("affiliation", viewer):
        person.affiliations = list(member.affiliations.all())
        person.current = [one for one in person.affiliations if one.is_current]
        person.badge = badge(member.standing_proofs)
    for part in ("topics", "experience", "languages"):
        if profile.shows(part, viewer):
            setattr(person, part, sorted(getattr(profile, part).all(), key=str))
    return person


def badge(proofs):
    """What a verified official is called, or nothing."""
    for proof in proofs:
        return _("Verified official: %(institution)s, %(country)s") % {
            "institution": proof.institution.name,
            "country": proof.institution.country.name,
        }
    return ""


def initials(name):
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()
