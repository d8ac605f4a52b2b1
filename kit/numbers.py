"""Numbers as a reader writes them."""

from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language


def grouped(number):
    """12,947 in English, 12 947 in French."""
    return _grouped(number, get_language() or "en")


@lru_cache(maxsize=4096, typed=True)
def _grouped(number, language):
    # Django leaves Arabic ungrouped; its readers get Western digits here, so they get their commas too.
    return f"{number:,}" if language.startswith("ar") else number_format(number, force_grouping=True)
