"""A field of the desk with what is said beside it: boxes to tick beside what `field` of the components draws."""

from django import forms, template
from django.utils.html import conditional_escape as escape
from django.utils.safestring import mark_safe

from kit import icons
from kit.templatetags.components import field

register = template.Library()


@register.simple_tag
def desk_field(bound, hint="", width=""):
    """A labelled control with its guidance and its errors, of whatever sort."""
    if isinstance(bound.field.widget, forms.CheckboxSelectMultiple):
        return boxes(bound, hint)
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return box(bound, hint)
    return field(bound, width, hint)


def said(bound, hint):
    """(html of the hint and the errors, attributes of the control that points to them)."""
    name, ids, html = bound.auto_id, [], ""
    if hint:
        html += f'<span class="hint" id="{name}-hint">{escape(hint)}</span>'
        ids.append(f"{name}-hint")
    if bound.errors:
        html += f'<span class="error" id="{name}-error">{icons.markup("warn")}<span>{escape(" ".join(bound.errors))}</span></span>'
        ids.append(f"{name}-error")
    return html, {"aria-describedby": " ".join(ids)} if ids else {}


def box(bound, hint):
    html, attributes = said(bound, hint)
    return mark_safe(
        f'<div class="field"><label class="check">{bound.as_widget(attrs=attributes)}<span>{escape(bound.label)}</span></label>{html}</div>'
    )


def boxes(bound, hint):
    html, attributes = said(bound, hint)
    described = f' aria-describedby="{attributes["aria-describedby"]}"' if attributes else ""
    chosen = [(choice.data["selected"], choice) for choice in bound]
    items = "".join(
        f'<label class="check">{choice.tag()}<span>{escape(choice.choice_label)}</span></label>'
        for _is_chosen, choice in sorted(chosen, key=lambda pair: not pair[0])
    )
    bad = " is-bad" if bound.errors else ""
    return mark_safe(
        f'<fieldset class="field{bad}" id="{bound.auto_id}" tabindex="-1"{described}><legend class="legend">{escape(bound.label)}</legend>'
        f'{html}<div class="checks desk__boxes">{items}</div></fieldset>'
    )
