"""The vocabularies for programs: the codes that filters and resources use, with their names."""

from django.db.models import Q
from drf_spectacular.utils import extend_schema

from kit.rest.describing import describe, listing
from kit.rest.endpoints import Endpoint
from kit.rest.paging import make_cursor, onward, read_cursor
from kit.text import fold
from vocabularies import queries
from vocabularies.models import Organisation
from vocabularies.serializers import (
    CountrySerializer,
    LanguageSerializer,
    NoParameters,
    OrganisationParameters,
    OrganisationSerializer,
    TopicSerializer,
)


class Vocabulary(Endpoint):
    """A vocabulary that is given whole."""

    def get(self, request):
        self.parameters(request, NoParameters)
        return self.answer({"results": self.entries(), "next": None})


@extend_schema(tags=["Vocabularies"])
class Countries(Vocabulary):
    @describe("List the countries", listing("Countries", CountrySerializer))
    def get(self, request):
        return super().get(request)

    def entries(self):
        return [
            {
                "iso3": one.iso3,
                "iso2": one.iso2,
                "m49": one.m49,
                "names": one.names,
                "region": one.wb_region,
                "income_group": one.income_group,
                "is_ldc": one.is_ldc,
                "is_lldc": one.is_lldc,
                "is_sids": one.is_sids,
                "is_g20": one.is_g20,
            }
            for one in queries.countries().values()
        ]


@extend_schema(tags=["Vocabularies"])
class Languages(Vocabulary):
    @describe("List the languages", listing("Languages", LanguageSerializer))
    def get(self, request):
        return super().get(request)

    def entries(self):
        return [
            {"code": one.code, "names": one.names, "endonym": one.endonym, "is_rtl": one.is_rtl}
            for one in queries.languages().values()
        ]


@extend_schema(tags=["Vocabularies"])
class Topics(Vocabulary):
    @describe("List the topics and their areas", listing("Topics", TopicSerializer))
    def get(self, request):
        return super().get(request)

    def entries(self):
        return [
            {"slug": one.slug, "parent": one.parent.slug if one.parent else None, "names": one.names}
            for one in queries.topics().values()
        ]


@extend_schema(tags=["Vocabularies"])
class Organisations(Endpoint):
    @describe(
        "List the organisations",
        listing("Organisations", OrganisationSerializer),
        parameters=OrganisationParameters,
    )
    def get(self, request):
        asked = self.parameters(request, OrganisationParameters)
        found = Organisation.objects.order_by("folded_name", "pk")
        if words := fold(asked.get("q", "")):
            found = found.filter(Q(folded_name__contains=words) | Q(acronym__iexact=asked["q"].strip()))
        if place := read_cursor("organisations", asked.get("cursor")):
            found = found.filter(folded_name__gt=place[0])
        rows = list(found[: asked["per_page"] + 1])
        page, rest = rows[: asked["per_page"]], rows[asked["per_page"] :]
        next_url = onward(request, make_cursor("organisations", page[-1].folded_name) if rest else "")
        results = [
            {
                "slug": one.slug,
                "name": one.name,
                "acronym": one.acronym,
                "type": one.type,
                "country": one.country_id,
                "website": one.website,
            }
            for one in page
        ]
        return self.answer({"results": results, "next": next_url}, next_url=next_url)
