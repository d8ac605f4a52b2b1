"""What every template may use without being given it."""

from functools import cache

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi, get_language_info

from kit.links import address_of

THEMES = ("light", "dark")
LONGEST_QUERY = 2000  # five links repeat it


def site(request):
    """Nothing here reads the session of a visitor who brings none, so that anonymous pages can be shared."""
    language = get_language() or settings.LANGUAGE_CODE
    theme = request.COOKIES.get("theme", "")
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "lang": language,
        "dir": "rtl" if get_language_bidi() else "ltr",
        "theme": theme if theme in THEMES else "",
        "member": member_of(request),
        "navigation": navigation(request.path),
        "languages": languages(request),
    }


def member_of(request):
    """The signed-in member, or None; asked only where a session cookie came with the request."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def navigation(path):
    """(label, address, aria-current) of each main section."""
    entries = []
    for name, label in settings.NAVIGATION:
        url = address_of(name)
        entries.append((str(label), url, "page" if path == url else "true" if path.startswith(url) else ""))
    return entries


def languages(request):
    """(code, own name, address of this page in it, is it the present one) of each language.

    A page that does not exist in the address table (an error page) leads to the home page.
    """
    present = get_language() or settings.LANGUAGE_CODE
    path = request.path.removeprefix(prefix(present).rstrip("/")) if request.resolver_match else "/"
    query = request.META.get("QUERY_STRING", "") if request.resolver_match else ""
    query = f"?{query}" if 0 < len(query) <= LONGEST_QUERY else ""
    return [
        (code, own_name(code), f"{prefix(code)}{path[1:]}{query}", code == present)
        for code, _name in settings.LANGUAGES
    ]


@cache
def own_name(language):
    """What a language calls itself; Django spells the Arabic one with a vowel sign that interfaces leave out."""
    return get_language_info(language)["name_local"].capitalize().replace("\u0651", "")


def prefix(language):
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
