"""Small charts as SVG, drawn on the server. Text is real text, colours are classes, `alt` says the finding.

Charts are not mirrored in right-to-left pages: time runs to the right in all of them.
"""

from itertools import pairwise
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_bidi

LETTER = 7.2  # about the width of a letter of 12 px
LINE_HEIGHT = 14
DOT = 3.5
FOOT = 18


class Series(NamedTuple):
    """A line: its (x, y) points in the order of x, its tone (main, hot or mute) and what stands at its end."""

    points: list
    tone: str = "main"
    label: str = ""


class Bar(NamedTuple):
    value: float
    tone: str = "main"
    label: str = ""


def figure(value, decimals=None):
    """A number as it is written in the reader's language; `decimals` are chosen by its size if not given."""
    if decimals is None:
        decimals = 0 if abs(value) >= 1000 or float(value).is_integer() else 1 if abs(value) >= 1 else 2
    if value and abs(value) < 0.5 * 10**-decimals:
        small = f"<{number_format(10**-decimals, decimals)}"
        # Isolated from the line around it: the sign would be mirrored in right-to-left text.
        return f"\u2066{small}\u2069" if get_language_bidi() else small
    # number_format cuts digits off, it does not round.
    return number_format(round(value, decimals), decimals, force_grouping=True)


def line(series, *, alt, width=260, height=100):
    """A line chart from zero, each line labelled at its end; "" where no series has a point."""
    series = [one for one in series if one.points]
    if not series:
        return ""
    xs = [x for one in series for x, _y in one.points]
    ys = [y for one in series for _x, y in one.points]
    first, last = min(xs), max(xs)
    bottom, top = min(0, *ys), max(0, *ys) * 1.08 or 1
    end = width - max(len(one.label) for one in series) * LETTER - 8
    base = height - FOOT

    def across(x):
        return round(end if first == last else 2 + (x - first) / (last - first) * (end - 2), 1)

    def down(y):
        return round(base - (y - bottom) / (top - bottom) * (base - 12), 1)

    parts = [f'<line class="s-grid" x1="2" x2="{end:.0f}" y1="{down(0)}" y2="{down(0)}"/>']
    labels = []
    for one in reversed(series):
        path = "L".join(f"{across(x)} {down(y)}" for x, y in one.points)
        x, y = across(one.points[-1][0]), down(one.points[-1][1])
        if len(one.points) > 1:
            parts.append(f'<path class="s-{one.tone}" d="M{path}"/>')
        if one.tone != "mute" or len(one.points) == 1:
            parts.append(f'<circle class="f-{one.tone}" cx="{x}" cy="{y}" r="{DOT}"/>')
        labels.append([y + 4, x + 7, one])
    for y, x, one in apart(labels):
        style = "" if one.tone == "mute" else f' class="t-{one.tone}"'
        parts.append(f'<text{style} x="{x:.1f}" y="{y:.1f}">{escape(one.label)}</text>')
    if first != last:
        parts.append(f'<text x="2" y="{height - 3}">{first}</text>')
    parts.append(f'<text x="{end:.0f}" y="{height - 3}" text-anchor="end">{last}</text>')
    return svg(parts, alt=alt, width=width, height=height)


def apart(labels):
    """Labels [y, x, …] moved up and down until none stands on another."""
    labels = sorted(labels, key=lambda label: label[0])
    for above, below in pairwise(labels):
        overlap = LINE_HEIGHT - (below[0] - above[0])
        if overlap > 0 and abs(below[1] - above[1]) < 60:
            above[0] -= overlap / 2
            below[0] += overlap / 2
    return labels


def bars(rows, *, alt, width=260):
    """Horizontal bars from zero, each with its number at its end; "" for no rows."""
    if not rows:
        return ""
    longest = max(row.value for row in rows) or 1
    room = width - max(len(row.label) for row in rows) * LETTER - 12
    step, thick = 22, 14
    parts = []
    for n, row in enumerate(rows):
        y, long = n * step + 4, max(0.5, room * row.value / longest)
        style = "" if row.tone == "mute" else f' class="t-{row.tone}"'
        parts.append(f'<rect class="f-{row.tone}" x="2" y="{y}" width="{long:.1f}" height="{thick}"/>')
        parts.append(f'<text{style} x="{long + 8:.1f}" y="{y + 11}">{escape(row.label)}</text>')
    height = len(rows) * step + 4
    parts.append(f'<line class="s-grid" x1="2" x2="2" y1="0" y2="{height}"/>')
    return svg(parts, alt=alt, width=width, height=height)


def svg(parts, *, alt, width, height):
    return mark_safe(
        f'<svg viewBox="0 0 {width} {height}" direction="ltr" role="img" aria-label="{escape(alt)}">'
        f"{''.join(parts)}</svg>"
    )
