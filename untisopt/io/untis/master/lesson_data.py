"""What GPU002 says of lessons: flags, dates, rooms that may stand in, lesson groups (A and B weeks), student groups."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from math import lcm

from untisopt.domain.calendar import EVERY_WEEK, WeekSet
from untisopt.i18n import _, ngettext
from untisopt.io.untis.files.notes import Findings, NoteKind, listed
from untisopt.io.untis.files.records import RawFile
from untisopt.io.untis.rows.typed import TimetableRow, room_list, whole

# 0-based columns: teacher, subject, subject room, lesson group, valid from and to, home room, flags, student group.
_TEACHER, _SUBJECT, _SUBJECT_ROOM, _GROUP, _FIRST, _LAST, _HOME_ROOM, _FLAGS, _STUDENTS = (
    5,
    6,
    7,
    11,
    14,
    15,
    19,
    23,
    41,
)
_MOST_WEEKS = 16
_MEMBER = re.compile(r"(.*?)[ _.-]*([A-P]|[1-9]|1[0-6])")


@dataclass(frozen=True)
class LessonData:
    """What is stated about lessons, by lesson number.

    Parameters
    ----------
    groups : mapping of int to frozenset of str
        Names of the lesson groups; the empty name stands for a coupling line without a group.
    flags : mapping of int to str
        Letters of all lines of the lesson.
    room_lists : tuple of tuple of str
        Rooms of which one is wanted; at least two each.
    student_groups : mapping of (int, str, str) to tuple of str
        By lesson number, teacher and subject: the student groups, sorted; only of lines whose every row has one, for
        a row without one stands for the whole class.
    dates : mapping of int to (date or None, date or None)
        First and last day, None where it is open; without lessons that are open on both sides, such as those that have
        a line without dates.
    """

    groups: Mapping[int, frozenset[str]] = field(default_factory=dict)
    flags: Mapping[int, str] = field(default_factory=dict)
    room_lists: tuple[tuple[str, ...], ...] = ()
    student_groups: Mapping[tuple[int, str, str], tuple[str, ...]] = field(default_factory=dict)
    dates: Mapping[int, tuple[date | None, date | None]] = field(default_factory=dict)

    def with_flag(self, letter: str) -> frozenset[int]:
        """Numbers of the lessons that carry a flag."""
        return frozenset(lesson for lesson, flags in self.flags.items() if letter in flags)


def read_lesson_data(raw: RawFile | None) -> LessonData:
    """Read GPU002; rows without a lesson number are passed over."""
    if raw is None:
        return LessonData()
    groups: defaultdict[int, set[str]] = defaultdict(set)
    flags: defaultdict[int, str] = defaultdict(str)
    lists: dict[tuple[str, ...], None] = {}
    students: defaultdict[tuple[int, str, str], set[str]] = defaultdict(set)
    spans: defaultdict[int, list[tuple[date | None, date | None]]] = defaultdict(list)
    for row in raw.rows:
        lesson = whole(row.fields[0])
        if lesson is None:
            continue
        groups[lesson].update(_field(row.fields, _GROUP).split("~"))
        flags[lesson] += _field(row.fields, _FLAGS)
        spans[lesson].append(_span(row.fields))
        line = (lesson, _field(row.fields, _TEACHER), _field(row.fields, _SUBJECT))
        students[line].update(part.strip() for part in _field(row.fields, _STUDENTS).split("~"))
        for column in (_SUBJECT_ROOM, _HOME_ROOM):
            rooms = room_list(_field(row.fields, column))
            if len(rooms) > 1:
                lists[rooms] = None
    whole_groups = {line: tuple(sorted(found)) for line, found in students.items() if "" not in found}
    dates = {} if raw.dialect.blanks else {lesson: _widest(found) for lesson, found in spans.items()}
    return LessonData(
        {n: frozenset(g) for n, g in groups.items()},
        dict(flags),
        tuple(lists),
        whole_groups,
        {lesson: span for lesson, span in dates.items() if span != (None, None)},
    )


def _span(fields: tuple[str, ...]) -> tuple[date | None, date | None]:
    """The first and the last day of a line; open where nothing stands, or what `traits` reports or notes."""
    first, last = _date(_field(fields, _FIRST)), _date(_field(fields, _LAST))
    return (None, None) if first is not None and last is not None and first > last else (first, last)


def _date(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").date() if len(text) == 8 and whole(text) is not None else None
    except ValueError:
        return None


def _widest(spans: Sequence[tuple[date | None, date | None]]) -> tuple[date | None, date | None]:
    """From the first to the last day of any line; a side that is open in one line is open."""
    firsts = [first for first, _last in spans if first is not None]
    lasts = [last for _first, last in spans if last is not None]
    return (
        min(firsts) if len(firsts) == len(spans) else None,
        max(lasts) if len(lasts) == len(spans) else None,
    )


def with_student_groups(rows: Sequence[TimetableRow], data: LessonData, findings: Findings) -> tuple[TimetableRow, ...]:
    """The rows with the student groups of GPU002; those of the XML, if it has any, are left as they are."""
    if not data.student_groups or any(row.groups for row in rows):
        return tuple(rows)
    found = [
        replace(row, groups=data.student_groups.get((row.lesson, row.teacher or "", row.subject), ())) for row in rows
    ]
    names = {name for row in found for name in row.groups}
    if names:
        text = ngettext(
            "{count} student group is taken from GPU002", "{count} student groups are taken from GPU002", len(names)
        )
        findings.note(NoteKind.READ, text.format(count=len(names)))
    return tuple(found)


def _field(fields: tuple[str, ...], column: int) -> str:
    return fields[column] if len(fields) > column else ""


def group_weeks(data: LessonData, lessons: Iterable[int], findings: Findings) -> dict[int, WeekSet]:
    """Pseudo weeks of the lessons that alternate, by lesson number; empty where none does.

    Groups whose names differ in a last letter A, B, ... or a last number 1, 2, ... alternate: with two of them the
    first is held in the odd and the second in the even pseudo weeks. A lesson with a line outside such groups, or
    with any other group, is held in every week.
    """
    used = {lesson: data.groups[lesson] for lesson in lessons if lesson in data.groups}
    names = {name for groups in used.values() for name in groups if name}
    turns = _turns(names)
    _note_groups(names, turns, findings)
    if not turns:
        return {}
    cycle = lcm(*(length for _place, length in turns.values()))
    if cycle > _MOST_WEEKS:
        return {}
    weeks = {
        name: WeekSet.of(week for week in range(1, cycle + 1) if (week - 1) % length == place)
        for name, (place, length) in turns.items()
    }
    every = WeekSet.of(range(1, cycle + 1))
    found = {lesson: _union(groups, weeks, every) for lesson, groups in used.items()}
    return {lesson: found.get(lesson, every) for lesson in lessons}


def _union(groups: Collection[str], weeks: Mapping[str, WeekSet], every: WeekSet) -> WeekSet:
    union = WeekSet(0)
    for name in groups:
        union |= weeks.get(name, every)
    return union or EVERY_WEEK


def _turns(names: Collection[str]) -> dict[str, tuple[int, int]]:
    """Per name of a family: its place in the turn, and how many there are."""
    families: defaultdict[tuple[str, bool], dict[int, str]] = defaultdict(dict)
    for name in names:
        member = _MEMBER.fullmatch(name)
        if member:
            stem, suffix = member.groups()
            place = int(suffix) - 1 if suffix.isdigit() else ord(suffix) - ord("A")
            families[stem, suffix.isdigit()][place] = name
    complete = [f for f in families.values() if len(f) > 1 and set(f) == set(range(len(f)))]
    return {name: (place, len(family)) for family in complete for place, name in family.items()}


def _note_groups(names: Collection[str], turns: Mapping[str, object], findings: Findings) -> None:
    if turns:
        text = _("the lesson groups {names} of GPU002 are taken as weeks that alternate").format(
            names=listed(sorted(turns))
        )
        findings.note(NoteKind.GUESSED, text)
    rest = sorted(set(names) - turns.keys())
    if rest:
        text = ngettext(
            "lesson group {names} of GPU002 is taken as held in every week",
            "lesson groups {names} of GPU002 are taken as held in every week",
            len(rest),
        ).format(names=listed(rest))
        findings.note(NoteKind.GUESSED, text)
