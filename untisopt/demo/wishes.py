"""Time requests (GPU016) and duties (lesson number 0) of the made-up school."""

from __future__ import annotations

from random import Random

from untisopt.demo.draws import below, chance, pick, shuffled
from untisopt.demo.grid import DAYS, PERIODS
from untisopt.demo.model import DemoSchool, Duty, Grade, Row, Teacher, TimeRequest

__all__ = ["duties_of", "requests_of"]

_BLOCKED = -3
_MOST_WITH_DUTY = 5


def requests_of(teachers: list[Teacher], grades: list[Grade], rng: Random) -> tuple[TimeRequest, ...]:
    """Return blocked times of teachers, no lower grade after period 8, and some wishes the plan may or may not meet."""
    result: list[TimeRequest] = []
    for teacher in teachers:
        days_off = {(day, period) for day in teacher.free_days for period in range(1, PERIODS + 1)}
        blocked = sorted(days_off | set(teacher.blocked))
        result += [TimeRequest("L", teacher.short, day, period, _BLOCKED) for day, period in blocked]
        if not blocked and not teacher.dummy and chance(rng, 0.15):
            day, period, value = 1 + below(rng, DAYS), pick(rng, (1, 8)), pick(rng, (-2, -1))
            result.append(TimeRequest("L", teacher.short, day, period, value))
    late = [(day, period) for day in range(1, DAYS + 1) for period in (9, 10)]
    for grade in grades:
        if not grade.upper:
            result += [TimeRequest("K", grade.name, day, period, _BLOCKED) for day, period in late]
    return tuple(result)


def duties_of(school: DemoSchool, count: int, rng: Random) -> tuple[Duty, ...]:
    """Return up to `count` duties of different teachers, each in a gap of a day that the teacher spends at one site."""
    people = {teacher.short: teacher for teacher in school.teachers}
    duties: dict[str, Duty] = {}
    for name, day, period in shuffled(rng, _spots(school)):
        blocked = people[name].dummy or (day, period) in people[name].blocked
        if len(duties) < count and name not in duties and not blocked:
            duties[name] = Duty(name, "Mitt" if period in (6, 7) else "Auf", day, period)
    order = {teacher.short: index for index, teacher in enumerate(school.teachers)}
    return tuple(sorted(duties.values(), key=lambda duty: order[duty.teacher]))


def _spots(school: DemoSchool) -> list[tuple[str, int, int]]:
    """Return the gaps (teacher, day, period) of days that are not long and not spent at two sites."""
    sites = school.sites()
    days: dict[tuple[str, int], list[Row]] = {}
    for row in school.rows():
        days.setdefault((row.teacher, row.day), []).append(row)
    spots: list[tuple[str, int, int]] = []
    for (name, day), rows in sorted(days.items()):
        periods = {row.period for row in rows}
        one_site = len({sites.get(row.room, "") for row in rows}) == 1
        if one_site and len(periods) <= _MOST_WITH_DUTY:
            gaps = [period for period in range(min(periods), max(periods)) if period not in periods]
            spots += [(name, day, period) for period in gaps]
    return spots
