"""What one teacher or grade has in a week, as the entries of a calendar; still without dates and file format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from untisopt.domain.calendar import EVERY_WEEK, Period, WeekSet
from untisopt.domain.lessons import Course
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.timetable import Timetable

LONGEST_BREAK = 10
"""Most minutes of a break inside one entry: a double with a longer one is two entries."""

Line = tuple[Course, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Appointment:
    """Consecutive lectures of one block that are one entry, in every plan that is shown.

    Parameters
    ----------
    person : (Kind, str)
        A teacher or a grade.
    lectures : tuple of str
        Lecture ids in the order of their periods; at least one.
    """

    person: Resource
    lectures: tuple[str, ...]

    def start(self, timetable: Timetable) -> Period:
        """The first period."""
        return timetable[self.lectures[0]].period

    def end(self, timetable: Timetable) -> Period:
        """The last period."""
        return timetable[self.lectures[-1]].period

    def lines(self, school: School, timetable: Timetable, week: int) -> tuple[Line, ...]:
        """The coupling lines of the person that are held in a calendar week, with their rooms; empty if none is."""
        lines = _own_lines(school, timetable, self.person, self.lectures[0])
        return tuple((course, rooms) for course, rooms in lines if held_in(course.weeks, week))


def held_in(weeks: WeekSet, week: int) -> bool:
    """Whether something with these weeks is held in a calendar week; always where the export knows no weeks."""
    return week in weeks or weeks == EVERY_WEEK


def appointments(school: School, timetables: Sequence[Timetable], person: Resource) -> list[Appointment]:
    """The entries of a teacher or grade, in the order of the input.

    A double is one entry only if it is so in all `timetables`: thus each entry of one plan has its counterpart in the
    others, and importing one calendar over the other leaves nothing behind.
    """
    own = set(school.lectures_of.get(person, ()))
    blocks = dict.fromkeys(school.block_of[id_] for id_ in school.lectures_of.get(person, ()))
    found: list[Appointment] = []
    for block in blocks:
        lectures = [id_ for id_ in block.lectures if id_ in own and school.is_placed(id_)]
        found += [Appointment(person, run) for run in _runs(school, timetables, person, lectures)]
    return found


def _runs(
    school: School, timetables: Sequence[Timetable], person: Resource, lectures: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """Cut the lectures of a block where they are not one entry."""
    run = list(lectures[:1])
    for one, other in pairwise(lectures):
        if not all(_continues(school, timetable, person, one, other) for timetable in timetables):
            yield tuple(run)
            run = []
        run.append(other)
    if run:
        yield tuple(run)


def _continues(school: School, timetable: Timetable, person: Resource, one: str, other: str) -> bool:
    """Whether a lecture follows another without a long break, the person having the same in both."""
    before, after = timetable[one].period, timetable[other].period
    if after != Period(before.day, before.number + 1):
        return False
    minutes = school.grid.minutes_between(before.day, before.number, after.number)
    if minutes is None or minutes > LONGEST_BREAK:
        return False
    return _own_lines(school, timetable, person, one) == _own_lines(school, timetable, person, other)


def _own_lines(school: School, timetable: Timetable, person: Resource, lecture: str) -> tuple[Line, ...]:
    """The coupling lines of a lecture that concern a teacher or grade, with their rooms."""
    kind, name = person
    placed = zip(school.lectures[lecture].courses, timetable[lecture].rooms, strict=True)
    return tuple(
        (course, rooms)
        for course, rooms in placed
        if (course.teacher == name if kind is Kind.TEACHER else name in course.grades)
    )
