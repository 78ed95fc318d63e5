"""The rows of the timetable, typed, and where the files hold what."""

from __future__ import annotations

from dataclasses import dataclass

from untisopt.domain.calendar import EVERY_WEEK, Period, WeekSet
from untisopt.io.untis.files.siblings import Role

LAST_PERIOD = 60
"""Highest number of a period: a day of twelve hours in steps of a quarter of an hour, and some to spare."""
NO_WEEKS = WeekSet(0)


@dataclass(frozen=True, slots=True)
class TimetableRow:
    """One row of lesson.txt or GPU001, or its like in the XML: a coupling line with one grade in one period.

    Parameters
    ----------
    index : int
        0-based position among the rows of the file.
    line : int
        1-based line in the file.
    lesson : int
        Untis lesson number; 0 marks what is not a regular lesson.
    teacher, grade : str or None
        Short names; None where the field is empty.
    subject : str
        Short name; may be empty.
    rooms : tuple of str
        Short names; several where the field holds a list such as ``~172~230``.
    period : Period
        Weekday and period number.
    weeks : WeekSet
        Weeks in which it is held; EVERY_WEEK where the file says nothing about weeks.
    unknown : WeekSet
        Weeks flagged ``x``: cancelled, or not valid.
    exported : WeekSet
        Weeks that the export speaks about.
    groups : tuple of str
        Student groups, of the XML or GPU002.
    """

    index: int
    line: int
    lesson: int
    teacher: str | None
    grade: str | None
    subject: str
    rooms: tuple[str, ...]
    period: Period
    weeks: WeekSet
    unknown: WeekSet = NO_WEEKS
    exported: WeekSet = EVERY_WEEK
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a timetable file holds what, 0-based; `weeks` is None where it holds no week flags."""

    lesson: int
    grade: int
    teacher: int
    subject: int
    room: int
    day: int
    period: int
    weeks: int | None
    needed: int

    @property
    def numeric(self) -> tuple[int, int, int]:
        """The columns that must hold numbers."""
        return self.lesson, self.day, self.period


COLUMNS = {
    Role.LESSON: Columns(teacher=0, day=1, period=2, subject=3, room=4, lesson=5, grade=7, weeks=8, needed=8),
    Role.GPU001: Columns(lesson=0, grade=1, teacher=2, subject=3, room=4, day=5, period=6, weeks=None, needed=7),
}


def room_list(text: str) -> tuple[str, ...]:
    """The names in a room field: one, none, or several joined with ``~``."""
    if "~" not in text:
        return (text,) if text else ()
    return tuple(dict.fromkeys(name for part in text.split("~") if (name := part.strip())))


def whole(text: str) -> int | None:
    """A number without sign in ASCII digits; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
