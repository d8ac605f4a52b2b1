"""Numbers as a reader writes them."""

from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language


def grouped(number):
    """12,947 in English, 12 947 in French."""
    return _grouped(number, get_language())


@lru_cache(maxsize=4096, typed=True)
def _grouped(number, _language):
    return number_format(number, force_grouping=True)
