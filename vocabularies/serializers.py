"""The vocabularies in the shape of the API."""

from rest_framework import serializers

from vocabularies.models import IncomeGroup, OrganisationType


class NamesSerializer(serializers.Serializer):
    """Names by language; English is always there."""

    en = serializers.CharField()
    fr = serializers.CharField(required=False)
    es = serializers.CharField(required=False)
    pt = serializers.CharField(required=False)
    ar = serializers.CharField(required=False)


class CountrySerializer(serializers.Serializer):
    iso3 = serializers.CharField(help_text="ISO 3166-1 alpha-3")
    iso2 = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    m49 = serializers.CharField(help_text="UN M49")
    names = NamesSerializer()
    region = serializers.CharField(allow_null=True, help_text="World Bank region")
    income_group = serializers.ChoiceField(IncomeGroup.choices, allow_blank=True)
    is_ldc = serializers.BooleanField(help_text="Least developed country")
    is_lldc = serializers.BooleanField(help_text="Landlocked developing country")
    is_sids = serializers.BooleanField(help_text="Small island developing state")
    is_g20 = serializers.BooleanField()


class LanguageSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="ISO 639-1, or 639-3 where there is none")
    names = NamesSerializer()
    endonym = serializers.CharField(allow_blank=True, help_text="What the language calls itself")
    is_rtl = serializers.BooleanField(help_text="Written from right to left")


class TopicSerializer(serializers.Serializer):
    slug = serializers.CharField()
    parent = serializers.CharField(
        allow_null=True, help_text="The area the topic belongs to; null for an area"
    )
    names = NamesSerializer()


class OrganisationSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    acronym = serializers.CharField(allow_blank=True)
    type = serializers.ChoiceField(OrganisationType.choices, allow_blank=True)
    country = serializers.CharField(allow_null=True, help_text="ISO 3166-1 alpha-3")
    website = serializers.CharField(allow_blank=True)


class NoParameters(serializers.Serializer):
    pass


class OrganisationParameters(serializers.Serializer):
    q = serializers.CharField(
        required=False, allow_blank=True, max_length=100, help_text="Part of the name or acronym"
    )
    per_page = serializers.IntegerField(required=False, default=50, min_value=1, max_value=200)
    cursor = serializers.CharField(
        required=False, max_length=1000, help_text="From `next` of the page before"
    )
