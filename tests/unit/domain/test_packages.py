"""Packages: what has to be made along, and what falls away."""

from __future__ import annotations

import pytest

from untisopt.domain.calendar import Period
from untisopt.domain.changes import Move
from untisopt.domain.packages import Package, Part
from untisopt.domain.timetable import Placement


def _move(lecture: str, before: int, after: int) -> Move:
    return Move(lecture, Placement(Period(1, before), ()), Placement(Period(1, after), ()))


LATE, EARLY, MIDDLE, ALONE = _move("a", 5, 6), _move("b", 1, 2), _move("c", 3, 4), _move("d", 7, 8)
# 1 needs 0; 2 needs 1 and so 0 as well; 3 needs nothing.
PACKAGE = Package(
    (Part((LATE,)), Part((EARLY,), frozenset({0})), Part((MIDDLE,), frozenset({0, 1})), Part((ALONE,), frozenset()))
)


@pytest.mark.parametrize(
    ("parts", "needed"),
    [([], set()), ([0], {0}), ([1], {0, 1}), ([2], {0, 1, 2}), ([3], {3}), ([3, 1], {0, 1, 3})],
)
def test_with_needed(parts, needed):
    assert PACKAGE.with_needed(parts) == needed


@pytest.mark.parametrize(
    ("parts", "left"),
    [([], {0, 1, 2, 3}), ([0], {3}), ([1], {0, 3}), ([2], {0, 1, 3}), ([3], {0, 1, 2}), ([2, 3], {0, 1})],
)
def test_without(parts, left):
    assert PACKAGE.without(parts) == left


def test_moves_in_the_order_of_the_places_before():
    assert PACKAGE.moves == (EARLY, MIDDLE, LATE, ALONE)
