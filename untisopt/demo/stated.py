"""Limits of teachers and break supervisions of the made-up school, made so that its plan meets all but a few."""

from __future__ import annotations

from dataclasses import dataclass

from untisopt.demo.grid import DAYS, PERIODS, break_after
from untisopt.demo.model import BRANCH, MAIN, DemoSchool

__all__ = ["CORRIDORS", "Stated", "Watch", "limits_of", "watches_of"]

#: Corridors in which supervisions take place, by site.
CORRIDORS = {MAIN: "Gang H", BRANCH: "Gang F"}

_MOST_A_DAY = 8
_USUAL_A_DAY = 6
_USUAL_GAPS = 6
_MOST_IN_A_ROW = 6
_SPARE_GAPS = 3
_TEACHERS_PER_EXCEPTION = 15
_TEACHERS_PER_WATCH = 6
_LONG_BREAK = 10


@dataclass(frozen=True, slots=True)
class Stated:
    """Limits of a teacher in periods: on a day, gaps in a week, in a row."""

    a_day: int
    gaps: int
    in_a_row: int


@dataclass(frozen=True, slots=True)
class Watch:
    """A break supervision: the break before `period`."""

    corridor: str
    teacher: str
    day: int
    period: int
    minutes: int


def limits_of(school: DemoSchool) -> dict[str, Stated]:
    """Return the limits of everybody but dummies; a few have a day too long or a gap too many."""
    weeks = _weeks(school)
    names = [teacher.short for teacher in school.teachers if not teacher.dummy]
    longest = {name: max(len(day) for week in weeks[name] for day in week) for name in names}
    gaps = {name: max(sum(_gaps(day) for day in week) for week in weeks[name]) for name in names}
    number = max(1, len(names) // _TEACHERS_PER_EXCEPTION)
    long_days = _highest(longest, number)
    idle = _highest({name: gaps[name] for name in names if name not in long_days and gaps[name]}, number)
    return {
        name: Stated(
            longest[name] - 1 if name in long_days else min(_MOST_A_DAY, max(_USUAL_A_DAY, longest[name] + 1)),
            gaps[name] - 1 if name in idle else max(_USUAL_GAPS, gaps[name] + _SPARE_GAPS),
            _MOST_IN_A_ROW,
        )
        for name in names
    }


def watches_of(school: DemoSchool) -> list[Watch]:
    """Return supervisions in long breaks, by day and period, of teachers who teach at that site before and after.

    In a school with several, the last one is the exception: somebody who teaches at the other site before and after.
    """
    number = max(2, len(school.teachers) // _TEACHERS_PER_WATCH)
    breaks = [period for period in range(2, PERIODS + 1) if break_after(period - 1) >= _LONG_BREAK]
    whereabouts = _whereabouts(school)
    found: dict[str, Watch] = {}
    for turn, (day, period) in enumerate((day, period) for period in breaks for day in range(1, DAYS + 1)):
        site = BRANCH if turn % 3 == 2 else MAIN
        odd = number > 3 and len(found) == number - 1
        around = {_other(site) if odd else site}
        free = (
            teacher.short
            for teacher in school.teachers
            if teacher.short not in found
            and all(whereabouts.get((teacher.short, day, near)) == around for near in (period - 1, period))
        )
        name = next(free, None)
        if name is not None and len(found) < number:
            found[name] = Watch(CORRIDORS[site], name, day, period, break_after(period - 1))
    return sorted(found.values(), key=lambda watch: (watch.day, watch.period, watch.corridor))


def _other(site: str) -> str:
    return MAIN if site == BRANCH else BRANCH


def _highest(figures: dict[str, int], number: int) -> set[str]:
    """The `number` names with the highest figures; among equals the first by name."""
    return set(sorted(figures, key=lambda name: (-figures[name], name))[:number])


def _weeks(school: DemoSchool) -> dict[str, list[list[set[int]]]]:
    """Per teacher, week (A, B) and day: the periods in which the teacher has anything."""
    weeks = {teacher.short: [[set[int]() for _day in range(DAYS)] for _week in "AB"] for teacher in school.teachers}
    for row in school.rows():
        for index, week in enumerate("AB"):
            if week in row.weeks:
                weeks[row.teacher][index][row.day - 1].add(row.period)
    return weeks


def _gaps(periods: set[int]) -> int:
    return max(periods) - min(periods) + 1 - len(periods) if periods else 0


def _whereabouts(school: DemoSchool) -> dict[tuple[str, int, int], set[str]]:
    """Per teacher, day and period: the sites of the rooms, in whatever week; dummies are left out."""
    sites = school.sites()
    dummies = {teacher.short for teacher in school.teachers if teacher.dummy}
    found: dict[tuple[str, int, int], set[str]] = {}
    for row in school.rows():
        if row.room and row.teacher not in dummies:
            found.setdefault((row.teacher, row.day, row.period), set()).add(sites[row.room])
    return found
