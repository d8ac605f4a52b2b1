"""Safe HTML."""

from html import escape as escape_text

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString


def escape(value):
    """The value as safe HTML; what is safe already stays as it is. Django's own asks each text first whether it is lazy."""
    return SafeString(escape_text(value)) if type(value) is str else conditional_escape(value)
