"""Rows become lectures, courses and blocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from untisopt.domain.calendar import Period, WeekSet
from untisopt.domain.lessons import Block, Course, Lecture
from untisopt.domain.timetable import Placement
from untisopt.io.untis.master.names import grades_of
from untisopt.io.untis.rows.typed import TimetableRow


@dataclass(frozen=True)
class Teaching:
    """What is taught, and when and where today.

    Parameters
    ----------
    lectures : mapping of str to Lecture
        By id, in the order of the rows.
    blocks : tuple of Block
    placements : mapping of str to Placement
    courses : mapping of int to (str, int)
        Per index of a row that belongs to a lecture: the id of the lecture and the index of the course within it.
    """

    lectures: Mapping[str, Lecture]
    blocks: tuple[Block, ...]
    placements: Mapping[str, Placement]
    courses: Mapping[int, tuple[str, int]]


@dataclass
class _Group:
    """Rows that move together: `members` holds the row and its weeks."""

    mask: int
    members: list[tuple[TimetableRow, WeekSet]]


def build_teaching(rows: Sequence[TimetableRow], weeks: Sequence[WeekSet]) -> Teaching:
    """Group rows into lectures and lectures into blocks.

    `weeks` holds the weeks of every row; rows without any are left out.
    """
    lectures: dict[str, Lecture] = {}
    placements: dict[str, Placement] = {}
    row_courses: dict[int, tuple[str, int]] = {}
    for id_, group in _named(_groups(rows, weeks)):
        courses, rooms, of_row = _courses(group)
        first = group.members[0][0]
        lectures[id_] = Lecture(id_, first.lesson, courses, tuple(row.index for row, _weeks in group.members))
        placements[id_] = Placement(first.period, rooms)
        row_courses.update((index, (id_, course)) for index, course in of_row.items())
    return Teaching(lectures, _blocks(lectures.values(), placements), placements, row_courses)


def _groups(rows: Sequence[TimetableRow], weeks: Sequence[WeekSet]) -> list[_Group]:
    """Rows of one lesson and period whose weeks meet, directly or through others, in the order of their first row.

    Rows with lesson number 0 have only their number in common; teacher and subject have to be equal as well.
    """
    found: dict[tuple[object, ...], list[_Group]] = {}
    for row, own in zip(rows, weeks, strict=True):
        if own:
            key: tuple[object, ...] = (row.lesson, row.period)
            if not row.lesson:
                key = (*key, row.teacher, row.subject)
            _join(found.setdefault(key, []), row, own)
    groups = [group for several in found.values() for group in several]
    return sorted(groups, key=lambda group: group.members[0][0].index)


def _join(groups: list[_Group], row: TimetableRow, weeks: WeekSet) -> None:
    """Put a row into the group that it meets; groups that only it connects become one."""
    meeting = [group for group in groups if group.mask & weeks.mask]
    if not meeting:
        groups.append(_Group(weeks.mask, [(row, weeks)]))
        return
    target, *others = meeting
    target.mask |= weeks.mask
    target.members.append((row, weeks))
    for other in others:
        target.mask |= other.mask
        target.members += other.members
        groups.remove(other)
    if others:
        target.members.sort(key=lambda member: member[0].index)


def _named(groups: Iterable[_Group]) -> Iterable[tuple[str, _Group]]:
    counts: defaultdict[str, int] = defaultdict(int)
    for group in groups:
        row = group.members[0][0]
        name = f"{row.lesson}@{row.period.day}.{row.period.number}"
        counts[name] += 1
        yield (name if counts[name] == 1 else f"{name}/{counts[name]}"), group


def course_order(course: Course) -> tuple[object, ...]:
    """Sort key of courses: a line without a teacher stands in front of those with one."""
    return course.lesson, course.subject, course.teacher or "", course.grades, course.weeks


def _courses(group: _Group) -> tuple[tuple[Course, ...], tuple[tuple[str, ...], ...], dict[int, int]]:
    """Coupling lines of a group, their rooms, and the line of every row.

    The export repeats the rooms of a line for each of its grades; they count once.
    """
    lines: dict[tuple[str | None, str, WeekSet], list[TimetableRow]] = {}
    for row, weeks in group.members:
        lines.setdefault((row.teacher, row.subject, weeks), []).append(row)
    found = []
    for (teacher, subject, weeks), rows in lines.items():
        grades = tuple(sorted({grade for row in rows for grade in grades_of(row)}))
        rooms = tuple(dict.fromkeys(room for row in rows for room in row.rooms))
        groups = tuple(sorted({group for row in rows for group in row.groups}))
        found.append((Course(rows[0].lesson, subject, teacher, grades, weeks, groups), rooms, rows))
    found.sort(key=lambda line: course_order(line[0]))
    of_row = {row.index: i for i, (_course, _rooms, rows) in enumerate(found) for row in rows}
    return tuple(line[0] for line in found), tuple(line[1] for line in found), of_row


def _blocks(lectures: Iterable[Lecture], placements: Mapping[str, Placement]) -> tuple[Block, ...]:
    """Maximal runs of a lesson on a day with the same teachers, grades and weeks, in the order of the lectures.

    What has lesson number 0 is no regular lesson: nothing says that two of them belong together.
    """
    runs: defaultdict[tuple[int, *tuple[object, ...]], list[tuple[Period, str]]] = defaultdict(list)
    blocks: dict[str, Block] = {}
    for lecture in lectures:
        period = placements[lecture.id].period
        if lecture.lesson:
            key = (lecture.lesson, period.day, lecture.teachers, lecture.grades, lecture.weeks)
            runs[key].append((period, lecture.id))
        else:
            blocks[lecture.id] = Block(lecture.id, 0, (lecture.id,))
    for (lesson, *_rest), members in runs.items():
        for run in _consecutive(sorted(members)):
            blocks[run[0]] = Block(run[0], lesson, tuple(run))
    return tuple(blocks[lecture] for lecture in placements if lecture in blocks)


def _consecutive(members: Iterable[tuple[Period, str]]) -> list[list[str]]:
    runs: list[list[str]] = []
    last = -1
    for period, lecture in members:
        if runs and period.number == last + 1:
            runs[-1].append(lecture)
        else:
            runs.append([lecture])
        last = period.number
    return runs
