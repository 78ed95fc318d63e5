"""Moves as people say them: a block that moves as one is one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from untisopt.domain.calendar import Period
from untisopt.domain.changes import Move
from untisopt.domain.lessons import Lecture
from untisopt.domain.runs import MovedRun, moved_runs
from untisopt.domain.school import School
from untisopt.domain.timetable import Placement
from untisopt.i18n import _
from untisopt.report.words.findings import weeks_suffix
from untisopt.wording import day_name, lecture_name

__all__ = ["MovedRun", "move_line", "move_record", "moved_runs", "people", "place_range", "rooms"]


def place_range(period: Period, length: int) -> str:
    """`Mon 3`, or `Mon 3-4` for several periods."""
    last = f"-{period.number + length - 1}" if length > 1 else ""
    return f"{day_name(period.day)} {period.number}{last}"


def move_line(school: School, run: MovedRun) -> str:
    """One line per run, such as `Mon 3-4 -> Tue 5-6  Ma 10.3 (lesson 177) with Arnd in F13`."""
    move, length = run.first, len(run.moves)
    lecture = school.lectures[move.lecture]
    before = place_range(move.before.period, length)
    after = place_range(move.after.period, length) if move.changes_period else _("stays")
    parts = [f"{before} -> {after}  {lecture_name(school, move.lecture)}"]
    if lecture.teachers:
        parts.append(_("with {teachers}").format(teachers=", ".join(lecture.teachers)))
    parts += _room_words(move)
    return " ".join(parts) + weeks_suffix(school, school.classes(lecture.weeks))


def _room_words(move: Move) -> list[str]:
    before, after = rooms(move.before), rooms(move.after)
    if not move.changes_rooms:
        return [_("in {rooms}").format(rooms=", ".join(before))] if before else []
    nothing = _("no room")
    return [
        _("in {rooms} instead of {before}").format(
            rooms=", ".join(after) or nothing, before=", ".join(before) or nothing
        )
    ]


def rooms(placement: Placement) -> tuple[str, ...]:
    """All rooms of a placement, each once, in the order of the courses."""
    return tuple(dict.fromkeys(room for course in placement.rooms for room in course))


def weeks_held(school: School, lecture: str) -> str:
    """Names of the kinds of weeks in which a lecture is held; a list of numbers such as `5-6` would become a date."""
    classes = school.classes(school.lectures[lecture].weeks)
    if len(classes) == len(school.week_classes):
        return _("all")
    return ", ".join(school.week_classes[index].name for index in classes)


def people(school: School, moves: Sequence[Move]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Teachers and grades that the moves touch, sorted."""
    lectures = [school.lectures[move.lecture] for move in moves]
    teachers = {teacher for lecture in lectures for teacher in lecture.teachers}
    return tuple(sorted(teachers)), tuple(sorted({grade for lecture in lectures for grade in lecture.grades}))


def move_record(school: School, move: Move) -> dict[str, object]:
    """One move for machines."""
    lecture = school.lectures[move.lecture]
    return {
        "lecture": move.lecture,
        "lesson": lecture.lesson,
        "subjects": lecture.subjects,
        "courses": _course_records(lecture, move),
        "grades": lecture.grades,
        "teachers": lecture.teachers,
        "rooms_from": rooms(move.before),
        "rooms_to": rooms(move.after),
        "from": _period_record(move.before.period),
        "to": _period_record(move.after.period),
        "weeks": str(lecture.weeks),
        "week_classes": [school.week_classes[index].name for index in school.classes(lecture.weeks)],
    }


def _period_record(period: Period) -> Mapping[str, int]:
    return {"day": period.day, "period": period.number}


def _course_records(lecture: Lecture, move: Move) -> list[dict[str, object]]:
    placed = zip(lecture.courses, move.before.rooms, move.after.rooms, strict=True)
    return [
        {
            "subject": course.subject,
            "teacher": course.teacher,
            "grades": course.grades,
            "rooms_from": before,
            "rooms_to": after,
            "weeks": str(course.weeks),
        }
        for course, before, after in placed
    ]
