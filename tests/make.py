"""Plain builders: what a test does not say gets a sensible value."""

from datetime import date
from itertools import count

from members.models import Member
from resources import actions
from resources.models import Kind, ResourceOrganisation, Status
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
