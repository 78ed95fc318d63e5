"""Times at which a whole school is free: the plan of today is the evidence, also for what is empty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from untisopt.domain.calendar import Period, TimeGrid
from untisopt.io.untis.master.names import grades_of
from untisopt.io.untis.rows.typed import TimetableRow


def closed_times(
    rows: Iterable[TimetableRow],
    grid: TimeGrid,
    grid_of: Mapping[str, str],
    opened: Collection[tuple[int, int | None]] = (),
) -> dict[str, frozenset[Period]]:
    """Periods in which nobody is taught, per grade; under the empty name those of lectures without a grade.

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
    closed = {name: free - periods for name, periods in used.items()}
    found = {grade: closed[grid_of.get(grade, "")] for grade in grades}
    return {name: periods for name, periods in {**found, "": free - anybody}.items() if periods}
