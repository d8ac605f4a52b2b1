"""The icons of static/icons.svg, by name."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

SPRITE = Path(settings.BASE_DIR) / "static" / "icons.svg"


@cache
def names():
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text()))


@cache
def markup(name, mirrored=False):
    """The `<svg>` of one icon; `mirrored` icons (arrows) turn round in right-to-left pages."""
    if name not in names():
        raise ValueError(f"There is no icon {name!r} in static/icons.svg.")
    style = "icon icon--dir" if mirrored else "icon"
    return f'<svg class="{style}" aria-hidden="true"><use href="{static("icons.svg")}#{name}"/></svg>'
