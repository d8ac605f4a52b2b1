"""Resources in the shape of the API: the same going out and coming in."""

from resources.serializers.details import DETAIL_SERIALIZERS
from resources.serializers.presenting import present
from resources.serializers.resource import (
    ResourceSerializer,
    ResourceShape,
    WithdrawalSerializer,
)
from resources.serializers.searching import (
    FacetsSerializer,
    HighlightSerializer,
    ListParameters,
    OneParameters,
    SearchParameters,
)

__all__ = [
    "DETAIL_SERIALIZERS",
    "FacetsSerializer",
    "HighlightSerializer",
    "ListParameters",
    "OneParameters",
    "ResourceSerializer",
    "ResourceShape",
    "SearchParameters",
    "WithdrawalSerializer",
    "present",
]
