"""Keys by which two records of the same thing are recognised: title, address, DOI. Also slugs."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.utils.text import slugify

from kit.text import fold

SLUG_LENGTH = 90
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+", re.IGNORECASE)
_DOI_END = re.compile(r"[.,;:)\]}>'\"]+$")
_TRACKING = re.compile(r"^(utm_|fbclid$|gclid$|mc_|ref$|sessionid$)")


def title_key(title):
    """The title folded, without punctuation, at most 200 characters: equal for what a reader calls the same title."""
    return fold(title)[:200]


def url_key(url):
    """The address without scheme, `www.`, tracking parameters, fragment and trailing slash; "" for no http address."""
    try:
        parts = urlsplit((url or "").strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "." not in host:
        return ""
    query = urlencode(sorted((k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k.lower())))
    return f"{host}{parts.path.rstrip('/')}{'?' + query if query else ''}"[:300]


def normalise_doi(text):
    """The DOI in a text in lower case, without resolver or trailing punctuation; "" where there is none."""
    found = _DOI.search(text or "")
    return _DOI_END.sub("", found.group()).lower()[:200] if found else ""


def slug_for(title, *, fallback):
    """A slug in the title's own script, cut at a word; `fallback` where nothing of the title can stand in an address."""
    slug = slugify(title, allow_unicode=True)
    if len(slug) > SLUG_LENGTH:
        slug = slug[:SLUG_LENGTH].rsplit("-", 1)[0]
    return slug.strip("-_") or fallback
