"""Rows of an export, kinds of weeks, and chance: what schools by hand and schools at random are made of."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from untisopt.domain.calendar import EVERY_WEEK, Period, TimeGrid, WeekClass, WeekSet
from untisopt.domain.lessons import Course

ALL_WEEKS = EVERY_WEEK
WEEKS_A = WeekSet.of([36, 38])
WEEKS_B = WeekSet.of([37, 39])
A_AND_B = (WeekClass("A", WEEKS_A), WeekClass("B", WEEKS_B))
ALIKE = (WeekClass("", ALL_WEEKS),)
QUARTERS = tuple(WeekClass("ABCD"[i], WeekSet.of([36 + 2 * i, 37 + 2 * i])) for i in range(4))
ONE_WEEK_OFF = (WeekClass("A", WeekSet.of([36, 37, 39, 40])), WeekClass("B", WeekSet.of([38])))
A_AND_B_AND_ONE = (*A_AND_B, WeekClass("C", WeekSet.of([40])))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an export."""

    lesson: int
    teacher: str | None
    grades: tuple[str, ...]
    rooms: tuple[str, ...]
    period: Period
    weeks: WeekSet = ALL_WEEKS

    @property
    def course(self) -> Course:
        return Course(self.lesson, f"S{self.lesson}", self.teacher, self.grades, self.weeks)

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody and every room in it."""
        return (*((self.teacher,) if self.teacher else ()), *self.grades, *self.rooms)


def chance(rng: Random, percent: int) -> bool:
    """True with that probability; written so that hypothesis shrinks it to False."""
    return rng.randrange(100) >= 100 - percent


def runs(of: TimeGrid, length: int) -> list[Period]:
    """Starts at which a block of that length is inside the grid."""
    return [p for p in of.periods if all(Period(p.day, p.number + i) in of for i in range(length))]
