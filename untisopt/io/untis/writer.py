"""Writing a plan back: the timetable file with the changed positions, everything else byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby, pairwise

from untisopt.domain.calendar import Period
from untisopt.domain.timetable import Placement, Timetable
from untisopt.io.untis.export import Export
from untisopt.io.untis.files import Role
from untisopt.io.untis.rows import COLUMNS, Columns, TimetableRow, room_list

# Real files break their own order here and there; below this share of runs in order, a file counts as unsorted.
_SORTED_PERCENT = 90

Key = tuple[object, ...]


def revised(export: Export, timetable: Timetable) -> dict[str, bytes]:
    """The timetable file with the positions and rooms of `timetable`.

    Rows of lectures that stayed, rows that belong to no lecture, line ends and empty lines are kept byte for byte. A
    row that moves goes where the order of the file wants it: by day and period among the rows of the teacher in
    lesson.txt, among those of the coupling line in GPU001. In a file that is not sorted it stays at its line.

    Parameters
    ----------
    export : Export
    timetable : Timetable
        Holds the lectures of the school of `export`.

    Returns
    -------
    dict of str to bytes
        The content by file name.

    Raises
    ------
    ValueError
        The timetable holds other lectures, or a course in which the number of rooms differs.
    """
    if timetable.keys() != export.school.as_is.keys():
        raise ValueError("the timetable must hold the lectures of the export")
    raw, columns = export.timetable_file, COLUMNS[export.timetable]
    contents = [row.content for row in raw.rows]
    places = {row.index: row.period for row in export.rows}
    for row in export.rows:
        if row.index not in export.courses:
            continue
        lecture, course = export.courses[row.index]
        before, after = export.school.as_is[lecture], timetable[lecture]
        if before != after:
            texts = _texts(row, columns, raw.rows[row.index].fields[columns.room], before, after, course)
            contents[row.index] = raw.rows[row.index].with_fields(texts)
            places[row.index] = after.period
    order = _order(export, places)
    return {raw.name: raw.written([contents[index] for index in order])}


def _texts(
    row: TimetableRow, columns: Columns, room: str, before: Placement, after: Placement, course: int
) -> dict[int, str]:
    """The fields of a row that has to stand elsewhere."""
    texts = {}
    if after.period.day != row.period.day:
        texts[columns.day] = str(after.period.day)
    if after.period.number != row.period.number:
        texts[columns.period] = str(after.period.number)
    replaced = {old: new for old, new in zip(before.rooms[course], after.rooms[course], strict=True) if old != new}
    if any(old in replaced for old in room_list(room)):
        texts[columns.room] = "~".join(replaced.get(part.strip(), part) for part in room.split("~"))
    return texts


def _order(export: Export, places: Mapping[int, Period]) -> Sequence[int]:
    """Which row stands at every position of the file."""
    rows = export.rows
    order = list(range(len(export.timetable_file.rows)))
    moved = {row.index for row in rows if places[row.index] != row.period}
    if not moved:
        return order
    for run in _sorted_runs(export):
        indices = [row.index for row in run]
        if moved.intersection(indices):
            for position, index in zip(indices, sorted(indices, key=lambda i: places[i]), strict=True):
                order[position] = index
    return order


def _sorted_runs(export: Export) -> list[list[TimetableRow]]:
    """Neighbouring rows that the file keeps in the order of day and period; none if it is not sorted that way."""
    for key in _keys(export.timetable):
        runs = [list(run) for _key, run in groupby(export.rows, key)]
        several = [run for run in runs if len(run) > 1]
        ascending = [run for run in several if all(a.period <= b.period for a, b in pairwise(run))]
        if len(ascending) * 100 >= _SORTED_PERCENT * len(several):
            return ascending
    return []


def _keys(timetable: Role) -> tuple[Callable[[TimetableRow], Key], ...]:
    """What rows of one run have in common, by the orders that are known for a kind of file, the usual one first."""
    if timetable is Role.LESSON:
        return (lambda row: (row.teacher,),)
    return (
        lambda row: (row.lesson, row.grade, row.teacher, row.subject),
        lambda row: (row.lesson, row.grade, row.teacher, row.subject, row.rooms),
    )
