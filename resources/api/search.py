"""The library's search with the filters and counts of its page."""

from django.conf import settings
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import Throttled

from kit.budget import address_of, spend
from kit.rest.describing import describe
from kit.rest.endpoints import Endpoint, chosen_fields
from kit.rest.paging import make_cursor, onward, read_cursor
from kit.rest.problems import Unavailable
from resources.forms import FACETS
from resources.models import Kind, Resource
from resources.serializers import (
    FacetsSerializer,
    HighlightSerializer,
    ResourceShape,
    SearchParameters,
    present,
)
from search.find import find
from search.results import SearchUnavailable
from vocabularies.queries import labels

FREE_FILTERS = 3
MODELS = ("resources.resource",)


@extend_schema(tags=["Search"])
class Search(Endpoint):
    @describe(
        "Search the library",
        inline_serializer(
            "SearchPage",
            {
                "total": serializers.IntegerField(
                    help_text="Works; language versions of one work are one hit"
                ),
                "results": inline_serializer(
                    "Hit", {"resource": ResourceShape(), "highlight": HighlightSerializer()}, many=True
                ),
                "next": serializers.URLField(allow_null=True),
                "facets": FacetsSerializer(
                    help_text="The values of the filters asked for, most frequent first"
                ),
                "suggestion": serializers.CharField(allow_blank=True, help_text="Did you mean"),
                "also": serializers.ListField(child=serializers.CharField(), help_text="Also searched for"),
            },
        ),
        parameters=SearchParameters,
        errors=["503"],
        description="The same search as the library's page, with its filters by the same names.",
    )
    def get(self, request):
        asked = self.parameters(request, SearchParameters)
        filters = {name: asked[name] for name in (*FACETS, "year") if asked.get(name)}
        self.spend(request, filters)
        page = (read_cursor("search", asked.get("cursor")) or [1])[0]
        facets, text = asked.get("facets", []), asked.get("q", "")
        try:
            found = find(
                text,
                filters=filters,
                facets=facets,
                sort=asked.get("sort") or ("best" if text else "newest"),
                page=page,
                per_page=asked["per_page"],
                language=get_language(),
                models=MODELS,
            )
        except SearchUnavailable as error:
            raise Unavailable from error
        is_last = page * asked["per_page"] >= found.total
        next_url = onward(request, "" if is_last else make_cursor("search", page + 1))
        return self.answer(
            {
                "total": found.total,
                "results": self.hits(found.hits, request.user, asked.get("fields")),
                "next": next_url,
                "facets": {name: counted(name, found.facets.get(name, ())) for name in facets},
                "suggestion": found.suggestion,
                "also": list(found.also),
            },
            next_url=next_url,
        )

    def spend(self, request, filters):
        """Searches with many filters are dear: who brings no token gets as many of them as on the page."""
        weight = sum(1 if isinstance(chosen, tuple) else len(chosen) for chosen in filters.values())
        if weight <= FREE_FILTERS or request.user.is_authenticated:
            return
        if seconds := spend("many-filters", address_of(request), settings.FACET_BUDGET) or spend(
            "many-filters", "all", settings.FACET_BUDGET_FOR_ALL
        ):
            raise Throttled(wait=seconds)

    def hits(self, hits, viewer, fields):
        """The hits that are still published, in their order."""
        rows = Resource.objects.published().defer("file_text", "card").in_bulk([int(hit.pk) for hit in hits])
        kept = [hit for hit in hits if int(hit.pk) in rows]
        shown = present([rows[int(hit.pk)] for hit in kept], viewer)
        return [
            {
                "resource": chosen_fields(data, fields),
                "highlight": {"title": hit.title, "text": hit.snippet},
            }
            for hit, data in zip(kept, shown, strict=True)
        ]


def counted(name, pairs):
    """The values of a facet with their names."""
    if name == "kind":
        known = {kind.value: str(kind.label) for kind in Kind}
    else:
        known = labels(name, [value for value, _count in pairs], get_language()) if name != "year" else {}
    return [
        {"value": str(value), "label": str(known.get(value, value)), "count": count} for value, count in pairs
    ]
