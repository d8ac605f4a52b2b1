"""From TopoJSON to small integer SVG paths in the Equal Earth projection (Šavrič, Patterson and Jenny, 2018).

Arcs are simplified, not polygons, so a border stays one line for the two countries that share it.
"""

import math
from collections import defaultdict

WIDTH = 1000
CENTRE = 11.0  # this meridian puts the seam into the Bering strait, where it cuts no country but Russia's tip
NORTH, SOUTH = 84.0, -57.0
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796


def equal_earth(longitude, latitude):
    """The projected x and y, in radii, of a point given in degrees from the central meridian."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    t2 = theta * theta
    t6 = t2**3
    x = (
        2
        * math.sqrt(3)
        * math.radians(longitude)
        * math.cos(theta)
        / (3 * (9 * A4 * t6 * t2 + 7 * A3 * t6 + 3 * A2 * t2 + A1))
    )
    return x, theta * (A4 * t6 * t2 + A3 * t6 + A2 * t2 + A1)


HALF = equal_earth(180, 0)[0]
SCALE = WIDTH / (2 * HALF)
TOP = equal_earth(0, NORTH)[1]
HEIGHT = round((TOP - equal_earth(0, SOUTH)[1]) * SCALE)


def place(longitude, latitude):
    """Where a point stands on the map, in pixels from its upper corner in the west."""
    turned = (longitude - CENTRE + 180) % 360 - 180
    return _pixels(turned, latitude)


def _pixels(turned, latitude):
    x, y = equal_earth(turned, max(min(latitude, NORTH), SOUTH))
    return (x + HALF) * SCALE, (TOP - y) * SCALE


def simplify(points, tolerance):
    """The points of a line that deviate more than `tolerance` from it (Douglas and Peucker), ends kept."""
    if len(points) < 3:
        return list(points)
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        farthest, distance = None, tolerance
        for i in range(first + 1, last):
            d = _distance(points[i], points[first], points[last])
            if d > distance:
                farthest, distance = i, d
        if farthest is not None:
            keep.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return [points[i] for i in sorted(keep)]


def _distance(point, start, end):
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    share = 0 if not length else ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length
    share = max(0, min(1, share))
    return math.hypot(point[0] - start[0] - share * dx, point[1] - start[1] - share * dy)


class Topology:
    """The arcs of a TopoJSON file on the map, and its shapes as rings of arc numbers (`~n`: arc n backwards)."""

    def __init__(self, topology, *, layer, tolerance, aliases, beyond_the_seam=()):
        self.shapes = defaultdict(list)
        self.names = {}
        eastern = set()
        for geometry in topology["objects"][layer]["geometries"]:
            name = geometry["properties"]["name"]
            code = geometry.get("id") or aliases.get(name, name)
            rings = [ring for polygon in _polygons(geometry) for ring in polygon]
            self.shapes[code] += rings
            if code in beyond_the_seam:
                eastern |= {_forwards(arc) for ring in rings for arc in ring}
        self.arcs = [
            self._project(arc, topology["transform"], tolerance, eastern=number in eastern)
            for number, arc in enumerate(topology["arcs"])
        ]

    @staticmethod
    def _project(arc, transform, tolerance, *, eastern):
        (scale_x, scale_y), (shift_x, shift_y) = transform["scale"], transform["translate"]
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            longitude, latitude = x * scale_x + shift_x, y * scale_y + shift_y
            if eastern and longitude < CENTRE - 171:
                longitude += 360
            points.append(_pixels(longitude - CENTRE, latitude))
        return [(round(px), round(py)) for px, py in simplify(points, tolerance)]

    def rings(self, code):
        """The outlines of one shape as closed lists of whole points, the largest first."""
        return sorted((self._join(ring) for ring in self.shapes[code]), key=area, reverse=True)

    def merged(self, codes):
        """The outlines of several shapes together: their common borders fall away."""
        count = defaultdict(int)
        for code in codes:
            for ring in self.shapes[code]:
                for arc in ring:
                    count[_forwards(arc)] += 1
        outer = [
            arc for code in codes for ring in self.shapes[code] for arc in ring if count[_forwards(arc)] == 1
        ]
        return sorted((self._join(ring) for ring in self._stitch(outer)), key=area, reverse=True)

    def _stitch(self, arcs):
        starting = defaultdict(list)
        for arc in arcs:
            starting[self._points(arc)[0]].append(arc)
        while starting:
            first = next(iter(starting))
            ring, here = [], first
            while starting.get(here):
                arc = starting[here].pop()
                if not starting[here]:
                    del starting[here]
                ring.append(arc)
                here = self._points(arc)[-1]
                if here == first:
                    break
            yield ring

    def _points(self, arc):
        return self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1]

    def _join(self, ring):
        points = []
        for arc in ring:
            for point in self._points(arc):
                if not points or points[-1] != point:
                    points.append(point)
        return points


def _forwards(arc):
    return arc if arc >= 0 else ~arc


def _polygons(geometry):
    return {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}.get(
        geometry["type"]
    ) or []


def area(ring):
    return abs(sum(x * ring[i - 1][1] - ring[i - 1][0] * y for i, (x, y) in enumerate(ring))) / 2


def path(rings):
    """The shortest `d` of closed rings: absolute start, relative whole steps."""
    parts = []
    for ring in rings:
        points = ring[:-1] if ring[0] == ring[-1] else ring
        x, y = points[0]
        steps = ""
        for nx, ny in points[1:]:
            dx, dy = nx - x, ny - y
            x, y = nx, ny
            gap = "" if dx < 0 or not steps else " "
            steps += f"{gap}{dx}{'' if dy < 0 else ' '}{dy}"
        parts.append(f"M{points[0][0]} {points[0][1]}l{steps}z")
    return "".join(parts)


def spread(dots, *, gap, rounds=60):
    """Dots moved apart just as far as needed so that no two stand closer than `gap`."""
    places = {code: [x, y] for code, (x, y) in sorted(dots.items())}
    codes = list(places)
    for _round in range(rounds):
        moved = False
        for i, one in enumerate(codes):
            for other in codes[i + 1 :]:
                moved |= _push(places[one], places[other], gap)
        if not moved:
            break
    return {code: (round(x), round(y)) for code, (x, y) in places.items()}


def _push(one, other, gap):
    dx, dy = other[0] - one[0], other[1] - one[1]
    distance = math.hypot(dx, dy)
    if distance >= gap:
        return False
    if not distance:
        dx, distance = 1, 1
    step = (gap - distance) / 2 + 0.05
    for point, sign in ((one, -1), (other, 1)):
        point[0] += sign * step * dx / distance
        point[1] += sign * step * dy / distance
    return True
