"""The `{% slot %}` tag."""

from django import template
from django.utils.safestring import mark_safe

from kit.slots import fillings

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context, name, subject=None):
    """All that rooms above have to add here; nothing where none has."""
    request = context.get("request")
    return mark_safe("".join(fill(request, subject) or "" for fill in fillings(name)))
