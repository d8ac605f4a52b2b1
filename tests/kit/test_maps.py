import csv
import json
import math
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings

from kit import cartography, maps
from kit.management.commands import make_map
from kit.maps import Place

SQUARES = {  # two squares of ten degrees side by side, sharing arc 0
    "arcs": [
        [[10, 0], [0, 10]],
        [[10, 10], [-10, 0], [0, -10], [10, 0]],
        [[10, 0], [10, 0], [0, 10], [-10, 0]],
    ],
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "objects": {
        "land": {
            "geometries": [
                {"type": "Polygon", "id": "001", "properties": {"name": "West"}, "arcs": [[0, 1]]},
                {"type": "Polygon", "id": "002", "properties": {"name": "East"}, "arcs": [[2, -1]]},
            ]
        }
    },
}


def squares():
    return cartography.Topology(SQUARES, layer="land", tolerance=0, aliases={})


def test_the_projection_is_equal_earth():
    # Šavrič et al. 2018, and the area it must keep: the whole sphere is 4π square radii.
    x, y = cartography.equal_earth(180, 0)
    _x, pole = cartography.equal_earth(0, 90)
    strips = 2000
    area = 0
    for n in range(strips):
        low, high = (-90 + 180 * (n + i) / strips for i in (0, 1))
        width = 2 * cartography.equal_earth(180, (low + high) / 2)[0]
        area += width * (cartography.equal_earth(0, high)[1] - cartography.equal_earth(0, low)[1])

    assert (round(x, 4), y, round(pole, 4)) == (2.7066, 0, 1.3174)
    assert area == pytest.approx(4 * math.pi, rel=1e-3)


def test_neighbours_keep_one_border():
    land = squares()

    west, east = land.rings("001")[0], land.rings("002")[0]
    assert set(west) & set(east) == set(land.arcs[0])


def test_merged_shapes_lose_their_common_border():
    land = squares()

    (ring,) = land.merged(["001", "002"])
    together = sum(cartography.area(land.rings(code)[0]) for code in ("001", "002"))
    assert cartography.area(ring) == together


def test_simplifying_keeps_ends_and_corners_and_drops_the_rest():
    line = [(0, 0), (1, 0.1), (2, 0), (3, 5), (4, 0)]

    assert cartography.simplify(line, 0.5) == [(0, 0), (2, 0), (3, 5), (4, 0)]


def test_a_path_is_the_same_ring_in_relative_steps():
    d = cartography.path([[(10, 10), (12, 10), (12, 7), (10, 10)]])

    assert d == "M10 10l2 0 0-3z"


def test_dots_are_spread_but_stay_near():
    spread = cartography.spread({"a": (100, 100), "b": (100, 100), "c": (300, 300)}, gap=6)

    assert math.dist(spread["a"], spread["b"]) >= 5
    assert max(math.dist(spread["a"], (100, 100)), math.dist(spread["b"], (100, 100))) <= 5
    assert spread["c"] == (300, 300)


def test_the_world_file_is_complete_and_small():
    world = maps.world()

    assert sum(map(len, world["shapes"].values())) <= 25_000
    assert sorted(world["regions"]) == ["", *sorted(maps.LABEL_PLACES)]
    assert {"454", "426", "076", "250"} <= world["shapes"].keys()
    assert {"798", "462", "480"} <= world["dots"].keys()
    assert world["shapes"].keys() & world["dots"].keys() == set()


@pytest.mark.shared
def test_the_world_file_is_what_the_command_makes_of_its_sources(shared_data):
    topology = json.loads((shared_data / "map" / "countries-110m.json").read_text())
    with open(Path(settings.BASE_DIR) / "vocabularies" / "data" / "countries.csv", newline="") as file:
        rows = list(csv.DictReader(file))

    made = make_map.make_world(topology, rows)

    assert json.loads(json.dumps(made)) == maps.world()


def test_every_path_of_the_world_stays_inside_its_frame():
    world = maps.world()
    for d in [*world["shapes"].values(), *world["regions"].values(), world["rest"]]:
        for ring in re.findall(r"M(\d+ \d+)l([^z]*)z", d):
            x, y = map(int, ring[0].split())
            steps = list(map(int, re.findall(r"-?\d+", ring[1])))
            for dx, dy in zip(steps[::2], steps[1::2], strict=True):
                x, y = x + dx, y + dy
                assert -1 <= x <= world["width"] + 1
                assert -1 <= y <= world["height"] + 1


def test_the_map_links_each_place_without_a_stop_for_the_keyboard():
    svg = maps.choropleth({"454": Place("q3", "/countries/mwi/", "Malawi: 12 & more")})

    root = ElementTree.fromstring(svg)
    (link,) = root.findall("g[@class='q3']/a")
    assert (link.get("href"), link.get("tabindex"), link.find("title").text) == (
        "/countries/mwi/",
        "-1",
        "Malawi: 12 & more",
    )
    assert link.find("path").get("d") == maps.world()["shapes"]["454"]
    assert root.get("aria-hidden") == "true"
    assert [group.get("class") for group in root] == ["q3", "qn"]
    assert root.findall("g[@class='qn']/a") == []


def test_a_small_state_is_a_dot():
    root = ElementTree.fromstring(maps.choropleth({"798": Place("q0", "/countries/tuv/", "Tuvalu")}))

    assert [c.get("cx") for c in root.findall("g[@class='q0']/a/circle")] == [
        str(maps.world()["dots"]["798"][0])
    ]
    assert len(list(root.iter("circle"))) == 1


def test_dots_lie_on_top_of_the_land_whatever_their_class():
    root = ElementTree.fromstring(
        maps.choropleth({"674": Place("q0", "smr/", "San Marino"), "380": Place("q4", "ita/", "Italy")})
    )

    assert [group.get("class") for group in root] == ["q4", "qn", "q0"]


def test_region_links_have_names_and_can_be_reached():
    svg = maps.regions({"SSF": ("Sub-Saharan Africa", "/countries/?region=SSF")}, label="World map")

    root = ElementTree.fromstring(svg)
    (link,) = root.findall("a")
    assert (link.get("aria-label"), link.get("href"), link.get("tabindex")) == (
        "Sub-Saharan Africa",
        "/countries/?region=SSF",
        None,
    )
    assert (root.get("role"), root.get("aria-label")) == ("group", "World map")


@pytest.mark.parametrize(
    ("values", "bounds"),
    [
        ([], (2, 3, 4)),
        ([1, 1, 1, 1], (2, 3, 4)),
        ([1, 2, 5, 9, 14, 33, 80, 400], (5, 10, 50)),
        (range(1, 101), (20, 50, 75)),
    ],
)
def test_classes_follow_the_quartiles_in_round_numbers(values, bounds):
    assert maps.scale_for(values).bounds == bounds


def test_nothing_yet_has_its_own_class_and_so_has_no_data():
    scale = maps.Scale((5, 10, 50))

    assert [scale.tone(v) for v in (None, 0, 1, 4, 5, 10, 49, 50, 900)] == [
        "qn",
        "q0",
        "q1",
        "q1",
        "q2",
        "q3",
        "q3",
        "q4",
        "q4",
    ]
