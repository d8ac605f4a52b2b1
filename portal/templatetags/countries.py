"""Rows of the country index. Plain functions, because 249 rows through the template engine cost too much."""

from html import escape

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()

NOT_SHOWN = ' class="vh"'


@register.simple_tag
def country_tables(groups, measure):
    """A table a group, under its name; the heads of the columns are said, not shown, because they repeat."""
    head = "".join(
        f'<th scope="col">{escape(words)}</th>' for words in (_("Country"), _("Income group"), str(measure))
    )
    return mark_safe(
        "".join(
            f'<table class="table"><caption{"" if name else NOT_SHOWN}>{escape(name or str(measure))}</caption>'
            f'<thead class="vh"><tr>{head}</tr></thead><tbody>{"".join(map(row, rows))}</tbody></table>'
            for name, rows in groups
        )
    )


def row(one):
    # A zero is amber and a word, never a blank.
    tone = ' class="is-none"' if one.number == 0 else ""
    return (
        f'<tr><th scope="row"><a href="{one.url}">{escape(one.name)}</a></th><td>{escape(one.income)}</td>'
        f"<td{tone}>{escape(one.shown)}</td></tr>"
    )
