"""The world map, drawn from kit/data/world.json. Its colours are the classes q0 (none yet) to q4 and qn (no data)."""

import json
from bisect import bisect_right
from collections import defaultdict
from functools import cache
from html import escape
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

from django.utils.safestring import mark_safe

WORLD_FILE = Path(__file__).parent / "data" / "world.json"
DOT = 3
LABEL_PLACES = {
    "NAC": (205, 98),
    "LCN": (330, 268),
    "SSF": (535, 222),
    "MEA": (570, 136),
    "ECS": (640, 62),
    "SAS": (700, 178),
    "EAS": (800, 132),
}
LABEL_WIDTH = 20


class Place(NamedTuple):
    """What a shape of the map says: its class, where it leads, and its name with its number."""

    tone: str
    url: str
    label: str


class Scale(NamedTuple):
    """Four classes of whole or broken numbers, by the lower bounds of the second to the fourth."""

    bounds: tuple

    def tone(self, value):
        """q1 to q4; q0 for zero, qn where there is no number."""
        if value is None:
            return "qn"
        return f"q{bisect_right(self.bounds, value) + 1}" if value > 0 else "q0"


@cache
def world():
    return json.loads(WORLD_FILE.read_text())


def scale_for(values):
    """Bounds at the quartiles of the numbers above zero, rounded to numbers a reader can hold."""
    there = sorted(value for value in values if value)
    if not there:
        return Scale((2, 3, 4))
    bounds = []
    for quarter in (1, 2, 3):
        bound = round_down(there[len(there) * quarter // 4])
        bounds.append(max(bound, next_after(bounds[-1])) if bounds else max(bound, 2))
    return Scale(tuple(bounds))


def round_down(value):
    """One significant figure, or one and a half: 1, 2, 3, 5, 10, 15, 20, 30, 50, 100…"""
    power = 1
    while power * 10 <= value:
        power *= 10
    return max(int(step * power) for step in (1, 1.5, 2, 3, 5) if step * power <= value) if value >= 1 else 1


def next_after(bound):
    return bound + max(1, bound // 2)


def choropleth(places, *, nothing="qn"):
    """The world with each place in its class, for pages that give the same numbers as a table.

    `places`: {M49: Place}. The map is hidden from assistive technology and left out of the tab order, because
    the table says the same in a better order; a mouse can still follow its shapes.
    """
    shapes, land, dots = world(), defaultdict(list), defaultdict(list)
    if shapes["rest"]:
        land[nothing].append(f'<path d="{shapes["rest"]}"/>')
    for code, d in shapes["shapes"].items():
        place, drawn = places.get(code), f'<path d="{d}"/>'
        land[place.tone if place else nothing].append(_link(place, drawn) if place else drawn)
    for code, (x, y) in shapes["dots"].items():
        if place := places.get(code):
            dots[place.tone].append(_link(place, f'<circle cx="{x}" cy="{y}" r="{DOT}"/>'))
    # Dots last: that of a small state lies on its neighbour's land.
    groups = "".join(
        f'<g class="{tone}">{"".join(drawn)}</g>'
        for classes in (land, dots)
        for tone, drawn in sorted(classes.items())
    )
    return mark_safe(
        f'<svg class="map" viewBox="0 0 {shapes["width"]} {shapes["height"]}" aria-hidden="true">{groups}</svg>'
    )


def _link(place, drawn):
    return f'<a href="{escape(place.url)}" tabindex="-1"><title>{escape(place.label)}</title>{drawn}</a>'


def regions(links, *, label):
    """The World Bank's regions as seven links with their names; `links`: {code: (name, address)}."""
    shapes = world()
    land = shapes["regions"].get("", "") + shapes["rest"]
    parts = [f'<path class="qn" d="{land}"/>']
    names = []
    for code, (x, y) in LABEL_PLACES.items():
        if code not in links:
            parts.append(f'<path class="qn" d="{shapes["regions"][code]}"/>')
            continue
        name, url = links[code]
        parts.append(
            f'<a href="{escape(url)}" aria-label="{escape(name)}"><path d="{shapes["regions"][code]}"/></a>'
        )
        lines = wrap(name, LABEL_WIDTH)
        spans = "".join(
            f'<tspan x="{x}" dy="{"1.15em" if n else 0}">{escape(line)}</tspan>'
            for n, line in enumerate(lines)
        )
        names.append(f'<text x="{x}" y="{y}" text-anchor="middle">{spans}</text>')
    return mark_safe(
        f'<svg class="map map--regions" viewBox="0 0 {shapes["width"]} {shapes["height"]}" direction="ltr" role="group" '
        f'aria-label="{escape(label)}">{"".join(parts)}'
        f'<g class="wide-only" aria-hidden="true" pointer-events="none">{"".join(names)}</g></svg>'
    )
