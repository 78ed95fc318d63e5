"""Writing a plan back: the timetable file with the changed positions, everything else byte for byte."""

from __future__ import annotations

from untisopt.domain.timetable import Timetable
from untisopt.io.untis.export import Export
from untisopt.io.untis.files.timetable_file import Change


def revised(export: Export, timetable: Timetable) -> dict[str, bytes]:
    """The timetable file with the positions and rooms of `timetable`.

    Rows of lectures that stayed, rows that belong to no lecture, line ends and empty lines are kept byte for byte. In
    lesson.txt and GPU001 a row that moves goes where the order of the file wants it; in XML it stays where it is and
    its position is changed in place.

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
    changes = {}
    for index, (lecture, course) in export.courses.items():
        before, after = export.school.as_is[lecture], timetable[lecture]
        if before != after:
            pairs = zip(before.rooms[course], after.rooms[course], strict=True)
            weeks = export.school.lectures[lecture].courses[course].weeks
            changes[index] = Change(after.period, {old: new for old, new in pairs if old != new}, weeks)
    file = export.timetable_file
    return {file.name: file.rewritten(export.rows, changes)}
