"""What the library holds on each country."""

from collections import Counter, defaultdict
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, F, Q
from django.utils.translation import get_language

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


def profile_of(country):
    """The published profile with its text, or None."""
    return (
        CountryProfile.objects.filter(country=country, resource__status=Status.PUBLISHED)
        .select_related("resource")
        .only(
            "reviewed_on",
            "reviewed_by",
            "resource__kind",
            "resource__slug",
            "resource__title",
            "resource__summary",
            "resource__body",
            "resource__language",
            "resource__is_sample",
        )
        .first()
    )


def counts_of(country):
    """{kind: works} the library has on a country, now."""
    return dict(
        Resource.objects.published()
        .filter(countries=country)
        .values_list("kind")
        .annotate(works=Count("work", distinct=True))
    )


def programmes_of(country, *, limit):
    """Its programmes: standing ones before emergency measures, running before ended, then by name."""
    rows = (
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
        )[:limit]
    )
    return [Programme(*row) for row in rows]


def laws_of(country, *, limit):
    """Its latest laws and policies, oldest first; those without a year come last."""
    rows = (
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
        )[:limit]
    )
    return [Law(*row) for row in reversed(rows)]


def latest_of(country, *, limit, language):
    """The newest resources on a country but its profile, programmes and laws; a work in `language` if it can be."""
    shown_elsewhere = [Kind.COUNTRY, Kind.PROGRAMME, Kind.LAW]
    found = (
        Resource.objects.published()
        .filter(countries=country)
        .exclude(kind__in=shown_elsewhere)
        .newest_first()
        .only("pk", "work_id", "language_id")[: limit * 3]
    )
    works = {}
    for resource in found:
        if resource.work_id not in works or resource.language_id == language:
            works[resource.work_id] = resource
    return list(works.values())[:limit]
