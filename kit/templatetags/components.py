"""The components of the design language, as template tags."""

from django import template

register = template.Library()
