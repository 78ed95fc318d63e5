"""Self-check of a made-up school: every promise of the generator, verified on the finished rows."""

from __future__ import annotations

from collections.abc import Iterator

from untisopt.demo.grid import DAYS, PERIODS, break_after
from untisopt.demo.model import DemoSchool, Row
from untisopt.demo.plans import SizePlan
from untisopt.demo.sites import grade_changes, teacher_changes

__all__ = ["broken_promises", "outside_windows"]

_SHORT_BREAK = 5
_MOST_A_DAY = 8
_MOST_PERIODS = 26


def outside_windows(school: DemoSchool, plan: SizePlan) -> list[str]:
    """Return what is wrong with the numbers of site changes; empty if they lie in the windows of the plan."""
    teachers, grades = teacher_changes(school), grade_changes(school)
    figures = (
        ("site changes of teachers", teachers.all, plan.changes),
        ("too short site changes of teachers", teachers.too_short, plan.too_short),
        ("site changes of grades", grades.all, plan.grade_changes),
        ("too short site changes of grades", grades.too_short, (0, 0)),
    )
    return [f"{name}: {count} not in {low}..{high}" for name, count, (low, high) in figures if not low <= count <= high]


def broken_promises(school: DemoSchool) -> list[str]:
    """Return every broken rule of the plan in words; empty for a good school."""
    rows = list(school.rows())
    checks = (_clashes, _gaps, _frames, _blocks, _availability, _loads, _unplaced)
    return [problem for check in checks for problem in check(school, rows)]


def _clashes(school: DemoSchool, rows: list[Row]) -> Iterator[str]:
    """Teachers and rooms hold one lesson at a time; a grade may have several of one band. Weeks A and B do not meet."""
    bands = {lesson.number: lesson.band for lesson in school.lessons}
    dummies = {teacher.short for teacher in school.teachers if teacher.dummy}
    seen: dict[tuple[str, str, int, int, str], Row] = {}
    for row in rows:
        for week in row.weeks:
            for kind, name in (("teacher", row.teacher), ("room", row.room), ("grade", row.grade)):
                if not name or name in dummies:
                    continue
                other = seen.setdefault((kind, name, row.day, row.period, week), row)
                same_band = kind == "grade" and bands.get(row.number) and bands[row.number] == bands[other.number]
                same_line = other.line == row.line or kind == "grade"
                if not same_band and (other.number != row.number or not same_line):
                    where = f"day {row.day} period {row.period}"
                    yield f"{kind} {name} has lessons {other.number} and {row.number} on {where}"


def _gaps(school: DemoSchool, rows: list[Row]) -> Iterator[str]:
    """Lower grades start in period 1 or 2, end by period 8 and have no gap, in either week."""
    for week in "AB":
        busy = {(row.grade, row.day, row.period) for row in rows if row.grade and week in row.weeks}
        for grade in school.grades:
            for day in range(1, DAYS + 1):
                periods = [period for period in range(1, PERIODS + 1) if (grade.name, day, period) in busy]
                if grade.upper:
                    continue
                if not periods or periods[0] > 2 or periods[-1] > 8 or len(periods) != periods[-1] - periods[0] + 1:
                    yield f"grade {grade.name} has periods {periods} on day {day}"


def _frames(school: DemoSchool, rows: list[Row]) -> Iterator[str]:
    """Lower grades have 30 to 34 periods a week."""
    slots_of: dict[str, set[tuple[int, int]]] = {}
    for row in rows:
        slots_of.setdefault(row.grade, set()).add((row.day, row.period))
    for grade in school.grades:
        slots = slots_of[grade.name]
        if not grade.upper and not 30 <= len(slots) <= 34:
            yield f"grade {grade.name} has {len(slots)} periods a week"


def _blocks(school: DemoSchool, rows: list[Row]) -> Iterator[str]:
    """A lesson has one block a day, as long as planned, over no break but the five-minute ones."""
    days: dict[tuple[int, int], set[int]] = {}
    for row in rows:
        if row.number:
            days.setdefault((row.number, row.day), set()).add(row.period)
    lengths: dict[int, list[int]] = {}
    for (number, day), periods in days.items():
        first, last = min(periods), max(periods)
        lengths.setdefault(number, []).append(len(periods))
        if last - first + 1 != len(periods) or any(break_after(period) > _SHORT_BREAK for period in range(first, last)):
            yield f"lesson {number} has periods {sorted(periods)} on day {day}"
    for lesson in school.lessons:
        if sorted(lengths.get(lesson.number, [])) != sorted(lesson.blocks):
            yield f"lesson {lesson.number} has blocks {lengths.get(lesson.number)}, planned {lesson.blocks}"


def _availability(school: DemoSchool, rows: list[Row]) -> Iterator[str]:
    """Nobody teaches at a blocked time."""
    people = {teacher.short: teacher for teacher in school.teachers}
    for row in rows:
        person = people[row.teacher]
        if row.day in person.free_days or (row.day, row.period) in person.blocked:
            yield f"teacher {row.teacher} is not available on day {row.day} period {row.period}"


def _loads(school: DemoSchool, rows: list[Row]) -> Iterator[str]:
    """Everybody has 1 to 26 periods and at most 8 a day; no site change hides behind a period without a room."""
    sites = school.sites()
    rows_of: dict[str, list[Row]] = {}
    for row in rows:
        rows_of.setdefault(row.teacher, []).append(row)
    for teacher in school.teachers:
        own = rows_of.get(teacher.short, [])
        slots = {(row.day, row.period) for row in own}
        if teacher.dummy:
            continue
        if not 0 < len(slots) <= _MOST_PERIODS + 1:
            yield f"teacher {teacher.short} has {len(slots)} periods a week"
        for day in range(1, DAYS + 1):
            if sum(slot[0] == day for slot in slots) > _MOST_A_DAY:
                yield f"teacher {teacher.short} has too many periods on day {day}"
            rooms = {row.room for row in own if row.day == day}
            if "" in rooms and len({sites[room] for room in rooms if room}) > 1:
                yield f"teacher {teacher.short} has a period without a room between two sites on day {day}"


def _unplaced(school: DemoSchool, rows: list[Row]) -> Iterator[str]:
    """Every line of every lesson is placed as often as planned; names are unique."""
    placed: dict[tuple[int, int], int] = {}
    for slot in school.placements:
        placed[slot.number, slot.line] = placed.get((slot.number, slot.line), 0) + 1
    for lesson in school.lessons:
        for line in range(len(lesson.lines)):
            if placed.get((lesson.number, line), 0) != sum(lesson.blocks):
                yield f"lesson {lesson.number} line {line} is not placed completely"
    for kind, names in _names(school):
        if len({name.lower() for name in names}) != len(names):
            yield f"two {kind} have the same name"


def _names(school: DemoSchool) -> tuple[tuple[str, list[str]], ...]:
    return (
        ("teachers", [teacher.short for teacher in school.teachers]),
        ("grades", [grade.name for grade in school.grades]),
        ("rooms", [room.name for room in school.rooms]),
    )
