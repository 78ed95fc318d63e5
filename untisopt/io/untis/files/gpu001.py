"""Writing a plan as GPU001.TXT, the timetable file that many programs read."""

from __future__ import annotations

from untisopt.domain.timetable import Timetable
from untisopt.io.untis.export import Export
from untisopt.io.untis.files.siblings import Role
from untisopt.io.untis.files.writer import revised
from untisopt.io.untis.rows.typed import TimetableRow

Line = tuple[int, str, str, str, str, int, int]


def as_gpu001(export: Export, timetable: Timetable) -> bytes:
    """The plan in the classic layout of GPU001.

    Numbers are bare, texts quoted unless empty, separated by commas with one more at the end of the row, CRLF, UTF-8
    where the input is UTF-8 and else Windows-1252. Rows are sorted by lesson number, coupling line (in the order of
    the input), class, day and period.

    GPU001 knows no weeks, so the lessons of A and B weeks all appear; a line that is held at the same place in both
    appears once. Rows that are held outside the planned weeks only do not appear. An export that is GPU001 already is
    written by :func:`~untisopt.io.untis.files.writer.revised`.

    Raises
    ------
    ValueError
        As :func:`~untisopt.io.untis.files.writer.revised`.
    """
    if export.timetable is Role.GPU001:
        return revised(export, timetable)[export.timetable_file.name]
    if timetable.keys() != export.school.as_is.keys():
        raise ValueError("the timetable must hold the lectures of the export")
    order: dict[tuple[int, str | None, str], int] = {}
    keyed: dict[Line, tuple[int, int, str, int, int, tuple[str, ...]]] = {}
    for row in export.rows:
        if row.index in export.courses:
            line = order.setdefault((row.lesson, row.teacher, row.subject), len(order))
            for placed in _lines(row, export, timetable):
                _lesson, grade, _teacher, _subject, room, day, number = placed
                keyed.setdefault(placed, (row.lesson, line, grade, day, number, (room,)))
    text = "".join(_text(placed) for placed in sorted(keyed, key=lambda placed: keyed[placed]))
    return export.timetable_file.encode(text)


def _lines(row: TimetableRow, export: Export, timetable: Timetable) -> list[Line]:
    """One line per room of the row, or one without a room."""
    lecture, course = export.courses[row.index]
    before, after = export.school.as_is[lecture], timetable[lecture]
    replaced = dict(zip(before.rooms[course], after.rooms[course], strict=True))
    rooms = [replaced[room] for room in row.rooms] or [""]
    day, number = after.period
    return [(row.lesson, row.grade or "", row.teacher or "", row.subject, room, day, number) for room in rooms]


def _text(line: Line) -> str:
    lesson, *texts, day, number = line
    quoted = ",".join('"' + str(text).replace('"', '""') + '"' if text else "" for text in texts)
    return f"{lesson},{quoted},{day},{number},,\r\n"
