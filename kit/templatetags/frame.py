"""The frame of every page. What is the same for all visitors is rendered once a language and kept."""

from functools import cache, lru_cache
from html import escape

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.utils.safestring import mark_safe

register = template.Library()

CURRENT = ' aria-current="true"'
LANGUAGE_LINKS = "<!--languages-->"


@register.simple_tag
def asset(path):
    """The address of a static file."""
    return static(path) if settings.DEBUG else kept_address(path)


kept_address = cache(static)


@register.simple_tag(takes_context=True)
def masthead(context):
    """The header: name, search, languages, account and sections."""
    values = {
        "hide_search": bool(context.get("hide_search")),
        "navigation": tuple(context.get("navigation") or ()),
        "language_links": LANGUAGE_LINKS,
        "language_name": next(name for _code, name, _url, is_present in context["languages"] if is_present),
    }
    if context.get("member"):
        html = render_to_string("components/masthead.html", {**context.flatten(), **values})
    else:
        html = kept("components/masthead.html", context["lang"], tuple(values.items()))
    return mark_safe(html.replace(LANGUAGE_LINKS, language_links(context["languages"])))


@register.simple_tag(takes_context=True)
def footer(context):
    """The footer; what fills its slot must be the same for everyone."""
    return mark_safe(kept("components/footer.html", context["lang"], (("theme", context["theme"]),)))


def language_links(languages):
    """Links to this page in every language."""
    links = [
        f'<a href="{escape(url)}" lang="{code}" hreflang="{code}"{CURRENT if is_present else ""}>{name}</a>'
        for code, name, url, is_present in languages
    ]
    return "".join(links)


def kept(name, language, values):
    if settings.DEBUG:
        return rendered.__wrapped__(name, language, values)
    return rendered(name, language, values)


@lru_cache(maxsize=256)
def rendered(name, language, values):
    with translation.override(language):
        return render_to_string(
            name, {"SITE_NAME": settings.SITE_NAME, "lang": language, "member": None, **dict(values)}
        )
