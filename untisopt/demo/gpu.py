"""Writes a made-up school as Untis TXT files (GPU001 to GPU006, 009, 016); fields are numbered from 1 as in manuals."""

from __future__ import annotations

from untisopt.demo.grid import WEEKS
from untisopt.demo.model import BRANCH, DemoSchool, Grade, Lesson, Line, Room, Row, Subject, Teacher
from untisopt.demo.render import encode
from untisopt.demo.stated import CORRIDORS, Stated, Watch, limits_of, watches_of
from untisopt.demo.subjects import room_kind

__all__ = ["gpu_files"]

_Value = str | int | float
_BRANCH_CODE = "1"
_GROUPS = {"A": "WA", "B": "WB", "AB": ""}
#: Columns without the empty one after the trailing delimiter.
_WIDTHS = {"002": 46, "003": 32, "004": 45, "005": 17, "006": 21, "009": 6}
_PUPILS_OF_A_GRADE = 27
_PUPILS_OF_A_COURSE = 18


def gpu_files(school: DemoSchool) -> dict[str, bytes]:
    """Return the files by name. Rows of GPU016 have no trailing delimiter, all others have one."""
    limits = limits_of(school)
    requests = [(wish.kind, wish.name, wish.day, wish.period, wish.value) for wish in school.requests]
    return {
        "GPU001.TXT": encode(_timetable(school)),
        "GPU002.TXT": encode(_lessons(school)),
        "GPU003.TXT": encode(_grade_rows(school)),
        "GPU004.TXT": encode([_teacher(teacher, limits.get(teacher.short)) for teacher in school.teachers]),
        "GPU005.TXT": encode([_room(room) for room in school.rooms]),
        "GPU006.TXT": encode([_subject(subject) for subject in _used_subjects(school)]),
        "GPU009.TXT": encode([_watch(watch) for watch in watches_of(school)]),
        "GPU016.TXT": encode([_join(fields) for fields in requests]),
    }


def _join(fields: tuple[_Value, ...]) -> str:
    return ",".join(map(_field, fields))


def _field(value: _Value) -> str:
    """Numbers bare (decimals with five digits), texts in quotes, empty fields bare: what real exports look like."""
    if isinstance(value, float):
        return f"{value:.5f}"
    return f'"{value}"' if isinstance(value, str) and value else str(value)


def _record(file: str, fields: dict[int, _Value]) -> str:
    """Return a row from its filled fields, numbered from 1 as in the format notes, with trailing delimiter."""
    return _join(tuple(fields.get(column, "") for column in range(1, _WIDTHS[file] + 1))) + ","


def _timetable(school: DemoSchool) -> list[str]:
    """GPU001: by lesson number, coupling line, class, day, period; no week information."""
    order = {grade.name: index for index, grade in enumerate(school.grades)} | {"": -1}
    rows = sorted(
        school.rows(), key=lambda row: (row.number, row.line, order[row.grade], row.day, row.period, row.room)
    )
    return [
        _join((row.number, row.grade, row.teacher, row.subject, row.room, row.day, row.period, "")) + ","
        for row in rows
    ]


def _lessons(school: DemoSchool) -> list[str]:
    """GPU002: one row per coupling line and class."""
    rooms = _typical_rooms(school)
    homes = {grade.name: grade.home_room for grade in school.grades}
    return [
        _lesson(lesson, index, line, grade, rooms.get((lesson.number, index), ""), homes[grade])
        for lesson in school.lessons
        for index, line in enumerate(lesson.lines)
        for grade in line.grades
    ]


def _typical_rooms(school: DemoSchool) -> dict[tuple[int, int], str]:
    """Return the rooms in which each line usually is, as a `~` list."""
    counts: dict[tuple[int, int], dict[str, int]] = {}
    for slot in school.placements:
        own = counts.setdefault((slot.number, slot.line), {})
        own["~".join(slot.rooms)] = own.get("~".join(slot.rooms), 0) + 1
    return {key: max(sorted(own), key=lambda name: own[name]) for key, own in counts.items()}


def _lesson(lesson: Lesson, index: int, line: Line, grade: str, room: str, home: str) -> str:
    """The weekly hours of class and teacher stand in the first row of each only, so that they add up."""
    periods = sum(lesson.blocks)
    doubles = lesson.blocks.count(2)
    first_of_grade = next(number for number, other in enumerate(lesson.lines) if grade in other.grades) == index
    pupils = _PUPILS_OF_A_COURSE if lesson.band else _PUPILS_OF_A_GRADE * _grades(lesson) // len(lesson.lines)
    fields: dict[int, _Value] = {
        1: lesson.number,
        2: periods,
        3: periods if first_of_grade else 0,
        4: periods if line.grades[0] == grade else 0,
        5: grade,
        6: line.teacher,
        7: line.subject,
        8: room if room != home else "",
        10: pupils,
        12: _GROUPS[lesson.weeks],
        20: home,
        24: "X" if lesson.locked else "",
    }
    if doubles:
        fields |= {28: doubles, 29: doubles}
    return _record("002", fields)


def _grades(lesson: Lesson) -> int:
    return len({grade for line in lesson.lines for grade in line.grades})


def _grade_rows(school: DemoSchool) -> list[str]:
    """GPU003, with the grades' rows collected once."""
    rows: dict[str, list[Row]] = {}
    for row in school.rows():
        rows.setdefault(row.grade, []).append(row)
    dummies = {teacher.short for teacher in school.teachers if teacher.dummy}
    return [_grade(grade, rows[grade.name], dummies) for grade in school.grades]


def _grade(grade: Grade, rows: list[Row], dummies: set[str]) -> str:
    """Periods a day are the range of the plan with one to spare; upper years may have hollow periods (flag P)."""
    days: dict[int, set[int]] = {}
    teachers: dict[str, int] = {}
    for row in rows:
        days.setdefault(row.day, set()).add(row.period)
        teachers[row.teacher] = teachers.get(row.teacher, 0) + 1
    class_teacher = max(sorted(set(teachers) - dummies), key=lambda name: teachers[name])
    lengths = [len(periods) for periods in days.values()]
    fields: dict[int, _Value] = {
        1: grade.name,
        2: f"Klasse {grade.name}",
        4: grade.home_room,
        5: "P" if grade.upper else "",
        7: max(1, min(lengths) - 1),
        8: max(lengths) + 1,
        14: str(grade.year),
        30: class_teacher,
    }
    return _record("003", fields)


def _teacher(teacher: Teacher, limits: Stated | None) -> str:
    """Periods a day, gaps a week and periods in a row are limited for people, not for dummies."""
    fields: dict[int, _Value] = {
        1: teacher.short,
        2: teacher.surname,
        15: float(teacher.target) if teacher.target else "",
        23: "frei erfunden",
        29: teacher.first_name,
    }
    if limits is not None:
        fields |= {8: 0, 9: limits.a_day, 10: 0, 11: limits.gaps, 14: limits.in_a_row}
    if teacher.gender:
        fields[31] = teacher.gender
    return _record("004", fields)


def _room(room: Room) -> str:
    fields: dict[int, _Value] = {
        1: room.name,
        2: room.long_name,
        6: _BRANCH_CODE if room.site == BRANCH else "",
        7: 3 if room.kind in ("home", "course") else 4,
        8: room.capacity,
        10: CORRIDORS[room.site],
    }
    return _record("005", fields)


def _watch(watch: Watch) -> str:
    weeks = "~".join(map(str, WEEKS))
    fields: dict[int, _Value] = dict(
        enumerate((watch.corridor, watch.teacher, watch.day, watch.period, watch.minutes, weeks), start=1)
    )
    return _record("009", fields)


def _subject(subject: Subject) -> str:
    """Special rooms are asked for by name in GPU002, so the subject's own room stays empty."""
    special = room_kind(subject.short, "") not in ("", "none") if subject.short not in ("Auf", "Mitt") else False
    fields: dict[int, _Value] = {
        1: subject.short,
        2: subject.long_name,
        5: "H" if subject.main else "",
        16: "Fachraum" if special else "",
    }
    return _record("006", fields)


def _used_subjects(school: DemoSchool) -> list[Subject]:
    used = {row.subject for row in school.rows()}
    return [subject for subject in school.subjects if subject.short in used]
