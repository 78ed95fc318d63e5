"""Line charts as SVG text: scores over time, both axes logarithmic, legible in print and without colour."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

# Colours that most colour-blind people tell apart (Okabe and Ito), each with a dash of its own.
STYLES = (
    ("#000000", ""),
    ("#d55e00", "9 4"),
    ("#0072b2", "2 3"),
    ("#009e73", "12 3 2 3"),
    ("#cc79a7", "5 3 1 3 1 3"),
)
WIDTH, HEIGHT = 820, 470
LEFT, RIGHT, TOP, BOTTOM = 78, 24, 54, 96
_DIGITS = (1, 2, 5)


@dataclass(frozen=True)
class Line:
    """A line of a chart.

    Parameters
    ----------
    name : str
    points : sequence of (float, float)
        Ascending in x, all positive; the value holds until the next point.
    style : int
        Index into `STYLES`, so that a name looks the same in all pictures.
    """

    name: str
    points: Sequence[tuple[float, float]]
    style: int


@dataclass(frozen=True)
class Axis:
    """A logarithmic axis.

    Parameters
    ----------
    low, high : float
        The values at its ends, positive.
    start, end : float
        Their places in the picture.
    """

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Where a value is; values beyond the ends are put at the ends."""
        share = math.log(min(max(value, self.low), self.high) / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Round values on the axis: 1, 2 and 5 times powers of ten."""
        exponents = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        values = [digit * 10.0**exponent for exponent in exponents for digit in _DIGITS]
        return [value for value in values if self.low * 0.999 <= value <= self.high * 1.001]


def line_chart(title: str, x_label: str, y_label: str, lines: Sequence[Line]) -> str:
    """Draw lines as steps.

    Raises
    ------
    ValueError
        There is no line with points.
    """
    points = [point for line in lines for point in line.points]
    if not points:
        raise ValueError("a chart needs points")
    x = Axis(*_range([x for x, _ in points], margin=1.0), LEFT, WIDTH - RIGHT)
    y = Axis(*_range([y for _, y in points], margin=1.15), HEIGHT - BOTTOM, TOP)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
    parts = [
        f'{head} font-family="sans-serif" font-size="13" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="26" font-size="16" font-weight="bold">{escape(title)}</text>',
        *_grid(x, y, x_label, y_label),
        *(_drawn(line, x, y) for line in lines if line.points),
        *_legend(lines),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _range(values: Sequence[float], margin: float) -> tuple[float, float]:
    """The ends of an axis: a factor beyond the values, and never the same."""
    low, high = min(values), max(values)
    return (low / margin, high * margin) if high > low * 1.5 else (low / 1.5, high * 1.5)


def _grid(x: Axis, y: Axis, x_label: str, y_label: str) -> Iterator[str]:
    for value in x.ticks():
        place = x.place(value)
        yield f'<line x1="{place:.1f}" y1="{y.start}" x2="{place:.1f}" y2="{y.end}" stroke="#dddddd"/>'
        yield f'<text x="{place:.1f}" y="{y.start + 18}" text-anchor="middle">{_number(value)}</text>'
    for value in y.ticks():
        place = y.place(value)
        yield f'<line x1="{x.start}" y1="{place:.1f}" x2="{x.end}" y2="{place:.1f}" stroke="#dddddd"/>'
        yield f'<text x="{x.start - 8}" y="{place + 4:.1f}" text-anchor="end">{_number(value)}</text>'
    yield (
        f'<path d="M{x.start} {y.end}V{y.start}H{x.end}" fill="none" stroke="#444444"/>'
        f'<text x="{(x.start + x.end) / 2:.0f}" y="{y.start + 38}" text-anchor="middle">{escape(x_label)}</text>'
        f'<text x="{x.start}" y="{TOP - 10}" text-anchor="start" fill="#444444">{escape(y_label)}</text>'
    )


def _drawn(line: Line, x: Axis, y: Axis) -> str:
    first, *rest = line.points
    steps = "".join(f"H{x.place(when):.1f}V{y.place(value):.1f}" for when, value in rest)
    path = f"M{x.place(first[0]):.1f} {y.place(first[1]):.1f}{steps}H{x.end}"
    return f'<path d="{path}" fill="none" {_stroke(line)}/>'


def _stroke(line: Line) -> str:
    colour, dash = STYLES[line.style]
    return f'stroke="{colour}" stroke-width="2.2" stroke-dasharray="{dash or "none"}"'


def _legend(lines: Sequence[Line]) -> Iterator[str]:
    """Names under the picture, three in a row."""
    width = (WIDTH - LEFT - RIGHT) / 3
    for i, line in enumerate(lines):
        left, top = LEFT + i % 3 * width, HEIGHT - 36 + i // 3 * 22
        yield f'<path d="M{left:.0f} {top}h40" {_stroke(line)}/>'
        yield f'<text x="{left + 48:.0f}" y="{top + 4}">{escape(line.name)}</text>'


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", "\N{NO-BREAK SPACE}") if value >= 1 else f"{value:g}"
