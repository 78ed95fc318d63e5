"""Line charts."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from benchmarks.chart import STYLES, Axis, Line, line_chart

SVG = "{http://www.w3.org/2000/svg}"


def test_logarithmic_axis():
    axis = Axis(1.0, 100.0, 0.0, 200.0)
    assert [axis.place(value) for value in (1, 10, 100)] == pytest.approx([0, 100, 200])
    assert [axis.place(value) for value in (0.1, 1000)] == pytest.approx([0, 200])
    assert axis.ticks() == [1, 2, 5, 10, 20, 50, 100]


def test_lines_are_steps_from_left_to_right():
    # From 1 to 100 on both axes; the y axis ends a factor of 1.15 beyond.
    lines = [Line("falling", [(1.0, 100.0), (10.0, 1.0), (100.0, 1.0)], 0)]
    root = ElementTree.fromstring(line_chart("t", "x", "y", lines))
    path = next(p.attrib["d"] for p in root.iter(f"{SVG}path") if p.attrib.get("stroke") == STYLES[0][0])
    start, *steps = path.replace("M", "").split("H")
    assert start.split()[0] == "78.0"  # the left end
    middle = (78 + 820 - 24) / 2
    assert steps[0].split("V")[0] == f"{middle:.1f}"
    assert float(steps[0].split("V")[1]) > float(start.split()[1])  # lower in the picture


def test_every_line_differs_by_colour_and_dash():
    assert len({colour for colour, _ in STYLES}) == len({dash for _, dash in STYLES}) == len(STYLES)
    lines = [Line(f"line {i}", [(1.0, 5.0), (9.0, 1.0)], i) for i in range(len(STYLES))]
    root = ElementTree.fromstring(line_chart("t", "x", "y", lines))
    dashes = [p.attrib["stroke-dasharray"] for p in root.iter(f"{SVG}path") if "stroke-dasharray" in p.attrib]
    assert sorted(dashes) == sorted([dash or "none" for _, dash in STYLES] * 2)  # in the picture and in the legend


def test_texts_are_escaped():
    root = ElementTree.fromstring(line_chart("a < b & c", "x", "y", [Line("<d>", [(1.0, 1.0)], 0)]))
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert "a < b & c" in texts
    assert "<d>" in texts


def test_nothing_to_draw():
    with pytest.raises(ValueError, match="needs points"):
        line_chart("t", "x", "y", [Line("empty", [], 0)])
