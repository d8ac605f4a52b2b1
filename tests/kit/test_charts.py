import re
from xml.etree import ElementTree

import pytest
from django.utils import translation

from kit import charts
from kit.charts import Bar, Series


def drawn(markup):
    """The elements of a chart by name; reading it as XML proves that it is well formed."""
    root = ElementTree.fromstring(markup)
    found = {}
    for element in root:
        found.setdefault(element.tag, []).append(element)
    return root, found


def test_a_line_rises_with_its_numbers_and_says_the_finding():
    root, found = drawn(charts.line([Series([(2016, 10), (2020, 20)], "main", "20")], alt="It doubled"))

    (path,) = found["path"]
    (x1, y1), (x2, y2) = [tuple(map(float, p.split())) for p in path.get("d")[1:].split("L")]
    assert (x2 > x1, y2 < y1) == (True, True)
    assert (root.get("role"), root.get("aria-label")) == ("img", "It doubled")
    assert [t.text for t in found["text"]] == ["20", "2016", "2020"]


def test_lines_start_from_zero():
    _root, found = drawn(charts.line([Series([(2016, 50), (2020, 100)], "main", "100")], alt=""))

    axis = float(found["line"][0].get("y1"))
    half, whole = [axis - float(p.split()[1]) for p in found["path"][0].get("d")[1:].split("L")]
    assert whole / half == pytest.approx(2, abs=0.01)


def test_the_comparison_is_drawn_below_the_subject_without_a_dot():
    subject, comparison = Series([(1, 1), (2, 2)], "main", "2"), Series([(1, 1), (2, 1)], "mute", "1")

    _root, found = drawn(charts.line([subject, comparison], alt=""))

    assert [p.get("class") for p in found["path"]] == ["s-mute", "s-main"]
    assert [c.get("class") for c in found["circle"]] == ["f-main"]


def test_labels_of_lines_that_end_together_do_not_overlap():
    _root, found = drawn(
        charts.line(
            [Series([(1, 1), (2, 5)], "main", "5.0"), Series([(1, 1), (2, 5.1)], "mute", "5.1")], alt=""
        )
    )

    heights = [float(t.get("y")) for t in found["text"] if t.text in ("5.0", "5.1")]
    assert abs(heights[0] - heights[1]) == pytest.approx(charts.LINE_HEIGHT, abs=0.1)


@pytest.mark.parametrize(
    "points", [[(2015, 7)], [(2015, 0), (2016, 0)], [(2015, -3), (2016, 4)], [(2015, 1e9), (2016, 1e-9)]]
)
def test_odd_numbers_stay_inside_the_picture(points):
    _root, found = drawn(charts.line([Series(points, "main", "x")], alt=""))

    numbers = [
        float(n) for p in found.get("path", []) for n in re.findall(r"-?[\d.]+(?:e-?\d+)?", p.get("d"))
    ]
    dots = [float(c.get(side)) for c in found["circle"] for side in ("cx", "cy")]
    assert [n for n in numbers + dots if not 0 <= n <= 260] == []


def test_no_points_make_no_chart():
    assert (charts.line([Series([])], alt="x"), charts.bars([], alt="x")) == ("", "")


def test_bars_are_as_long_as_their_numbers():
    _root, found = drawn(charts.bars([Bar(10, "main", "10"), Bar(5, "mute", "5")], alt="Twice the average"))

    long, short = [float(r.get("width")) for r in found["rect"]]
    assert long / short == pytest.approx(2, abs=0.02)


def test_a_bar_of_zero_can_still_be_seen():
    _root, found = drawn(charts.bars([Bar(0, "main", "0")], alt=""))

    assert [r.get("width") for r in found["rect"]] == ["0.5"]


def test_labels_cannot_break_out_of_a_chart():
    root, _found = drawn(charts.line([Series([(1, 1)], "main", "</text><script>")], alt='"><script>'))

    assert [e.tag for e in root.iter() if e.tag == "script"] == []


def test_charts_are_not_mirrored():
    root, _found = drawn(charts.line([Series([(1, 1)])], alt=""))

    assert root.get("direction") == "ltr"


def test_figures_are_written_as_the_language_writes_them():
    with translation.override("en"):
        english = [charts.figure(v) for v in (21.26, 0.0042, 0.126, 1234567, 34.0, 0)]
    with translation.override("pt"):
        portuguese = charts.figure(21.26)

    assert english == ["21.3", "<0.01", "0.13", "1,234,567", "34", "0"]
    assert portuguese == "21,3"
