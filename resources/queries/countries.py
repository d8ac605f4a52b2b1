"""What the library holds on each country."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, F, Q
from django.utils.translation import get_language

from kit.prepared import PreparedFor
from kit.remember import remembered
from resources.models import (
    CountryProfile,
    Kind,
    LegalFramework,
    ProgrammeProfile,
    Resource,
    Status,
    TreatyRatification,
)
from resources.queries.facts import COVERAGE, MINUTES, all_series
from resources.queries.rows import address

SHOWN_PROGRAMMES = 10
SHOWN_LAWS = 12
SHOWN_RESOURCES = 5


class Numbers(NamedTuple):
    """The measures of the country index; coverage is (year, value), None where no source has a figure."""

    resources: int = 0
    programmes: int = 0
    laws: int = 0
    coverage: tuple | None = None
    treaties: int | None = None


class Programme(NamedTuple):
    slug: str
    title: str
    language: str
    type: str
    sub_type: str
    agency: str
    started: int | None
    ended: int | None
    coverage: Decimal | None
    unit: str
    year: int | None
    law_slug: str | None
    law_title: str | None
    law_status: str | None

    @property
    def url(self):
        return address(Kind.PROGRAMME, self.slug, get_language())

    @property
    def type_name(self):
        return self.sub_type or ProgrammeProfile.Type(self.type).label

    @property
    def has_law(self):
        """Whether its legal basis is recorded and can be read."""
        return self.law_status == Status.PUBLISHED

    @property
    def law_url(self):
        return address(Kind.LAW, self.law_slug, get_language())


class Law(NamedTuple):
    slug: str
    title: str
    language: str
    year: int | None
    instrument: str
    force: str
    has_no_title: bool

    @property
    def url(self):
        return address(Kind.LAW, self.slug, get_language())

    @property
    def instrument_name(self):
        return LegalFramework.Instrument(self.instrument).label

    @property
    def force_name(self):
        return LegalFramework.Force(self.force).label

    @property
    def is_act_in_force(self):
        """Whether it binds today, as far as our source says."""
        binding = {"constitution", "act", "decree", "agreement"}
        return self.force == LegalFramework.Force.IN_FORCE and self.instrument in binding


@remembered(seconds=MINUTES)
def country_numbers():
    """{iso3: Numbers} of every country that has any, remembered until something published changes."""
    kinds = defaultdict(Counter)
    through = Resource.countries.through.objects.filter(resource__status=Status.PUBLISHED)
    for iso3, kind, works in through.values_list("country_id", "resource__kind").annotate(
        works=Count("resource__work", distinct=True)
    ):
        kinds[iso3][kind] = works
    coverage = next((series.latest for series in all_series() if series.indicator.code == COVERAGE), {})
    parties = dict(
        TreatyRatification.objects.values_list("country_id").annotate(
            parties=Count("pk", filter=Q(state=TreatyRatification.State.PARTY))
        )
    )
    return {
        iso3: Numbers(
            resources=kinds[iso3].total(),
            programmes=kinds[iso3][Kind.PROGRAMME],
            laws=kinds[iso3][Kind.LAW],
            coverage=coverage.get(iso3),
            treaties=parties.get(iso3),
        )
        for iso3 in kinds.keys() | coverage.keys() | parties.keys()
    }


class Profile(NamedTuple):
    reviewed_on: date | None
    reviewed_by: str
    summary: str
    body: str
    language: str
    is_sample: bool


class Found(NamedTuple):
    """A resource as far as a list needs it before its rows are read."""

    pk: int
    work: int
    language: str


published_profile = PreparedFor(
    lambda country: CountryProfile.objects.filter(
        country=country, resource__status=Status.PUBLISHED
    ).values_list(
        "reviewed_on",
        "reviewed_by",
        "resource__summary",
        "resource__body",
        "resource__language_id",
        "resource__is_sample",
    )
)
works_by_kind = PreparedFor(
    lambda country: (
        Resource.objects.published()
        .filter(countries=country)
        .order_by()
        .values_list("kind")
        .annotate(works=Count("work", distinct=True))
    )
)
main_programmes = PreparedFor(
    lambda country: (
        ProgrammeProfile.objects.filter(resource__status=Status.PUBLISHED, resource__countries=country)
        .order_by(
            "is_emergency_measure",
            F("ended_year").desc(nulls_first=True),
            F("coverage").asc(nulls_last=True),
            "resource__title",
        )
        .values_list(
            "resource__slug",
            "resource__title",
            "resource__language_id",
            "type",
            "sub_type",
            "agency",
            "started_year",
            "ended_year",
            "coverage",
            "coverage_unit",
            "coverage_year",
            "legal_basis__slug",
            "legal_basis__title",
            "legal_basis__status",
        )[:SHOWN_PROGRAMMES]
    )
)
latest_laws = PreparedFor(
    lambda country: (
        LegalFramework.objects.filter(resource__status=Status.PUBLISHED, resource__countries=country)
        .order_by(F("adopted_year").desc(nulls_first=True), "-pk")
        .values_list(
            "resource__slug",
            "resource__title",
            "resource__language_id",
            "adopted_year",
            "instrument",
            "force",
            "title_is_description",
        )[:SHOWN_LAWS]
    )
)
latest_others = PreparedFor(
    lambda country: (
        Resource.objects.published()
        .filter(countries=country)
        .exclude(kind__in=[Kind.COUNTRY, Kind.PROGRAMME, Kind.LAW])
        .newest_first()
        .values_list("pk", "work_id", "language_id")[: SHOWN_RESOURCES * 3]
    )
)


def profile_of(iso3):
    """The published profile with its text, or None."""
    return next((Profile(*row) for row in published_profile(iso3)), None)


def counts_of(iso3):
    """{kind: works} the library has on a country, now."""
    return dict(works_by_kind(iso3))


def programmes_of(iso3):
    """Its programmes: standing ones before emergency measures, running before ended, then by coverage and name."""
    return [Programme(*row) for row in main_programmes(iso3)]


def laws_of(iso3):
    """Its latest laws and policies, oldest first; those without a year come last."""
    return [Law(*row) for row in reversed(latest_laws(iso3))]


def latest_of(iso3, language):
    """The newest resources on a country but its profile, programmes and laws; a work in `language` if it can be."""
    works = {}
    for row in latest_others(iso3):
        found = Found(*row)
        if found.work not in works or found.language == language:
            works[found.work] = found
    return list(works.values())[:SHOWN_RESOURCES]
