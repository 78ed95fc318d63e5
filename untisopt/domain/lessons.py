"""What is taught: courses (coupling lines), lectures, blocks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from untisopt.domain.calendar import WeekSet


@dataclass(frozen=True, slots=True)
class Course:
    """One coupling line of a lesson: a subject, its teacher and the grades that sit in it.

    Parameters
    ----------
    lesson : int
        Untis lesson number; 0 marks what is not a regular lesson.
    subject : str
        Short name; may be empty.
    teacher : str or None
        Short name; None for a line without a teacher.
    grades : tuple of str
        Short names, sorted; empty for a line without a grade.
    weeks : WeekSet
        The weeks in which the line is held.
    groups : tuple of str
        Student groups, sorted; empty where the input knows none.
    """

    lesson: int
    subject: str
    teacher: str | None
    grades: tuple[str, ...]
    weeks: WeekSet
    groups: tuple[str, ...] = ()

    @property
    def sort_key(self) -> tuple[int, str, str, tuple[str, ...], int]:
        """A key for sorting; lines without a teacher come first."""
        return (self.lesson, self.subject, self.teacher or "", self.grades, self.weeks.mask)


@dataclass(frozen=True)
class Lecture:
    """Everything one lesson number holds in one period: it moves as one.

    Parameters
    ----------
    id : str
        Stable name within one school, `LESSON@DAY.PERIOD` of the plan that was read, e.g. `177@5.5`; a suffix `/2`
        tells apart lectures of one lesson and period whose weeks never meet.
    lesson : int
        Untis lesson number; 0 never moves.
    courses : tuple of Course
        The coupling lines, sorted.
    rows : tuple of int
        Indices of the rows of the timetable file that make up this lecture.
    """

    id: str
    lesson: int
    courses: tuple[Course, ...]
    rows: tuple[int, ...] = ()

    @cached_property
    def weeks(self) -> WeekSet:
        """Weeks in which any line is held."""
        mask = 0
        for course in self.courses:
            mask |= course.weeks.mask
        return WeekSet(mask)

    @cached_property
    def teachers(self) -> tuple[str, ...]:
        """Teachers of all lines, sorted, each once."""
        return tuple(sorted({course.teacher for course in self.courses if course.teacher}))

    @cached_property
    def grades(self) -> tuple[str, ...]:
        """Grades of all lines, sorted, each once."""
        return tuple(sorted({grade for course in self.courses for grade in course.grades}))

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """Subjects of all lines, sorted, each once."""
        return tuple(sorted({course.subject for course in self.courses if course.subject}))


@dataclass(frozen=True, slots=True)
class Block:
    """A maximal run of consecutive periods of one lesson on one day with the same teachers, grades and weeks.

    A block keeps its length and moves as one.

    Parameters
    ----------
    id : str
        The id of its first lecture.
    lesson : int
        Untis lesson number.
    lectures : tuple of str
        Lecture ids in the order of their periods; at least one.
    """

    id: str
    lesson: int
    lectures: tuple[str, ...]

    @property
    def length(self) -> int:
        """Number of periods, which is the number of lectures."""
        return len(self.lectures)
