"""Addresses of pages without arguments, asked of the resolver once a language."""

from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language


def address_of(name):
    return _address(name, get_language())


@lru_cache(maxsize=512)
def _address(name, _language):
    return reverse(name)
