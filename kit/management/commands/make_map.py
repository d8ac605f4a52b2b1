"""Make kit/data/world.json anew from Natural Earth's shapes. Needed only when they or the regions change."""

import csv
import json
from collections import defaultdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kit import cartography
from kit.maps import WORLD_FILE

TOLERANCE = 0.55  # pixels of the 1000 the map is wide
SMALLEST_ISLAND = 6  # square pixels; the largest part of a country is kept whatever its size
SMALLEST_SHAPE = 2
DOT_GAP = 6
LEFT_OUT = {"010", "260"}  # Antarctica and the French Southern Territories: outside the frame
ALIASES = {
    "Somaliland": "706",
    "N. Cyprus": "196",
}  # Natural Earth's de facto parts, as the UN's M49 has them
BEYOND_THE_SEAM = {"643", "242"}  # Russia and Fiji cross the 180th meridian


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("shapes", help="world-atlas' countries-110m.json (TopoJSON, id = M49)")
        parser.add_argument("countries", help="countries.csv with m49, wb_region_code, independent, lat, lon")

    def handle(self, *args, shapes, countries, **options):
        try:
            topology = json.loads(Path(shapes).read_text())
            with open(countries, newline="", encoding="utf-8") as file:
                rows = list(csv.DictReader(file))
        except (OSError, ValueError) as error:
            raise CommandError(f"Cannot read the source: {error}") from error
        world = make_world(topology, rows)
        WORLD_FILE.parent.mkdir(exist_ok=True)
        WORLD_FILE.write_text(json.dumps(world, ensure_ascii=False, separators=(",", ":")) + "\n")
        size = sum(len(d) for d in world["shapes"].values())
        self.stdout.write(
            f"{WORLD_FILE}: {len(world['shapes'])} shapes ({size:,} bytes), {len(world['dots'])} dots, "
            f"{len(world['regions'])} regions"
        )


def make_world(topology, rows):
    """The map as data: `shapes` and `dots` by M49 code, `regions` by World Bank code, `rest` for land of no code."""
    land = cartography.Topology(
        topology, layer="countries", tolerance=TOLERANCE, aliases=ALIASES, beyond_the_seam=BEYOND_THE_SEAM
    )
    known = {row["m49"]: row for row in rows}
    shapes, rest, dots, members = {}, "", {}, defaultdict(list)
    for code in sorted(land.shapes.keys() - LEFT_OUT):
        rings = drawable(land.rings(code))
        if not rings:
            continue
        if code not in known:
            rest += cartography.path(rings)
            continue
        members[known[code]["wb_region_code"]].append(code)
        if cartography.area(rings[0]) >= SMALLEST_SHAPE:
            shapes[code] = cartography.path(rings)
    for code, row in known.items():
        if code not in shapes and (row["wb_region_code"] or row["independent"] == "Yes"):
            dots[code] = cartography.place(float(row["lon"]), float(row["lat"]))
    return {
        "width": cartography.WIDTH,
        "height": cartography.HEIGHT,
        "shapes": shapes,
        "rest": rest,
        "dots": cartography.spread(dots, gap=DOT_GAP),
        "regions": {
            region: cartography.path(drawable(land.merged(codes)))
            for region, codes in sorted(members.items())
        },
    }


def drawable(rings):
    """The rings large enough to be seen, and the largest in any case."""
    solid = [ring for ring in rings if len(ring) >= 4]
    return [ring for n, ring in enumerate(solid) if n == 0 or cartography.area(ring) >= SMALLEST_ISLAND]
