"""The moved lectures as a table that a spreadsheet opens with a double click.

The first column names a lecture in full, because a spreadsheet turns a grade such as `10.3`, alone in a cell, into a
date.
"""

from __future__ import annotations

from collections.abc import Iterable

from untisopt.domain.changes import Move
from untisopt.domain.lessons import Course
from untisopt.domain.school import School
from untisopt.i18n import _
from untisopt.report.render.csv import csv_table
from untisopt.report.words.moves import rooms, weeks_held
from untisopt.wording import day_name, lecture_name


def changes_csv(school: School, moves: Iterable[Move]) -> bytes:
    """One line per moved lecture.

    Cells that a spreadsheet would take for a formula get an apostrophe in front.

    Parameters
    ----------
    school : School
    moves : iterable of Move

    Returns
    -------
    bytes
        The file.
    """
    return csv_table(_header(), (_cells(school, move) for move in moves))


def _header() -> list[str]:
    return [
        _("lecture"),
        _("lesson"),
        _("subjects"),
        _("courses"),
        _("grades"),
        _("teachers"),
        _("rooms from"),
        _("rooms to"),
        _("day from"),
        _("period from"),
        _("day to"),
        _("period to"),
        _("weeks"),
    ]


def _cells(school: School, move: Move) -> list[str]:
    lecture = school.lectures[move.lecture]
    return [
        lecture_name(school, move.lecture),
        str(lecture.lesson),
        ", ".join(lecture.subjects),
        ", ".join(_course(course) for course in lecture.courses),
        ", ".join(lecture.grades),
        ", ".join(lecture.teachers),
        ", ".join(rooms(move.before)),
        ", ".join(rooms(move.after)),
        day_name(move.before.period.day),
        str(move.before.period.number),
        day_name(move.after.period.day),
        str(move.after.period.number),
        weeks_held(school, move.lecture),
    ]


def _course(course: Course) -> str:
    return " ".join(part for part in (course.subject, "+".join(course.grades), course.teacher) if part)
