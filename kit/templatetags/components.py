"""The components of the design language, as template tags. `/style/` shows them all.

Each is a plain function that returns safe HTML, so a list of many rows can call it without the template engine.
A template that passes an argument a component does not know fails when it is compiled.
"""

from django import template
from django.forms.utils import flatatt
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from kit import icons
from kit.html import escape
from kit.links import address_of

register = template.Library()

TONES = {"": "info", "good": "done", "warn": "warn", "bad": "warn"}


@register.simple_tag
def icon(name, mirrored=False):
    """A decorative icon; the words next to it say what it means."""
    return mark_safe(icons.markup(name, mirrored))


@register.simple_tag
def type_label(family, name, text):
    """What kind of thing this is: the icon `name` and the word, in the colour of its family."""
    return mark_safe(f'<p class="type type--{escape(family)}">{icons.markup(name)}{escape(text)}</p>')


@register.simple_tag
def tag(text, tone=""):
    """A status word. Not a link."""
    style = f"tag tag--{escape(tone)}" if tone else "tag"
    return mark_safe(f'<span class="{style}">{escape(text)}</span>')


@register.simple_tag
def crumbs(here, trail=()):
    """The way from the home page to here; `trail` holds (label, address) pairs between the two."""
    steps = "".join(
        f'<li><a href="{escape(url)}">{escape(label)}</a></li>'
        for label, url in [(_("Home"), address_of("home")), *trail]
    )
    name = escape(_("Breadcrumb"))
    return mark_safe(
        f'<nav class="crumbs" aria-label="{name}"><ol class="plain">{steps}'
        f'<li aria-current="page">{escape(here)}</li></ol></nav>'
    )


@register.simple_tag
def facts(items):
    """Short facts in one line, parted by dots; nothing for an empty list."""
    return mark_safe(
        f'<ul class="facts">{"".join(f"<li>{escape(item)}</li>" for item in items)}</ul>' if items else ""
    )


@register.simple_tag
def definitions(pairs, grid=False):
    """Terms with their values as a description list; pairs without a value are left out."""
    rows = "".join(
        f"<div><dt>{escape(term)}</dt><dd>{escape(value)}</dd></div>"
        for term, value in pairs
        if value not in ("", None)
    )
    return mark_safe(f'<dl class="{"dl dl--grid" if grid else "dl"}">{rows}</dl>' if rows else "")


@register.simple_tag
def stat(label, value, note="", unit=""):
    """A figure: what it is, the number, what to make of it."""
    unit = f" <small>{escape(unit)}</small>" if unit else ""
    note = f'<p class="stat__note">{escape(note)}</p>' if note else ""
    return mark_safe(
        f'<div class="stat"><p class="stat__label">{escape(label)}</p>'
        f'<p class="stat__value">{escape(value)}{unit}</p>{note}</div>'
    )


@register.simple_tag
def chips(items, label, clear_url=""):
    """Active filters as links that each take one away; `items` are (words, address) pairs."""
    if not items:
        return ""
    remove, cross = escape(_("remove filter")), icons.markup("x")
    links = "".join(
        f'<li><a class="chip" rel="nofollow" href="{escape(url)}">{escape(words)}{cross}<span class="vh"> – {remove}</span></a></li>'
        for words, url in items
    )
    if clear_url:
        words = escape(_("Clear all"))
        links += f'<li><a class="quiet" rel="nofollow" href="{escape(clear_url)}">{words}</a></li>'
    return mark_safe(f'<ul class="chips mb" aria-label="{escape(label)}">{links}</ul>')


@register.simple_tag
def pager(page, pages, url, nofollow=False):
    """Links to the first, the last and the nearest pages of the list at `url`."""
    if pages < 2:
        return ""
    rel = ' rel="nofollow"' if nofollow else ""
    onward = f"{url}{'&' if '?' in url else '?'}page="

    def link(number, words, extra=""):
        return f'<a href="{escape(f"{onward}{number}" if number > 1 else url)}"{rel}{extra}>{words}</a>'

    page_word = escape(_("Page"))
    said = f'<span class="vh">{page_word} </span>'
    shown = sorted({1, 2, pages - 1, pages, page - 1, page, page + 1} & set(range(1, pages + 1)))
    parts = [link(page - 1, escape(_("Previous")), ' class="wide-only"')] if page > 1 else []
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            parts.append("<span>…</span>")
        parts.append(link(number, f"{said}{number}", ' aria-current="page"' if number == page else ""))
    if page < pages:
        parts.append(link(page + 1, escape(_("Next"))))
    name = escape(_("Pages"))
    return mark_safe(f'<nav class="pager" aria-label="{name}">{"".join(parts)}</nav>')


@register.simple_tag
def field(bound, width="", hint=""):
    """A labelled control of a form with its hint and its error; what was typed is kept."""
    name, control = bound.auto_id, bound.field.widget
    if type(control).__name__ == "CheckboxInput":
        return check(bound, hint)
    if type(control).__name__ in ("RadioSelect", "CheckboxSelectMultiple"):
        return choices(bound, hint)
    hint = hint or bound.help_text
    described = " ".join([f"{name}-hint"] * bool(hint) + [f"{name}-error"] * bool(bound.errors))
    style = {"Select": "select", "Textarea": "textarea"}.get(type(control).__name__, "input")
    attributes = {"class": f"{style} w-{width}" if width else style}
    if described:
        attributes["aria-describedby"] = described
    if bound.errors:
        attributes["aria-invalid"] = "true"
    hint = f'<p class="hint" id="{name}-hint">{escape(hint)}</p>' if hint else ""
    return mark_safe(
        f'<div class="{"field is-bad" if bound.errors else "field"}"><label for="{name}">{escape(bound.label)}</label>'
        f"{hint}{error_of(bound)}{bound.as_widget(attrs=attributes)}</div>"
    )


def error_of(bound):
    """What is wrong with a control, or nothing."""
    if not bound.errors:
        return ""
    words = escape(" ".join(bound.errors))
    return f'<p class="error" id="{bound.auto_id}-error">{icons.markup("warn")}<span>{words}</span></p>'


@register.simple_tag
def check(bound, hint=""):
    """One box to tick, its words beside it; `field` comes here by itself."""
    name, hint = bound.auto_id, hint or bound.help_text
    described = " ".join([f"{name}-hint"] * bool(hint) + [f"{name}-error"] * bool(bound.errors))
    attributes = {"aria-describedby": described} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    hint = f'<span class="hint" id="{name}-hint">{escape(hint)}</span>' if hint else ""
    return mark_safe(
        f'<div class="{"field is-bad" if bound.errors else "field"}">{error_of(bound)}'
        f'<label class="check">{bound.as_widget(attrs=attributes)}<span>{escape(bound.label)}{hint}</span></label></div>'
    )


@register.simple_tag
def choices(bound, hint=""):
    """A question with its answers below each other, one or several to choose; `field` comes here by itself."""
    name, hint = bound.auto_id, hint or bound.help_text
    described = " ".join([f"{name}-hint"] * bool(hint) + [f"{name}-error"] * bool(bound.errors))
    about = f' aria-describedby="{described}"' if described else ""
    hint = f'<p class="hint" id="{name}-hint">{escape(hint)}</p>' if hint else ""
    widget, value = bound.field.widget, bound.value()
    value = value if isinstance(value, list | tuple) else [] if value is None else [str(value)]
    groups = widget.optgroups(bound.html_name, [str(one) for one in value], {"id": name})
    boxes = "".join(grouped_boxes(group, options, widget.input_type) for group, options, _index in groups)
    return mark_safe(
        f'<fieldset class="{"field is-bad" if bound.errors else "field"}" id="{name}" tabindex="-1"{about}>'
        f'<legend class="legend">{escape(bound.label)}</legend>{hint}{error_of(bound)}<div class="checks w-l">{boxes}</div></fieldset>'
    )


def grouped_boxes(group, options, kind):
    """Answers, folded away under the name of their group where they have one and none is chosen."""
    boxes = "".join(box(option, kind) for option in options)
    if not group:
        return boxes
    is_open = " open" if any(option["selected"] for option in options) else ""
    return f'<details class="checks__group"{is_open}><summary>{escape(group)}</summary>{boxes}</details>'


def box(option, kind):
    """One answer of a question."""
    chosen = " checked" if option["selected"] else ""
    return (
        f'<label class="check"><input type="{kind}" name="{escape(option["name"])}" value="{escape(option["value"])}"'
        f' id="{escape(option["attrs"]["id"])}"{chosen}><span>{escape(option["label"])}</span></label>'
    )


@register.simple_tag
def facet(shown):
    """One facet as a folding group of boxes with counts; `shown` has name, title, options, is_open, more_url and typed_label."""
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
def error_summary(form):
    """What is wrong with a form, first in it, with a link to each field; nothing while all is well."""
    if not form.errors:
        return ""
    items = "".join(
        f'<li><a href="#{form[name].auto_id}">{escape(" ".join(errors))}</a></li>'
        if name in form.fields
        else f"<li>{escape(' '.join(errors))}</li>"
        for name, errors in form.errors.items()
    )
    title = escape(_("Error: check what you typed"))
    return mark_safe(f'<div class="errors" role="alert" tabindex="-1"><h2>{title}</h2><ul>{items}</ul></div>')


@register.simple_block_tag
def notice(content, tone="", role=""):
    """A message that stays: tone good, warn, bad, or none for information."""
    attributes = {"class": f"notice notice--{tone}" if tone else "notice", **({"role": role} if role else {})}
    return mark_safe(f"<div{flatatt(attributes)}>{icons.markup(TONES[tone])}<div>{content}</div></div>")


@register.simple_block_tag
def empty(content, title, name="search"):
    """Nothing to show: what is missing, why, and the next step."""
    return mark_safe(f'<div class="empty">{icons.markup(name)}<h2>{escape(title)}</h2>{content}</div>')


@register.simple_block_tag
def section(content, id, title, link="", link_text="", note=""):
    """A section of a page under a heavy rule; `id` names its heading."""
    aside = (
        f'<a href="{escape(link)}">{escape(link_text)}</a>'
        if link
        else f"<p>{escape(note)}</p>"
        if note
        else ""
    )
    return mark_safe(
        f'<section class="section" aria-labelledby="{escape(id)}"><div class="section__head">'
        f'<h2 id="{escape(id)}">{escape(title)}</h2>{aside}</div>{content}</section>'
    )
