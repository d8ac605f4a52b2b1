"""The library's own components: rows of resources and facets. `/style/` and the library show them."""

from html import escape

from django import template
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kit import icons
from kit.dates import span
from resources.queries.rows import RIGHT_TO_LEFT

register = template.Library()


@register.simple_tag
def resource_list(rows, heading="h2"):
    """Rows of resources under hairlines."""
    language, sample, versions = get_language(), escape(_("Sample")), escape(_("Also in"))
    return mark_safe(
        f'<ul class="rules">{"".join(resource_row(row, heading, language, sample, versions) for row in rows)}</ul>'
    )


@register.simple_tag
def readings(entries, comment_language, heading="h2"):
    """The resources of a curated page in their order, each with the word on it."""
    language, sample, versions = get_language(), escape(_("Sample")), escape(_("Also in"))
    own = "" if comment_language == language else f' lang="{comment_language}" dir="auto"'
    return mark_safe(
        '<ol class="rules readings">'
        + "".join(
            [
                resource_row(entry.row, heading, language, sample, versions, note=comment_html(entry, own))
                for entry in entries
            ]
        )
        + "</ol>"
    )


def comment_html(entry, own):
    return f'<p class="readings__comment"{own}>{escape(entry.comment)}</p>' if entry.comment else ""


def resource_row(row, heading, language, sample, versions, note=""):
    own = "" if row.language == language else f' lang="{row.language}" dir="{row.direction}"'
    mark = f' <span class="tag">{sample}</span>' if row.is_sample else ""
    said = isolated if language in RIGHT_TO_LEFT else escape
    by = f'<p class="resource__by">{said(row.by)}</p>' if row.by else ""
    text = f'<p class="resource__text"{own}>{row.text}</p>' if row.text else ""
    facts = "".join([f"<li>{said(fact)}</li>" for fact in row.facts])
    if row.versions:
        links = " ".join(
            [f'<a href="{escape(v.url)}" hreflang="{v.language}">{escape(v.name)}</a>' for v in row.versions]
        )
        facts += f"<li>{versions} {links}</li>"
    return (
        f'<li class="resource"><div class="resource__side"><p class="type type--{row.family}">'
        f"{icons.markup(row.icon)}{escape(row.type)}</p><span>{escape(row.date)}{mark}</span></div>"
        f'<div class="resource__body"><{heading} class="resource__title"><a href="{escape(row.url)}"{own}>{row.title}</a></{heading}>'
        f'{by}{note}{text}<ul class="facts resource__facts">{facts}</ul></div></li>'
    )


@register.simple_tag
def short_list(rows, trim=False, with_type=False):
    """Titles with one line under each."""
    language = get_language()
    items = "".join([short_row(row, language, with_type) for row in rows])
    return mark_safe(f'<ul class="{"mini mini--trim" if trim else "mini"}">{items}</ul>')


def short_row(row, language, with_type):
    own = "" if row.language == language else f' lang="{row.language}" dir="{row.direction}"'
    line = " · ".join(filter(None, [row.type if with_type else "", row.by, row.date]))
    return f'<li><a href="{escape(row.url)}"{own}>{row.title}</a><p>{isolated(line) if language in RIGHT_TO_LEFT else escape(line)}</p></li>'


def isolated(line):
    """A line whose parts each keep their own direction, for pages from right to left."""
    return " · ".join([f"<bdi>{escape(part)}</bdi>" for part in line.split(" · ")])


@register.simple_tag
def facet(shown):
    """One facet as a folding group of boxes with counts; see `resources.queries.facet_panel`."""
    boxes = "".join(
        [
            f'<label class="check"><input type="checkbox" name="{shown.name}" value="{escape(o.value)}"{" checked" if o.is_chosen else ""}>'
            f'<span>{escape(o.label)}</span><span class="n">{o.count_shown}</span></label>'
            for o in shown.options
        ]
    )
    words = escape(_("Show more"))
    more = (
        f'<a class="quiet" rel="nofollow" href="{escape(shown.more_url)}">{words}</a>'
        if shown.more_url
        else ""
    )
    typed = (
        f'<input class="input" name="{shown.name}" autocomplete="off" aria-label="{escape(shown.typed_label)}" placeholder="{escape(shown.typed_label)}">'
        if shown.typed_label
        else ""
    )
    return mark_safe(
        f'<details class="facet"{" open" if shown.is_open else ""}><summary>{escape(shown.title)}</summary>{typed}{boxes}{more}</details>'
    )


@register.simple_tag
def event_row(event):
    """An event with its day as a calendar leaf; `event` is a row of the kind's table with its resource."""
    language, resource = get_language(), event.resource
    own = "" if resource.language_id == language else f' lang="{resource.language_id}" dir="auto"'
    day = event.starts_on or event.ends_on
    line = " · ".join(filter(None, [event.place, str(event.get_mode_display())]))
    return mark_safe(
        f'<li class="event"><p class="date">{escape(date_format(day, "D"))}<b>{day.day}</b>{escape(date_format(day, "M"))}</p>'
        f'<div><h3 class="event__title"><a href="{escape(resource.get_absolute_url())}"{own}>{escape(resource.title)}</a></h3>'
        f'<p><time class="yourtime" datetime="{day.isoformat()}">{escape(span(day, event.ends_on))}</time></p><p>{escape(line)}</p></div></li>'
    )
