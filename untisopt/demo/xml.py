"""Writes a made-up school as the XML export of Untis (XmlInterface); break supervisions are not part of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from xml.sax.saxutils import escape, quoteattr

from untisopt.demo.grid import DAYS, PERIODS, TIMES, WEEKS, monday
from untisopt.demo.model import DemoSchool, Lesson, Placement

__all__ = ["xml_file"]

_NAMESPACE = "https://untis.at/untis/XmlInterface"
_WEEK = 7
_GROUPS = {"A": "UG_WA", "B": "UG_WB"}


def xml_file(school: DemoSchool) -> bytes:
    """Return the export: UTF-8, two blanks per level, as Untis writes it."""
    sections = (
        ("timeperiods", _time_periods()),
        ("holidays", _holidays()),
        ("rooms", _rooms(school)),
        ("subjects", _subjects(school)),
        ("teachers", _teachers(school)),
        ("classes", _classes(school)),
        ("lesson_date_schemes", _date_schemes()),
        ("lessons", _lessons(school)),
    )
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<document version="3.5" xmlns="{_NAMESPACE}">']
    lines += [f"  {line}" for line in _general(school)]
    for name, content in sections:
        lines += [f"  <{name}>", *(f"    {line}" for line in content), f"  </{name}>"]
    return ("\n".join([*lines, "</document>"]) + "\n").encode("utf-8")


def _element(name: str, content: Iterable[str], id_: str = "") -> list[str]:
    """Return an element with its content, or one that closes itself."""
    inside = [f"  {line}" for line in content]
    start = f"<{name} id={quoteattr(id_)}" if id_ else f"<{name}"
    return [f"{start}>", *inside, f"</{name}>"] if inside else [f"{start}/>"]


def _text(name: str, text: object) -> str:
    return f"<{name}>{escape(str(text))}</{name}>"


def _reference(name: str, ids: str) -> str:
    return f"<{name} id={quoteattr(ids)}/>"


def _days() -> tuple[date, date]:
    """Return the first and the last day of the exported weeks."""
    return monday(WEEKS[0]), monday(WEEKS[-1]) + timedelta(days=DAYS - 1)


def _general(school: DemoSchool) -> list[str]:
    first, last = (f"{day:%Y%m%d}" for day in _days())
    return _element(
        "general",
        [
            _text("schoolname", school.name),
            _text("schoolyearbegindate", first),
            _text("schoolyearenddate", last),
            _text("termname", "Schuljahr"),
            _text("termbegindate", first),
            _text("termenddate", last),
            _text("week_periodicity", 2),
        ],
    )


def _time_periods() -> Iterator[str]:
    for day in range(1, DAYS + 1):
        for period, (begin, end) in enumerate(TIMES, start=1):
            texts = [_text("day", day), _text("period", period), _text("starttime", begin), _text("endtime", end)]
            yield from _element("timeperiod", texts, f"TP_{(day - 1) * PERIODS + period}")


def _free_weeks() -> list[int]:
    return [week for week in range(WEEKS[0], WEEKS[-1]) if week not in WEEKS]


def _holidays() -> list[str]:
    weeks = _free_weeks()
    first, last = monday(weeks[0]), monday(weeks[-1]) + timedelta(days=DAYS - 1)
    texts = [
        _text("longname", "Herbstferien"),
        _text("starttime", f"{first:%Y%m%d}"),
        _text("endtime", f"{last:%Y%m%d}"),
    ]
    return _element("holiday", texts, "HD_Herbst")


def _rooms(school: DemoSchool) -> Iterator[str]:
    for room in school.rooms:
        texts = [_text("longname", room.long_name), _text("capacity", room.capacity)]
        yield from _element("room", texts, f"RM_{room.name}")


def _subjects(school: DemoSchool) -> Iterator[str]:
    used = {line.subject for lesson in school.lessons for line in lesson.lines}
    for subject in school.subjects:
        if subject.short in used:
            yield from _element("subject", [_text("longname", subject.long_name)], f"SU_{subject.short}")


def _teachers(school: DemoSchool) -> Iterator[str]:
    for teacher in school.teachers:
        names = [_text("forename", teacher.first_name)] if teacher.first_name else []
        yield from _element("teacher", [*names, _text("surname", teacher.surname)], f"TR_{teacher.short}")


def _classes(school: DemoSchool) -> Iterator[str]:
    for grade in school.grades:
        texts = [_text("longname", f"Klasse {grade.name}"), _reference("class_room", f"RM_{grade.home_room}")]
        yield from _element("class", texts, f"CL_{grade.name}")


def _date_schemes() -> Iterator[str]:
    for letter, group in _GROUPS.items():
        texts = [_text("date_scheme", _marks(letter)), *_element("periodic_weeks", [f"<Week{letter}/>"])]
        yield from _element("lesson_date_scheme", texts, group)


def _marks(weeks: str) -> str:
    """Return a character per day of the exported weeks: 1 held, 0 not held, F no school."""
    first, last = _days()
    marks = []
    for week in range(WEEKS[0], WEEKS[-1] + 1):
        held = week in WEEKS and "AB"[WEEKS.index(week) % 2] in weeks
        mark = "F" if week not in WEEKS else "1" if held else "0"
        marks.append(mark * DAYS + "F" * (_WEEK - DAYS))
    return "".join(marks)[: (last - first).days + 1]


def _lessons(school: DemoSchool) -> Iterator[str]:
    """Yield an element per coupling line, with the periods at which it is held."""
    slots: dict[tuple[int, int], list[Placement]] = {}
    for slot in sorted(school.placements):
        slots.setdefault((slot.number, slot.line), []).append(slot)
    for lesson in school.lessons:
        for index in range(len(lesson.lines)):
            yield from _lesson(lesson, index, slots.get((lesson.number, index), []))


def _lesson(lesson: Lesson, index: int, slots: list[Placement]) -> list[str]:
    line = lesson.lines[index]
    first, last = (f"{day:%Y%m%d}" for day in _days())
    group = [] if lesson.weeks == "AB" else [_reference("lesson_date_scheme", _GROUPS[lesson.weeks])]
    week = [] if lesson.weeks == "AB" else [_text("week", lesson.weeks)]
    content = [
        _text("periods", sum(lesson.blocks)),
        _reference("lesson_subject", f"SU_{line.subject}"),
        _reference("lesson_teacher", f"TR_{line.teacher}"),
        *([_reference("lesson_classes", " ".join(f"CL_{grade}" for grade in line.grades))] if line.grades else []),
        _text("effectivebegindate", first),
        _text("effectiveenddate", last),
        *group,
        *week,
        _text("occurence", _marks(lesson.weeks)),
        *_element("times", [text for slot in slots for text in _time(slot)]),
    ]
    return _element("lesson", content, f"LS_{lesson.number}{index:02d}")


def _time(slot: Placement) -> list[str]:
    begin, end = TIMES[slot.period - 1]
    return _element(
        "time",
        [
            _text("assigned_day", slot.day),
            _text("assigned_period", slot.period),
            _text("assigned_starttime", begin),
            _text("assigned_endtime", end),
            *(_reference("assigned_room", f"RM_{room}") for room in slot.rooms),
        ],
    )
