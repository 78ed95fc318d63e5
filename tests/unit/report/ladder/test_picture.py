"""The picture of a ladder: what is drawn where, and that it is sound SVG."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from tests.unit.service.ladder.ladders import RUNGS, search_that_finds, use_search, write_school
from untisopt.i18n import use_language
from untisopt.report.ladder.drawing import WIDTH, Chart, Mark, Panel, draw
from untisopt.report.ladder.svg import ladder_chart
from untisopt.service.ladder.run import ladder

SVG = "{http://www.w3.org/2000/svg}"
PANEL = Panel("Site changes", ((0, 10.0), (3, 6.0), (8, 2.0)), ((3, 6.0), (5, None), (9, 1.0), (None, 0.5)))


def chart(*panels: Panel, marks: tuple[Mark, ...] = (), title: str = "Ladder") -> Chart:
    return Chart(title, "What it shows", panels, marks, "moved", "today", "plan", "bound", "open", "nothing judged")


def parsed(drawing: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawing)


def of_class(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


def corners(path: ElementTree.Element) -> list[tuple[float, float]]:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path.get("d", ""))]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_plan_that_fits_a_budget():
    assert [PANEL.plan_at(moved) for moved in (0, 2, 3, 7, 8, 100)] == [10, 10, 6, 6, 2, 2]


def test_bound_for_a_number_of_moves():
    # Up to three moves the first budget speaks, up to five nothing is known, up to nine the third does, then the last.
    assert [PANEL.bound_at(moved, 10.0) for moved in (0, 3, 4, 6, 9, 11)] == [6, 6, None, 1, 1, 0.5]
    # Beside a plan that has fewer site changes because it breaks more rules, the bound is that plan.
    assert PANEL.bound_at(3, 4.0) == 4


def test_stairs_of_plans_and_bounds():
    root = parsed(draw(chart(PANEL)))
    (plan,) = of_class(root, "plan")[:1]
    bounds = [path for path in of_class(root, "bound") if path.tag == f"{SVG}path"]
    # Stairs for 10, 6, 2; the bounds up to 3, then beyond 5, and the key of the legend.
    assert len({y for _x, y in corners(plan)}) == 3
    first, second = map(corners, bounds[:2])
    assert first[0][0] == corners(plan)[0][0]  # both begin at the left edge
    assert len({y for _x, y in first}) == 1
    assert len({y for _x, y in second}) == 2
    # Nothing known between 3 and 5: the bound begins again to the right of where it ended.
    assert first[-1][0] < second[0][0]
    # Down is more on the page: no bound is above the plan at the same place.
    height = dict(corners(plan))
    assert all(y >= height[x] for x, y in first if x in height)


def test_stairs_go_down_from_left_to_right():
    plan = corners(of_class(parsed(draw(chart(PANEL))), "plan")[0])
    assert all(one[0] <= other[0] and one[1] <= other[1] for one, other in pairwise(plan))


def test_scale_to_the_right_is_logarithmic():
    dots = of_class(parsed(draw(chart(PANEL))), "dot")
    ring = of_class(parsed(draw(chart(PANEL))), "open")[0]
    left, three, eight = (float(element.get("cx", "")) for element in (ring, *dots[:2]))
    assert (three - left) / (eight - left) == pytest.approx(math.log(4) / math.log(9), abs=0.01)


def test_line_of_a_bound_that_says_nothing_is_not_drawn():
    nothing = Panel("Site changes", ((0, 10.0), (3, 6.0)), ((3, 0.0), (None, 0.0)))
    assert len(of_class(parsed(draw(chart(nothing))), "bound")) == 1  # in the legend
    # A plan without any meets its bound.
    done = Panel("Site changes", ((0, 10.0), (3, 0.0)), ((3, 0.0), (None, 0.0)))
    assert len(of_class(parsed(draw(chart(done))), "bound")) == 2


def test_labels_stand_apart_and_inside():
    marks = (Mark("square", "Minimum: 3 lectures", 3), Mark("triangle", "Best: 8 lectures", 8))
    root = parsed(draw(chart(PANEL, marks=marks)))
    labels = [element for element in of_class(root, "label") if element.text and "lectures" in element.text]
    assert len({element.get("y") for element in labels}) == 2
    for label in labels:
        x, room = float(label.get("x", "")), 7 * len(label.text or "")
        begin, end = (x - room, x) if label.get("text-anchor") == "end" else (x, x + room)
        assert begin >= 0
        assert end <= WIDTH
    # A shape above each line down, and one at its plan.
    assert len(of_class(root, "mark")) == 4


@pytest.mark.parametrize("moved", [1, 9, 4000])
def test_any_range(moved):
    panel = Panel("Site changes", ((0, 12345.0), (moved, 0.5)), ((None, 0.25),))
    root = parsed(draw(chart(panel)))
    places = [
        float(element.get("x", "")) for element in of_class(root, "tick") if element.get("text-anchor") == "middle"
    ]
    assert len(places) >= 2
    assert min(b - a for a, b in pairwise(places)) >= 20
    heights = {element.get("y") for element in of_class(root, "tick") if element.get("text-anchor") == "end"}
    assert 3 <= len(heights) <= 8


def test_plan_of_today_alone():
    root = parsed(draw(chart(Panel("Site changes", ((0, 0.0),), ()))))
    assert len(of_class(root, "open")) == 2  # in the panel and in the legend


def test_texts_are_escaped():
    root = parsed(draw(chart(PANEL, title='a<b>&"c"\x01')))
    assert root.findtext(f"{SVG}title") == 'a<b>&"c"'


def test_pictures_in_one_page_do_not_share_names():
    one, other = draw(chart(PANEL), "one"), draw(chart(PANEL), "two")
    assert set(re.findall(r'id="([^"]+)"', one)).isdisjoint(re.findall(r'id="([^"]+)"', other))
    assert "url(#one-hatch)" in one


def test_nothing_to_draw():
    assert "nothing judged" in draw(chart())


def test_chart_of_a_ladder(tmp_path, monkeypatch):
    use_language("en")
    use_search(monkeypatch, search_that_finds(*RUNGS))
    found = ladder(write_school(tmp_path))
    drawn = ladder_chart(found)
    changes, short = drawn.panels
    assert changes.plans == ((0, 3.0), (1, 2.0), (2, 1.0), (5, 0.0))
    assert changes.bounds == ((1, 1.0), (2, 1.0), (3, 0.0), (None, 0.0))
    assert short.plans == ((0, 2.0), (1, 0.0), (2, 0.0), (5, 0.0))
    assert [(mark.label, mark.shape) for mark in drawn.marks] == [
        ("Minimum: 1 lecture", "square"),
        ("Recommended: 2 lectures", "diamond"),
        ("Best: 5 lectures", "triangle"),
    ]
    assert "Best: 5 moved lectures, 0 site changes a week" in drawn.description
    # Options that are one plan share a mark.
    same = ladder_chart(replace(found, named={"minimum": 2, "recommended": 2, "best": 4}))
    assert [mark.label for mark in same.marks] == ["Minimum, recommended: 2 lectures", "Best: 5 lectures"]


def test_file_is_sound(tmp_path, monkeypatch):
    use_search(monkeypatch, search_that_finds(*RUNGS))
    root = parsed(ladder(write_school(tmp_path)).files["ladder.svg"].decode())
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
