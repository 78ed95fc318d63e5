"""Times at which a whole school is free: the plan of today is the evidence, also for what is empty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set

from untisopt.domain.calendar import Period, TimeGrid
from untisopt.io.untis.master.names import grades_of
from untisopt.io.untis.rows.typed import TimetableRow

LONG_BREAK = 30
"""Minutes of a break that parts a morning from an afternoon."""


def closed_times(
    rows: Iterable[TimetableRow],
    grid: TimeGrid,
    grid_of: Mapping[str, str],
    opened: Collection[tuple[int, int | None]] = (),
) -> dict[str, frozenset[Period]]:
    """Periods in which nobody is taught, per grade; under the empty name those of lectures without a grade.

    The ragged edge of the days is not closed: the one period before or after a day that few other days use.

    Parameters
    ----------
    rows : iterable of TimetableRow
        All rows, those of weeks that are not planned among them: a time that is used in some week is no closed one.
        Lesson number 0 is no teaching, and a lecture without a grade opens a time for its like only.
    grid : TimeGrid
    grid_of : mapping of str to str
        Name of the time grid of a grade; empty where there is but one.
    opened : collection of (int, int or None)
        Weekday and period, None for all of the day, that the policy opens.
    """
    used: defaultdict[str, set[Period]] = defaultdict(set)
    anybody: set[Period] = set()
    grades: dict[str, None] = {}
    for row in rows:
        if row.lesson:
            anybody.add(row.period)
            for grade in grades_of(row):
                grades[grade] = None
                used[grid_of.get(grade, "")].add(row.period)
    free = frozenset(p for p in grid.periods if not {(p.day, None), (p.day, p.number)} & set(opened))
    closed = {name: free - periods - set(_ragged(periods, grid)) for name, periods in used.items()}
    found = {grade: closed[grid_of.get(grade, "")] for grade in grades}
    return {name: periods for name, periods in {**found, "": free - anybody}.items() if periods}


def _ragged(used: Set[Period], grid: TimeGrid) -> Iterator[Period]:
    """The period before or after the lectures of a day, where that period is used on few of the other days.

    A day that ends one period earlier than another says little; that all days but one have a period 8 says a lot. A
    period beyond a long break, or a break of unknown length, is another half of the day.
    """
    by_day: defaultdict[int, set[int]] = defaultdict(set)
    for day, number in used:
        by_day[day].add(number)
    for day, numbers in by_day.items():
        for number, edge in ((min(numbers) - 1, min(numbers)), (max(numbers) + 1, max(numbers))):
            minutes = grid.minutes_between(day, min(number, edge), max(number, edge))
            days = sum(number in others for others in by_day.values())
            if minutes is not None and minutes < LONG_BREAK and 0 < days <= len(by_day) / 2:
                yield Period(day, number)
