"""lesson.txt and GPU001 as files that hold a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from untisopt.domain.calendar import Period
from untisopt.i18n import _
from untisopt.io.untis.files.records import RawFile
from untisopt.io.untis.files.siblings import Role
from untisopt.io.untis.files.timetable_file import Change
from untisopt.io.untis.rows.typed import COLUMNS, TimetableRow, room_list

# Real files break their own order here and there; below this share of runs in order, a file counts as unsorted.
_SORTED_PERCENT = 90

Key = tuple[object, ...]


@dataclass(frozen=True)
class TextTimetable:
    """A timetable file with one row per line; `role` says which columns it has."""

    raw: RawFile
    role: Role

    @property
    def name(self) -> str:
        """Name without folders."""
        return self.raw.name

    @property
    def data(self) -> bytes:
        """The bytes that were read."""
        return self.raw.data

    def encode(self, text: str) -> bytes:
        """Turn text into bytes in the encoding of this file."""
        return self.raw.dialect.encode(text)

    def rewritten(self, rows: Sequence[TimetableRow], changes: Mapping[int, Change]) -> bytes:
        """The file with some rows elsewhere.

        A row that moves goes where the order of the file wants it: by day and period among the rows of the teacher
        in lesson.txt, among those of the coupling line in GPU001. In a file that is not sorted it stays at its line.
        """
        contents = [row.content for row in self.raw.rows]
        places = {row.index: row.period for row in rows}
        for row in rows:
            change = changes.get(row.index)
            if change is not None:
                contents[row.index] = self.raw.rows[row.index].with_fields(self._texts(row, change))
                places[row.index] = change.period
        return self.raw.written([contents[index] for index in self._order(rows, places)])

    def fixed_fields(self) -> Counter[tuple[str, ...]]:
        """The fields of the rows but day, period and room; which room may differ, but not that there is one."""
        columns = COLUMNS[self.role]
        free = {columns.day, columns.period, columns.room}
        return Counter(
            (
                *(text for column, text in enumerate(row.fields) if column not in free),
                "" if row.fields[columns.room].strip() else _("(no room)"),
            )
            for row in self.raw.rows
        )

    def _texts(self, row: TimetableRow, change: Change) -> dict[int, str]:
        """The fields of a row that has to stand elsewhere."""
        columns = COLUMNS[self.role]
        texts = {}
        if change.period.day != row.period.day:
            texts[columns.day] = str(change.period.day)
        if change.period.number != row.period.number:
            texts[columns.period] = str(change.period.number)
        room = self.raw.rows[row.index].fields[columns.room]
        if any(old in change.rooms for old in room_list(room)):
            texts[columns.room] = "~".join(change.rooms.get(part.strip(), part) for part in room.split("~"))
        return texts

    def _order(self, rows: Sequence[TimetableRow], places: Mapping[int, Period]) -> Sequence[int]:
        """Which row stands at every position of the file."""
        order = list(range(len(self.raw.rows)))
        moved = {row.index for row in rows if places[row.index] != row.period}
        if not moved:
            return order
        for run in _sorted_runs(self.role, rows):
            indices = [row.index for row in run]
            if moved.intersection(indices):
                for position, index in zip(indices, sorted(indices, key=lambda i: places[i]), strict=True):
                    order[position] = index
        return order


def _sorted_runs(role: Role, rows: Sequence[TimetableRow]) -> list[list[TimetableRow]]:
    """Neighbouring rows that the file keeps in the order of day and period; none if it is not sorted that way."""
    for key in _keys(role):
        runs = [list(run) for _key, run in groupby(rows, key)]
        several = [run for run in runs if len(run) > 1]
        ascending = [run for run in several if all(a.period <= b.period for a, b in pairwise(run))]
        if len(ascending) * 100 >= _SORTED_PERCENT * len(several):
            return ascending
    return []


def _keys(role: Role) -> tuple[Callable[[TimetableRow], Key], ...]:
    """What rows of one run have in common, by the orders that are known for a kind of file, the usual one first."""
    if role is Role.LESSON:
        return (lambda row: (row.teacher,),)
    return (
        lambda row: (row.lesson, row.grade, row.teacher, row.subject),
        lambda row: (row.lesson, row.grade, row.teacher, row.subject, row.rooms),
    )
