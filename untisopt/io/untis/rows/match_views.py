"""How a plan is seen when it is compared: lecture by lecture, or without its weeks."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from untisopt.domain.calendar import EVERY_WEEK
from untisopt.domain.lessons import Course, Lecture
from untisopt.domain.timetable import Placement
from untisopt.io.untis.export import Export
from untisopt.io.untis.rows.lectures import build_teaching

Line = tuple[str, str, tuple[str, ...], int]
WeekKey = Callable[[Course], int]


@dataclass(frozen=True, eq=False)
class Unit:
    """What is compared as one.

    Parameters
    ----------
    id : str
    lesson : int
    lines : tuple of (str, str, tuple of str, int)
        Subject, teacher, grades and a key of the weeks of every course.
    place : Placement
        Its period, and the rooms of every line.
    members : tuple of str
        The lectures in it.
    positions : mapping of (str, int) to int, or None
        Line by lecture and index of the course; None where the unit is one lecture and its lines are its courses.
    """

    id: str
    lesson: int
    lines: tuple[Line, ...]
    place: Placement
    members: tuple[str, ...]
    positions: Mapping[tuple[str, int], int] | None = None

    @property
    def signature(self) -> Hashable:
        """Equal for units that can be each other's counterpart."""
        return tuple(sorted(self.lines))

    def column(self, index: int) -> frozenset[object]:
        """Everything that stands at one place of the lines; the grades one by one."""
        values: list[object] = [line[index] for line in self.lines]
        return frozenset(grade for line in self.lines for grade in line[2]) if index == 2 else frozenset(values)


@dataclass(frozen=True)
class View:
    """All units of a plan, and those of each block."""

    units: tuple[Unit, ...]
    blocks: tuple[tuple[Unit, ...], ...]


def week_keys(before: Export, after: Export) -> tuple[WeekKey, WeekKey] | None:
    """How the weeks of courses are compared: exactly, or by class; None if they cannot be.

    Week classes correspond if they share most weeks, else by their order. GPU001 knows no weeks, and those that
    lesson groups stand for are made up: they correspond to nothing in another format.
    """
    ours, theirs = ([c.weeks for c in export.school.week_classes] for export in (before, after))
    if ours == theirs:
        return (lambda course: course.weeks.mask), (lambda course: course.weeks.mask)
    if len(ours) != len(theirs) or (before.kind != after.kind and "gpu" in (before.kind, after.kind)):
        return None
    nearest = [max(range(len(theirs)), key=lambda i: (len(weeks & theirs[i]), -i)) for weeks in ours]
    order = nearest if len(set(nearest)) == len(theirs) else list(range(len(theirs)))

    def of_ours(course: Course) -> int:
        return sum(1 << order[i] for i in before.school.classes(course.weeks))

    return of_ours, lambda course: after.school.class_mask(course.weeks)


def comparable(before: Export, after: Export) -> bool:
    """Whether what has lesson number 0 can be compared: two formats may differ in whether they export it at all."""
    irregular = [any(not lecture.lesson for lecture in e.school.lectures.values()) for e in (before, after)]
    return before.kind == after.kind or irregular[0] == irregular[1]


def whole(export: Export, weeks: WeekKey) -> View:
    """Every lecture as a unit of its own."""
    school = export.school
    units = {
        id_: Unit(id_, lecture.lesson, tuple(_line(course, weeks(course)) for course in lecture.courses), place, (id_,))
        for id_, lecture in school.lectures.items()
        for place in (school.as_is[id_],)
    }
    return View(tuple(units.values()), tuple(tuple(units[id_] for id_ in block.lectures) for block in school.blocks))


def merged(export: Export) -> View:
    """The plan as GPU001 shows it: what a lesson has in one period is one unit, whatever its weeks."""
    rows = [row for row in export.rows if row.index in export.courses]
    teaching = build_teaching(rows, [EVERY_WEEK] * len(rows))
    units = {
        id_: _merged(export, lecture, teaching.placements[id_], teaching.courses)
        for id_, lecture in teaching.lectures.items()
    }
    return View(tuple(units.values()), tuple(tuple(units[id_] for id_ in block.lectures) for block in teaching.blocks))


def expanded(export: Export, unit: Unit) -> list[Unit]:
    """The lectures of a unit as units of their own, still without weeks."""
    if len(unit.members) == 1:
        return [unit]
    rows = {row.index: row for row in export.rows}
    found = []
    for id_ in unit.members:
        own = [rows[index] for index in export.school.lectures[id_].rows]
        teaching = build_teaching(own, [EVERY_WEEK] * len(own))
        for name, lecture in teaching.lectures.items():
            single = _merged(export, lecture, teaching.placements[name], teaching.courses)
            found.append(Unit(id_, single.lesson, single.lines, single.place, single.members, single.positions))
    return found


def _merged(export: Export, lecture: Lecture, place: Placement, courses: Mapping[int, tuple[str, int]]) -> Unit:
    positions = {export.courses[index]: courses[index][1] for index in lecture.rows}
    members = tuple(dict.fromkeys(id_ for id_, _course in positions))
    lines = tuple(_line(course, 0) for course in lecture.courses)
    return Unit(f"{lecture.id}", lecture.lesson, lines, place, members, positions)


def _line(course: Course, weeks: int) -> Line:
    return course.subject, course.teacher or "", course.grades, weeks
