"""The parameters of lists and searches."""

import re

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from resources.forms import FACETS, FIRST_YEAR, LAST_YEAR, SORTS, TEXT_LIMIT, VALUES_A_FACET
from resources.models import Kind, Status
from resources.serializers.codes import CodeField, NamesField
from resources.serializers.resource import LARGEST_KEY, ResourceSerializer
from vocabularies.models import IncomeGroup

COUNTED = (*FACETS, "year")
YEAR_PATTERN = r"^(?:[0-9]{4}|[0-9]{4}-[0-9]{4}|[0-9]{4}-|-[0-9]{4})\Z"
FIELD_NAMES = frozenset(ResourceSerializer().fields)
ALWAYS_SHOWN = ("id", "kind")


def values(child, **kwargs):
    return serializers.ListField(child=child, required=False, max_length=VALUES_A_FACET, **kwargs)


class OneParameters(serializers.Serializer):
    fields = NamesField(
        FIELD_NAMES, help_text="Only these fields, parted by commas; `id` and `kind` always come along"
    )


class PageParameters(OneParameters):
    per_page = serializers.IntegerField(required=False, default=20, min_value=1, max_value=100)
    cursor = serializers.CharField(
        required=False, max_length=1000, help_text="From `next` of the page before"
    )


class ListParameters(PageParameters):
    kind = values(serializers.ChoiceField(Kind.choices))
    language = values(CodeField("language"))
    country = values(CodeField("country"), help_text="ISO 3166-1 alpha-3")
    topic = values(CodeField("topic"), help_text="Slug; an area means its topics")
    organisation = values(CodeField("organisation"), help_text="Slug")
    status = values(
        serializers.ChoiceField(Status.choices), help_text="Of what you may see; published for everybody"
    )
    work = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY)
    doi = serializers.CharField(required=False, max_length=200)
    updated_since = serializers.DateTimeField(required=False)
    order = serializers.ChoiceField(
        ["newest", "changed"],
        required=False,
        default="newest",
        help_text="`changed`: what was changed last comes last",
    )


class SearchParameters(PageParameters):
    """The filters of the library's own search, by the same names."""

    q = serializers.CharField(required=False, allow_blank=True, max_length=TEXT_LIMIT)
    kind = values(serializers.ChoiceField(Kind.choices))
    country = values(CodeField("country"), help_text="ISO 3166-1 alpha-3")
    region = values(CodeField("region"), help_text="World Bank region")
    income = values(serializers.ChoiceField(IncomeGroup.choices))
    topic = values(CodeField("topic"), help_text="Slug; an area means its topics")
    language = values(CodeField("language"))
    organisation = values(CodeField("organisation"), help_text="Slug")
    year = values(
        serializers.RegexField(YEAR_PATTERN), help_text="Years, or once a span: 2015-2020, 2015-, -2020"
    )
    sort = serializers.ChoiceField(SORTS, required=False)
    facets = NamesField(COUNTED, help_text="Count the values of these filters, parted by commas")

    def validate_year(self, years):
        """A (first, last) pair for a span, else the years."""
        ends = [re.split("-", year) for year in years]
        if any(end and not FIRST_YEAR <= int(end) <= LAST_YEAR for pair in ends for end in pair):
            raise serializers.ValidationError(
                _("A year lies between %(first)d and %(last)d.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
            )
        if not any(len(pair) > 1 for pair in ends):
            return years
        if len(years) > 1:
            raise serializers.ValidationError(_("A span of years stands alone."))
        first, last = (int(end) if end else None for end in ends[0])
        return first or FIRST_YEAR, last or LAST_YEAR


class FacetValueSerializer(serializers.Serializer):
    value = serializers.CharField()
    label = serializers.CharField(help_text="In the language of the request")
    count = serializers.IntegerField()


class FacetsSerializer(serializers.DictField):
    child = serializers.ListField(child=FacetValueSerializer())


class HighlightSerializer(serializers.Serializer):
    """Safe HTML with <mark> around the words found; empty where nothing is to be marked."""

    title = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
