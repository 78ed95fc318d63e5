"""Files that make Untis's own optimisation place lessons where a plan wants them.

Every lesson with a moved lecture gets one more coupling line with a dummy teacher of its own, and the dummy teacher is
blocked (GPU016, -3) in every period of the grid but those in which the plan holds the lesson. All lines of a coupling
are held together, so Untis can place the lesson nowhere else.

The dummy's line is the first row of the lesson in GPU002 with another teacher and without hours of class and teacher,
rooms and pupils, so that it takes no room and adds nothing to any sum. One line is enough: a line per row would force
no more, and leave more to delete. Class and subject stay as they are, for the line then looks like team teaching.

Untis imports GPU002 by lesson number and takes empty fields as they are, so the rows must come from a fresh GPU002;
without one there are no forcing files. The files are written like the GPU002 and GPU016 that were read, without a byte
order mark: Untis writes none, and would take it for a part of the first field.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from untisopt.domain.calendar import Period, TimeGrid
from untisopt.domain.changes import changes
from untisopt.domain.timetable import Timetable
from untisopt.io.untis.export import Export
from untisopt.io.untis.files.dialect import WINDOWS, Dialect
from untisopt.io.untis.files.records import RawFile, Row
from untisopt.io.untis.files.siblings import Role
from untisopt.io.untis.rows.typed import whole

GPU002_NAME = "GPU002.TXT"
GPU016_NAME = "GPU016.TXT"
UNDO = "undo/"

# 0-based columns of GPU002 that differ in the line of a dummy.
_HOURS = (2, 3)
_TEACHER = 5
_EMPTY = (7, 9, 19, 33, 34, 45)
"""Subject room, pupils, home room, pupils male, female and third gender."""

_BLOCKED, _DELETED = -3, 0
_CLASSIC = Dialect(encoding=WINDOWS, bom=False, delimiter=b",", quoted=True, newline=b"\r\n", trailing=False)
_PREFIXES = ("ZZ", "ZY", "ZX", "ZW", "ZV", "ZU", "ZQ", "ZZZ", "XZZ", "QZZ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forcing:
    """Files that force lessons to their places, and what they hold.

    Parameters
    ----------
    files : mapping of str to bytes
        By name; those that undo the others lie in the folder `undo`. Empty where nothing can be forced.
    dummies : mapping of int to str
        Lesson number to the short name of its dummy teacher.
    wanted : mapping of int to tuple of Period
        Lesson number to the periods in which it may stand.
    left_out : tuple of int
        Lessons that move, but of which GPU002 has no usable row.
    dialects : mapping of str to Dialect
        How the files are written, by the name of the file to import.
    has_lessons : bool
        Whether a GPU002 lies beside the export.
    """

    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    dummies: Mapping[int, str] = field(default_factory=dict)
    wanted: Mapping[int, tuple[Period, ...]] = field(default_factory=dict)
    left_out: tuple[int, ...] = ()
    dialects: Mapping[str, Dialect] = field(default_factory=dict)
    has_lessons: bool = True


def forcing_files(export: Export, timetable: Timetable) -> dict[str, bytes]:
    """The files alone; see :func:`forcing`."""
    return dict(forcing(export, timetable).files)


def forcing(export: Export, timetable: Timetable) -> Forcing:
    """Make the files that force every lesson with a moved lecture to its periods.

    Parameters
    ----------
    export : Export
    timetable : Timetable
        The plan that is wanted; holds the lectures of the school of `export`.

    Returns
    -------
    Forcing
        With `GPU002.TXT` and `GPU016.TXT` to import, and `undo/GPU002.TXT` (the rows as they were) and
        `undo/GPU016.TXT` (the same cells with the value 0, which deletes a request).

    Raises
    ------
    ValueError
        The timetable holds other lectures.
    """
    school = export.school
    moved = {school.lectures[m.lecture].lesson for m in changes(school.as_is, timetable) if m.changes_period} - {0}
    raw = export.files.get(Role.GPU002)
    if raw is None:
        return Forcing(left_out=tuple(sorted(moved)), has_lessons=False)
    rows = {lesson: found for lesson, found in _rows_by_lesson(raw).items() if lesson in moved}
    left_out = tuple(sorted(moved - rows.keys()))
    if not rows:
        return Forcing(left_out=left_out)
    dummies = _dummies(sorted(rows), _taken(export, raw))
    wanted = {lesson: _periods(export, timetable, lesson) for lesson in dummies}
    blocked = {name: _others(school.grid, wanted[lesson]) for lesson, name in dummies.items()}
    requests = _Requests.like(export.files.get(Role.GPU016), school.grid)
    return Forcing(
        files={
            GPU002_NAME: _lesson_file(raw, rows, dummies),
            GPU016_NAME: requests.written(blocked, _BLOCKED),
            UNDO + GPU002_NAME: _lesson_file(raw, rows, {}),
            UNDO + GPU016_NAME: requests.written(blocked, _DELETED),
        },
        dummies=dummies,
        wanted=wanted,
        left_out=left_out,
        dialects={GPU002_NAME: raw.dialect, GPU016_NAME: requests.dialect},
    )


def _rows_by_lesson(raw: RawFile) -> dict[int, list[Row]]:
    """The rows of every lesson, ascending; rows that do not reach up to the teacher are of no use."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    if not raw.dialect.blanks:
        for row in raw.rows:
            lesson = whole(row.fields[0])
            if lesson:
                found[lesson].append(row)
    usable = {lesson for lesson, rows in found.items() if all(len(row.fields) > _TEACHER for row in rows)}
    return {lesson: found[lesson] for lesson in sorted(usable)}


def _taken(export: Export, raw: RawFile) -> set[str]:
    """Short names of teachers that are in use anywhere, in upper case: Untis users mistake one for the other."""
    names = set(export.school.teachers)
    names.update(row.fields[_TEACHER] for row in raw.rows if len(row.fields) > _TEACHER)
    for role, column in ((Role.GPU004, 0), (Role.TEACHER, 0), (Role.GPU016, 1)):
        file = export.files.get(role)
        names.update(row.fields[column] for row in (file.rows if file else ()) if len(row.fields) > column)
    return {name.upper() for name in names}


def _dummies(lessons: Sequence[int], taken: Collection[str]) -> dict[int, str]:
    """A short name per lesson: `ZZ` and the number, or another start where one of these names is taken."""
    for start in (*_PREFIXES, *(f"Z{i}Z" for i in range(len(taken) + 1))):
        names = {lesson: f"{start}{lesson}" for lesson in lessons}
        if not any(name.upper() in taken for name in names.values()):
            return names
    raise ValueError("no names are left for dummy teachers")


def _periods(export: Export, timetable: Timetable, lesson: int) -> tuple[Period, ...]:
    """All periods in which the plan holds a lesson, in whatever weeks."""
    blocks = export.school.blocks_of_lesson[lesson]
    return tuple(sorted({timetable[lecture].period for block in blocks for lecture in block.lectures}))


def _others(grid: TimeGrid, wanted: Collection[Period]) -> list[Period]:
    return [period for period in grid.periods if period not in wanted]


def _lesson_file(raw: RawFile, rows: Mapping[int, Sequence[Row]], dummies: Mapping[int, str]) -> bytes:
    """The rows of the lessons byte for byte, and behind those of each lesson the line of its dummy."""
    lines: list[bytes] = []
    for lesson, own in rows.items():
        lines += [row.content for row in own]
        if lesson in dummies:
            lines.append(_dummy_line(own[0], dummies[lesson]))
    end = raw.dialect.newline or _CLASSIC.newline
    return b"".join(line + end for line in lines)


def _dummy_line(row: Row, name: str) -> bytes:
    texts = {**dict.fromkeys(_HOURS, "0"), _TEACHER: name, **dict.fromkeys(_EMPTY, "")}
    return row.with_fields({column: text for column, text in texts.items() if column < len(row.fields)})


@dataclass(frozen=True, slots=True)
class _Requests:
    """How time requests are written.

    Parameters
    ----------
    dialect : Dialect
    letter : str
        What marks a teacher.
    shift : int
        What a period of the grid is less than that of the file: GPU016 counts from 1 even where the grid starts at 0.
    """

    dialect: Dialect
    letter: str
    shift: int

    @classmethod
    def like(cls, raw: RawFile | None, grid: TimeGrid) -> _Requests:
        """As in a file that was read; `T` for a teacher only where that file speaks English."""
        usable = raw is not None and bool(raw.rows) and not raw.dialect.blanks
        dialect = raw.dialect if raw is not None and usable else _CLASSIC
        letters = {row.fields[0] for row in raw.rows} if raw is not None else set()
        letter = "T" if letters & {"T", "C"} and not letters & {"L", "K"} else "L"
        return cls(dialect, letter, 1 if any(period.number == 0 for period in grid.periods) else 0)

    def written(self, cells: Mapping[str, Iterable[Period]], value: int) -> bytes:
        """One row per teacher and period, all with the same value."""
        quote = '"' if self.dialect.quoted else ""
        delimiter = self.dialect.delimiter.decode()
        end = (delimiter if self.dialect.trailing else "") + (self.dialect.newline or _CLASSIC.newline).decode()
        rows = (
            (f"{quote}{self.letter}{quote}", f"{quote}{name}{quote}", str(day), str(number + self.shift), str(value))
            for name, periods in cells.items()
            for day, number in periods
        )
        return self.dialect.encode("".join(delimiter.join(row) + end for row in rows))
