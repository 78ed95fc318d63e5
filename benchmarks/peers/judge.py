"""The judge of all solvers: counts by hand on the plain instance, and shares no code with any of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.peers.instance import MOVED, SITE_CHANGE, TOO_SHORT, Instance, Slot, Unit


@dataclass(frozen=True, slots=True)
class Judged:
    """What is right and wrong with a plan.

    Parameters
    ----------
    clashes : int
        Things needed once too often, per thing and period.
    outside : int
        Units at a start that is not theirs.
    twice : int
        Units of a lesson on a day after its first.
    too_short, site_changes : int
        Of teachers in the week.
    moved_lectures, moved_units : int
        Periods, and blocks, that are not where they are today.
    """

    clashes: int
    outside: int
    twice: int
    too_short: int
    site_changes: int
    moved_lectures: int
    moved_units: int

    @property
    def is_sound(self) -> bool:
        """Whether the plan breaks no rule."""
        return not (self.clashes or self.outside or self.twice)

    @property
    def score(self) -> int:
        """The objective: what all solvers minimise."""
        return self._points + MOVED * self.moved_lectures

    @property
    def score_of_units(self) -> int:
        """The same with moved blocks in place of moved lectures, which is what the Timefold programme counts."""
        return self._points + MOVED * self.moved_units

    @property
    def _points(self) -> int:
        return TOO_SHORT * self.too_short + SITE_CHANGE * self.site_changes


def judge(instance: Instance, plan: Sequence[Slot]) -> Judged:
    """Judge a plan.

    Parameters
    ----------
    instance : Instance
    plan : sequence of Slot
        A start for every unit, in their order.

    Raises
    ------
    ValueError
        The plan has more or fewer starts than there are units.
    """
    placed = list(zip(instance.units, plan, strict=True))
    too_short, site_changes = _site_changes(instance, placed)
    moved = [unit for unit, start in placed if start != unit.home]
    return Judged(
        clashes=_surplus(
            (name, cell) for unit, start in placed for cell in _cells(unit, start) for name in _needs(unit)
        ),
        outside=sum(start not in unit.starts for unit, start in placed),
        twice=_surplus((unit.lesson, start[0]) for unit, start in placed),
        too_short=too_short + instance.fixed_too_short,
        site_changes=site_changes + instance.fixed_changes,
        moved_lectures=sum(unit.length for unit in moved),
        moved_units=len(moved),
    )


def _needs(unit: Unit) -> list[tuple[str, str]]:
    kinds = (("teacher", unit.teachers), ("class", unit.classes), ("room", unit.rooms))
    return [(kind, name) for kind, names in kinds for name in names]


def _cells(unit: Unit, start: Slot) -> list[Slot]:
    day, period = start
    return [(day, period + i) for i in range(unit.length)]


def _surplus(found: Iterable[Hashable]) -> int:
    """How many of the things stand there again."""
    return sum(count - 1 for count in Counter(found).values())


def _site_changes(instance: Instance, placed: Sequence[tuple[Unit, Slot]]) -> tuple[int, int]:
    """Site changes of teachers that are too short, and all of them."""
    days: dict[tuple[str, int], dict[int, str]] = {}
    for unit, start in placed:
        for teacher in unit.teachers:
            for day, period in _cells(unit, start):
                days.setdefault((teacher, day), {})[period] = unit.site
    short = changes = 0
    for where in days.values():
        for before, after in pairwise(sorted(where)):
            if where[before] != where[after]:
                changes += 1
                short += instance.times[after][0] - instance.times[before][1] < instance.travel
    return short, changes
