from django.utils.functional import lazystr
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from kit.html import escape

VALUES = ["<b>&\"'", mark_safe("<b>"), lazystr("<i>"), 7, None, "", "São"]


def test_values_are_escaped_as_django_does_it():
    assert [escape(value) for value in VALUES] == [conditional_escape(value) for value in VALUES]
    assert all(isinstance(escape(value), SafeString) for value in VALUES if isinstance(value, str))
    assert escape(escape("<")) == "&lt;"
