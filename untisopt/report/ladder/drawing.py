"""The picture of a ladder, from plain numbers and texts.

Drawn by hand as SVG: it needs no library, prints sharply at any size and can stand in a page of HTML. Nothing is told
by colour alone. Moved lectures to the right, on a scale that is wide for small numbers: the first few matter most.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise

from untisopt.wording import decimal

WIDTH = 860
_LEFT, _RIGHT = 64, 28
_TITLE = 34
_ROW = 20
_PANEL_GAP = 52
_HEIGHTS = (300, 150)
"""Of the upper panel and of the lower one; the only panel is as high as an upper one."""
_AXIS = 58
_LEGEND_ROW = 26
_LETTER, _BOLD_LETTER = 6.9, 7.6
"""Mean width of a letter of the legend and of the labels: the picture cannot measure the reader's font."""
_MOST_Y_TICKS = 6
_LEAST_X_DISTANCE = 26
_FIGURE = 24
"""Room above the highest plan, for its figure."""
_MARGIN = 1.25
"""How far the scale goes on beyond the last plan."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML may hold."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Panel:
    """One quantity over the number of moved lectures.

    Parameters
    ----------
    title : str
    plans : tuple of (int, float)
        Moved lectures and the quantity of the best plan with so many; ascending, the first is the plan of today.
    bounds : tuple of (int or None, float or None)
        Ascending budgets (None: any number) and what the quantity of no plan within the budget goes below; None: not
        known.
    """

    title: str
    plans: tuple[tuple[int, float], ...]
    bounds: tuple[tuple[int | None, float | None], ...]

    def plan_at(self, moved: float) -> float:
        """The quantity of the best plan that moves at most so many lectures."""
        return next((value for at, value in reversed(self.plans) if at <= moved), self.plans[0][1])

    def bound_at(self, moved: float, plan: float) -> float | None:
        """What is proved for plans that move just so many lectures, beside the best plan found; None: nothing is.

        The bound on site changes is one of plans that break as few rules: beside a plan that breaks more and has fewer
        site changes it says nothing.
        """
        found = next((value for budget, value in self.bounds if budget is None or budget >= moved), None)
        return None if found is None else min(found, plan)


@dataclass(frozen=True, slots=True)
class Mark:
    """A plan with a name: one of :data:`SHAPES` and a label above the panels."""

    shape: str
    label: str
    moved: int


@dataclass(frozen=True, slots=True)
class Chart:
    """All that is drawn, in the language of the reader.

    Parameters
    ----------
    title, description : str
        A heading, and what the picture shows for those who cannot see it.
    panels : tuple of Panel
        One or two, the more important first; all over the same plans.
    marks : tuple of Mark
        At most one per plan.
    axis, today, plan, bound, unknown, none : str
        Labels: the axis to the right, the plan of today, the plans found, the proved limit, the space between, and what
        stands there if there is no panel.
    """

    title: str
    description: str
    panels: tuple[Panel, ...]
    marks: tuple[Mark, ...]
    axis: str
    today: str
    plan: str
    bound: str
    unknown: str
    none: str


_INK = "#1b2a41"
_GREY = "#5b6470"
_STYLE = """
.{id} text {{ font-family: system-ui, "Segoe UI", "DejaVu Sans", Arial, sans-serif; font-size: 13px; fill: {ink} }}
.{id} .title {{ font-size: 17px; font-weight: 600 }}
.{id} .panel {{ font-size: 14px; font-weight: 600 }}
.{id} .tick {{ font-size: 12px; fill: {grey} }}
.{id} .label {{ font-weight: 600 }}
.{id} .grid {{ stroke: #d5d9de; stroke-width: 1 }}
.{id} .frame {{ stroke: {grey}; stroke-width: 1.2 }}
.{id} .plan {{ fill: none; stroke: {ink}; stroke-width: 2.2 }}
.{id} .bound {{ fill: none; stroke: #b3541e; stroke-width: 2; stroke-dasharray: 7 4 }}
.{id} .lead {{ stroke: {grey}; stroke-width: 1; stroke-dasharray: 2 3 }}
.{id} .dot {{ fill: {ink} }}
.{id} .open {{ fill: #fff; stroke: {ink}; stroke-width: 2 }}
.{id} .mark {{ fill: #fff; stroke: {ink}; stroke-width: 2.6 }}
.{id} .halo {{ stroke: #fff; stroke-width: 4; paint-order: stroke; stroke-linejoin: round }}
"""
_HATCH = (
    '<pattern id="{id}-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="7" height="7" fill="#f4f1ea"/><path d="M0 0V7" stroke="#b9b2a3" stroke-width="1.6"/></pattern>'
)


def _square(x: float, y: float) -> str:
    return f'<rect class="mark" x="{x - 6.5:.1f}" y="{y - 6.5:.1f}" width="13" height="13"/>'


def _diamond(x: float, y: float) -> str:
    return f'<path class="mark" d="M{x:.1f} {y - 9:.1f}l9 9l-9 9l-9 -9z"/>'


def _triangle(x: float, y: float) -> str:
    return f'<path class="mark" d="M{x:.1f} {y - 8.5:.1f}l8.5 14.5h-17z"/>'


def _ring(x: float, y: float) -> str:
    return f'<circle class="open" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'


def _dot(x: float, y: float) -> str:
    return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'


SHAPES: dict[str, Callable[[float, float], str]] = {"square": _square, "diamond": _diamond, "triangle": _triangle}


@dataclass(frozen=True, slots=True)
class _Across:
    """The scale to the right: logarithmic, with room for nothing at its start."""

    most: float

    def __call__(self, moved: float) -> float:
        share = math.log1p(min(moved, self.most)) / math.log1p(self.most)
        return _LEFT + share * (WIDTH - _LEFT - _RIGHT)

    def ticks(self) -> list[int]:
        """0, 1, 2, 5, 10, 20, 50 and so on, as far as there is room."""
        numbers = [0, *(digit * 10**power for power in range(7) for digit in (1, 2, 5))]
        chosen: list[int] = []
        for number in numbers:
            fits = not chosen or self(number) - self(chosen[-1]) >= _LEAST_X_DISTANCE
            if number <= self.most and fits:
                chosen.append(number)
        return chosen


@dataclass(frozen=True, slots=True)
class _Up:
    """The scale upwards, linear from 0."""

    top: float
    height: float
    step: float
    most: float

    def __call__(self, value: float) -> float:
        return self.top + self.height * (1 - value / self.most)

    def ticks(self) -> list[float]:
        """Even steps from 0 to the most."""
        return [self.step * i for i in range(round(self.most / self.step) + 1)]


def _up(panel: Panel, top: float, height: float) -> _Up:
    most = max(value for _moved, value in panel.plans) * (1 + _FIGURE / height)
    step = next(step for step in _nice_steps() if most / step <= _MOST_Y_TICKS)
    return _Up(top, height, step, step * max(1, math.ceil(most / step)))


def _nice_steps() -> Iterator[float]:
    """1, 2, 5, 10, 20 and so on: half a site change is no number to write at an axis."""
    power = 1.0
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def draw(chart: Chart, ident: str = "untisopt-ladder") -> str:
    """Draw a chart as SVG.

    Parameters
    ----------
    chart : Chart
    ident : str
        Prefix of all ids and classes; pictures in one page of HTML need different ones.

    Returns
    -------
    str
        One `svg` element, white behind, with its own style sheet.
    """
    panels_top = _TITLE + _ROW * len(chart.marks) + 34
    bottom, panels = _draw_panels(chart, ident, panels_top)
    legend = _legend(chart, ident, bottom + _AXIS)
    height = bottom + _AXIS + _LEGEND_ROW * len(legend) + 8
    size = f'viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" height="{height:.0f}"'
    names = f'role="img" aria-labelledby="{ident}-title {ident}-description"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{ident}" {size} {names}>',
        f'<title id="{ident}-title">{_text(chart.title)}</title>',
        f'<desc id="{ident}-description">{_text(chart.description)}</desc>',
        f"<style>{_STYLE.format(id=ident, ink=_INK, grey=_GREY)}</style>",
        f"<defs>{_HATCH.format(id=ident)}</defs>",
        f'<rect width="{WIDTH}" height="{height:.0f}" fill="#fff"/>',
        f'<text class="title" x="{_LEFT}" y="24">{_text(chart.title)}</text>',
        *panels,
        *(line for row in legend for line in row),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _draw_panels(chart: Chart, ident: str, top: float) -> tuple[float, list[str]]:
    """The panels with their axes, and where the lowest one ends."""
    if not chart.panels:
        return top, [f'<text x="{_LEFT}" y="{top:.1f}">{_text(chart.none)}</text>']
    across = _Across(max(4.0, chart.panels[0].plans[-1][0] * _MARGIN))
    scales = []
    for panel, height in zip(chart.panels, _HEIGHTS, strict=False):
        scales.append(_up(panel, top, height))
        top += height + _PANEL_GAP
    bottom = top - _PANEL_GAP
    lines: list[str] = []
    for panel, up in zip(chart.panels, scales, strict=True):
        lines += _grid(panel, across, up)
        lines += _area(panel, across, up, ident)
    lines += _leads(chart, across, scales[0].top, bottom)
    for panel, up in zip(chart.panels, scales, strict=True):
        lines += _plans(panel, chart, across, up)
    lines += _bottom_axis(chart, across, bottom)
    return bottom, lines


def _grid(panel: Panel, across: _Across, up: _Up) -> Iterator[str]:
    left, right = across(0), across(across.most)
    yield f'<text class="panel" x="{left:.1f}" y="{up.top - 14:.1f}">{_text(panel.title)}</text>'
    for value in up.ticks():
        y = up(value)
        kind = "frame" if value == 0 else "grid"
        yield f'<line class="{kind}" x1="{left:.1f}" y1="{y:.1f}" x2="{right:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="tick" x="{left - 10:.1f}" y="{y + 4:.1f}" text-anchor="end">{decimal(value)}</text>'


def _area(panel: Panel, across: _Across, up: _Up, ident: str) -> Iterator[str]:
    """What is not known, hatched, between the stairs of the plans and those of the bounds; then both lines."""
    stairs = _stairs(panel, across.most)
    plans = [(across(x), up(stair.plan)) for stair in stairs for x in (stair.start, stair.end)]
    bounds = [(across(x), up(stair.bound or 0.0)) for stair in stairs for x in (stair.start, stair.end)]
    yield f'<path d="{_path([*plans, *reversed(bounds)])}z" fill="url(#{ident}-hatch)"/>'
    for says_something, group in groupby(stairs, key=lambda stair: bool(stair.bound) or stair.bound == stair.plan):
        if says_something:
            corners = [(across(x), up(stair.bound or 0.0)) for stair in group for x in (stair.start, stair.end)]
            yield f'<path class="bound" d="{_path(corners)}"/>'
    yield f'<path class="plan" d="{_path(plans)}"/>'


@dataclass(frozen=True, slots=True)
class _Stair:
    """A stretch of the scale to the right on which neither the plan nor the bound changes."""

    start: float
    end: float
    plan: float
    bound: float | None


def _stairs(panel: Panel, most: float) -> list[_Stair]:
    budgets = [float(budget) for budget, _value in panel.bounds if budget is not None]
    edges = sorted({0.0, most, *(float(moved) for moved, _value in panel.plans), *budgets})
    stairs = []
    for start, end in pairwise(edge for edge in edges if edge <= most):
        plan = panel.plan_at(start)
        stairs.append(_Stair(start, end, plan, panel.bound_at(end, plan)))
    return stairs


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _leads(chart: Chart, across: _Across, top: float, bottom: float) -> Iterator[str]:
    """The labels of the named plans, each in a row of its own so that none covers another, and lines down from them."""
    for row, mark in enumerate(sorted(chart.marks, key=lambda mark: mark.moved)):
        x, y = across(mark.moved), _TITLE + _ROW * (row + 1)
        to_the_left = x + 14 + len(mark.label) * _BOLD_LETTER > WIDTH
        anchor, shift = ("end", -14) if to_the_left else ("start", 14)
        yield f'<line class="lead" x1="{x:.1f}" y1="{y:.1f}" x2="{x:.1f}" y2="{bottom:.1f}"/>'
        yield SHAPES[mark.shape](x, y - 4)
        place = f'x="{x + shift:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
        yield f'<text class="label halo" {place}>{_text(mark.label)}</text>'


def _plans(panel: Panel, chart: Chart, across: _Across, up: _Up) -> Iterator[str]:
    shapes = {mark.moved: SHAPES[mark.shape] for mark in chart.marks}
    for moved, value in panel.plans:
        x, y = across(moved), up(value)
        shape = shapes.get(moved, _dot if moved else _ring)
        yield shape(x, y)
        if moved in shapes or not moved:
            yield f'<text class="label halo" x="{x + 12:.1f}" y="{y - 9:.1f}">{decimal(value)}</text>'


def _bottom_axis(chart: Chart, across: _Across, bottom: float) -> Iterator[str]:
    for number in across.ticks():
        x = across(number)
        yield f'<line class="frame" x1="{x:.1f}" y1="{bottom:.1f}" x2="{x:.1f}" y2="{bottom + 5:.1f}"/>'
        yield f'<text class="tick" x="{x:.1f}" y="{bottom + 20:.1f}" text-anchor="middle">{number}</text>'
    middle = (across(0) + across(across.most)) / 2
    yield f'<text x="{middle:.1f}" y="{bottom + 42:.1f}" text-anchor="middle">{_text(chart.axis)}</text>'


def _legend(chart: Chart, ident: str, top: float) -> list[list[str]]:
    """Rows of keys with their texts; a text that does not fit begins a new row."""
    if not chart.panels:
        return []
    keys: list[tuple[str, Callable[[float, float], str]]] = [
        (chart.today, lambda x, y: _ring(x + 15, y)),
        (chart.plan, lambda x, y: f'<path class="plan" d="M{x} {y}h30"/>' + _dot(x + 15, y)),
        (chart.bound, lambda x, y: f'<path class="bound" d="M{x} {y}h30"/>'),
        (chart.unknown, lambda x, y: f'<rect x="{x}" y="{y - 7}" width="30" height="14" fill="url(#{ident}-hatch)"/>'),
    ]
    rows: list[list[str]] = [[]]
    x = float(_LEFT)
    for label, key in keys:
        width = 38 + len(label) * _LETTER + 24
        if rows[-1] and x + width > WIDTH:
            rows.append([])
            x = float(_LEFT)
        y = top + _LEGEND_ROW * (len(rows) - 1) + 10
        rows[-1] += [key(x, y), f'<text x="{x + 38:.1f}" y="{y + 4:.1f}">{_text(label)}</text>']
        x += width
    return rows


def _text(text: str) -> str:
    return escape(_CONTROL.sub("", text))
