"""Plain builders: what a test does not say gets a sensible value."""

from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from members.models import Affiliation, Consent, Member, Profile, Purpose, Sector
from resources import actions
from resources.models import Kind, Resource, ResourceOrganisation, Status, Transition
from vocabularies import queries as vocabularies
from vocabularies.models import Country, Language, Organisation, Region, Topic

_number = count(1)

LANGUAGES = {
    "en": ("English", False),
    "fr": ("French", False),
    "es": ("Spanish", False),
    "pt": ("Portuguese", False),
    "ar": ("Arabic", True),
    "sw": ("Swahili", False),
}
COUNTRIES = {
    "MWI": ("MW", "454", "Malawi", "SSF", "LIC"),
    "ZMB": ("ZM", "894", "Zambia", "SSF", "LMC"),
    "BRA": ("BR", "076", "Brazil", "LCN", "UMC"),
    "CHL": ("CL", "152", "Chile", "LCN", "HIC"),
    "JOR": ("JO", "400", "Jordan", "MEA", "LMC"),
    "FRA": ("FR", "250", "France", "ECS", "HIC"),
}
REGIONS = {
    "SSF": "Sub-Saharan Africa",
    "LCN": "Latin America and Caribbean",
    "MEA": "Middle East, North Africa, Afghanistan and Pakistan",
    "ECS": "Europe and Central Asia",
}


def member(name="", *, email="", password=None, **fields):
    n = next(_number)
    return Member.objects.create_user(
        email or f"{name.lower() or 'member'}{n}@example.org", password, name=name or f"Member {n}", **fields
    )


def profile(
    person,
    *,
    consents=(Purpose.DIRECTORY, Purpose.CONTACT),
    topics=(),
    experience=(),
    languages=(),
    affiliations=(),
    **values,
):
    """A member's profile, in the directory unless `consents` says otherwise. Countries are given as iso3 codes.

    The index hears nothing of it: `index.sync()` brings it there.
    """
    Member.objects.vouch_for_address(person)
    made, _new = Profile.objects.update_or_create(member=person, defaults=values)
    made.topics.set(topics)
    made.experience.set([country(code) for code in experience])
    made.languages.set([language(code) for code in languages])
    for line in affiliations:
        Affiliation.objects.create(member=person, **{"sector": Sector.GOVERNMENT, **line})
    for purpose in (Purpose.RULES, *consents):
        Consent.objects.get_or_create(
            member=person,
            purpose=purpose,
            is_latest=True,
            defaults={"version": "1", "wording": "-", "is_given": True},
        )
    return made


def entry(model, defaults, **key):
    """A row of a vocabulary; what the process remembers of the vocabularies is read again if it is new."""
    row, made = model.objects.get_or_create(**key, defaults=defaults)
    if made:
        vocabularies.forget()
    return row


def language(code="en"):
    name, rtl = LANGUAGES[code]
    return entry(Language, {"name_en": name, "is_rtl": rtl}, code=code)


def region(code="SSF"):
    return entry(Region, {"name_en": REGIONS[code], "scheme": "wb"}, code=code)


def country(iso3="MWI", **fields):
    iso2, m49, name, region_code, income = COUNTRIES[iso3]
    defaults = {
        "iso2": iso2,
        "m49": m49,
        "name_en": name,
        "wb_region": region(region_code),
        "income_group": income,
        **fields,
    }
    return entry(Country, defaults, iso3=iso3)


def topic(name="Cash transfers", *, parent=None, **fields):
    n = next(_number)
    slug = fields.pop("slug", name.lower().replace(" ", "-"))
    vocabularies.forget()
    return Topic.objects.create(
        name_en=name, slug=slug, code=fields.pop("code", f"t{n}"), parent=parent, position=n, **fields
    )


def vocabulary():
    """Enough of every vocabulary for resources that are made up by the hundred to refer to."""
    for code in ("en", "fr", "es", "pt", "ar"):
        language(code)
    for iso3 in ("MWI", "ZMB", "BRA", "JOR"):
        country(iso3)
    for name in ("Cash transfers", "Pensions", "Public works"):
        topic(name)


def organisation(name="", **fields):
    n = next(_number)
    name = name or f"Organisation {n}"
    return Organisation.objects.create(
        name=name, folded_name=name.lower(), slug=fields.pop("slug", f"organisation-{n}"), **fields
    )


WAYS = {
    Status.SUBMITTED: [Status.SUBMITTED],
    Status.RETURNED: [Status.SUBMITTED, Status.RETURNED],
    Status.HELD: [Status.SUBMITTED, Status.HELD],
    Status.SCHEDULED: [Status.SCHEDULED],
    Status.PUBLISHED: [Status.PUBLISHED],
    Status.REFUSED: [Status.SUBMITTED, Status.REFUSED],
    Status.APPEALED: [Status.SUBMITTED, Status.REFUSED, Status.APPEALED],
    Status.WITHDRAWN: [Status.PUBLISHED, Status.WITHDRAWN],
}


def brought_to(draft, status):
    """A draft after the steps that lead to a status, taken by the portal itself."""
    for end in WAYS.get(status, []):
        draft = take_step(draft, end)
    return draft


def take_step(resource, end, *, by=None):
    """The action that brings a resource to a status, with a word on it where one is needed."""
    if end == Status.SUBMITTED and resource.status in (Status.DRAFT, Status.RETURNED):
        return actions.submit_resource(resource, by=by, note="Here it is")
    if end == Status.DRAFT:
        return actions.retract_submission(resource, by=by)
    if end == Status.APPEALED:
        return actions.appeal_refusal(resource, reason="It is right", by=by)
    if end == Status.WITHDRAWN:
        return actions.withdraw_resource(resource, reason="It is wrong", by=by)
    tomorrow = timezone.now() + timedelta(days=1)
    return actions.decide(resource, end, by=by, note="A word on it", at=tomorrow)


def unseen(resource, status, **values):
    """Change the status of a resource without the actions, so that index, cards and pages do not hear of it."""
    Transition.objects.create(resource=resource, from_status=resource.status, to_status=status)
    Resource.objects.filter(pk=resource.pk).update(status=status, **values)


def resource(
    kind=Kind.PUBLICATION,
    *,
    title="",
    language_code="en",
    status=Status.PUBLISHED,
    reason="Asked for by its author",
    **values,
):
    """A resource of any kind, published unless `status` says otherwise. Countries may be given as iso3 codes."""
    if kind == Kind.COUNTRY:
        values["detail"] = {"country": country(), **values.get("detail", {})}
    values["countries"] = [country(c) if isinstance(c, str) else c for c in values.get("countries", [])]
    values["organisations"] = [
        o if isinstance(o, tuple) else (o, ResourceOrganisation.Role.PUBLISHER)
        for o in values.get("organisations", [])
    ]
    values.setdefault("published_on", date(2024, 5, 17))
    made = actions.draft_resource(
        kind, title=title or f"Resource number {next(_number)}", language=language(language_code), **values
    )
    if status == Status.SUBMITTED:
        return actions.submit_resource(made)
    if status in (Status.PUBLISHED, Status.WITHDRAWN):
        made = actions.publish_resource(made)
    if status == Status.WITHDRAWN:
        made = actions.withdraw_resource(made, reason=reason)
    return made
