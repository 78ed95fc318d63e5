"""Master data beside a timetable: names of teachers, grades and rooms, and a check of the timetable against them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from untisopt.domain.resources import Grade, Kind, Teacher
from untisopt.i18n import _, ngettext
from untisopt.io.spelling import nearest, you_mean
from untisopt.io.untis.files.notes import Findings, NoteKind, listed, shown
from untisopt.io.untis.files.records import RawFile
from untisopt.io.untis.files.siblings import Role
from untisopt.io.untis.master.cells import written_number
from untisopt.io.untis.rows.typed import Columns, TimetableRow

# A master file that knows fewer of the names in use is an excerpt, so a name that it lacks proves nothing.
TRUSTED_PERCENT = 90

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RoomData:
    """What the master files say about a room; `alternative` and `off_site` come from GPU005 only."""

    long_name: str = ""
    alternative: str = ""
    off_site: str = ""
    capacity: int | None = None


@dataclass(frozen=True)
class MasterData:
    """What the master files say, by short name."""

    teachers: Mapping[str, Teacher]
    grades: Mapping[str, Grade]
    rooms: Mapping[str, RoomData]


def read_master(files: Mapping[Role, RawFile]) -> MasterData:
    """Read what is there of teacher.txt, class.txt, room.txt and GPU003 to GPU005; the GPU files know more and win."""
    teachers = _table(files.get(Role.TEACHER), lambda f: Teacher(f(0), f(1), f(2)))
    teachers |= _table(files.get(Role.GPU004), lambda f: Teacher(f(0), f(1), f(28)))
    grades = _table(files.get(Role.CLASS), lambda f: Grade(f(0), f(1)))
    grades |= _table(files.get(Role.GPU003), lambda f: Grade(f(0), f(1)))
    rooms = _table(files.get(Role.ROOM), lambda f: RoomData(f(1)))
    rooms |= _table(files.get(Role.GPU005), lambda f: RoomData(f(1), f(2), f(5), written_number(f(7)) or None))
    return MasterData(teachers, grades, rooms)


def _table(raw: RawFile | None, build: Callable[[Callable[[int], str]], T]) -> dict[str, T]:
    """One entry per row, by its first column; `build` gets a function from column to text."""
    found: dict[str, T] = {}
    for row in raw.rows if raw is not None else ():
        fields = row.fields

        def at(column: int, fields: tuple[str, ...] = fields) -> str:
            return fields[column] if column < len(fields) else ""

        if fields[0] and fields[0] not in found:
            found[fields[0]] = build(at)
    return found


_FILES = {
    Kind.TEACHER: (Role.TEACHER, Role.GPU004),
    Kind.GRADE: (Role.CLASS, Role.GPU003),
    Kind.ROOM: (Role.ROOM, Role.GPU005),
}


def check_names(
    rows: Sequence[TimetableRow],
    columns: Columns,
    master: MasterData,
    files: Mapping[Role, RawFile],
    timetable: str,
    findings: Findings,
) -> None:
    """Report names in the timetable that the master file lacks, once per name, in the order of the rows.

    Subjects that GPU006 lacks are a note: what it states of a subject that is written otherwise would be lost silently.
    """
    checks: tuple[tuple[Kind, int, Mapping[str, object], Callable[[TimetableRow], Iterable[str]]], ...] = (
        (Kind.TEACHER, columns.teacher, master.teachers, lambda row: [row.teacher] if row.teacher else []),
        (Kind.GRADE, columns.grade, master.grades, grades_of),
        (Kind.ROOM, columns.room, master.rooms, lambda row: row.rooms),
    )
    for kind, column, known, names_of in checks:
        sources = [files[role].name for role in _FILES[kind] if role in files]
        if sources:
            first: dict[str, int] = {}
            for row in rows:
                for name in names_of(row):
                    first.setdefault(name, row.line)
            _report_missing(kind, column, known, first, (timetable, " / ".join(sources)), findings)
    if Role.GPU006 in files:
        _note_subjects(rows, files[Role.GPU006], findings)


def _note_subjects(rows: Sequence[TimetableRow], raw: RawFile, findings: Findings) -> None:
    # Lesson 0 marks duties, which are no subjects.
    taught = dict.fromkeys(row.subject for row in rows if row.subject and row.lesson)
    known = dict.fromkeys(row.fields[0] for row in raw.rows)
    missing = [subject for subject in taught if subject not in known]
    if missing:
        text = ngettext(
            "{name} lacks the subject {names} of the timetable, of which it therefore states nothing",
            "{name} lacks the subjects {names} of the timetable, of which it therefore states nothing",
            len(missing),
        )
        others = [subject for subject in known if subject not in taught]
        findings.note(NoteKind.ODD, text.format(name=raw.name, names=_proposed(missing, others)))


def _proposed(missing: Sequence[str], others: Iterable[str]) -> str:
    """Missing names, each with the nearest of those that nothing in the plan uses."""
    unused = list(others)
    near = ((name, nearest(name, unused)) for name in missing)
    return listed([name if other is None else f"{name} ({other}?)" for name, other in near])


def grades_of(row: TimetableRow) -> tuple[str, ...]:
    """The grades of a row: one, none, or several joined with ``~``."""
    return tuple(grade for grade in (row.grade or "").split("~") if grade)


def _report_missing(
    kind: Kind,
    column: int,
    known: Mapping[str, object],
    first: Mapping[str, int],
    names: tuple[str, str],
    findings: Findings,
) -> None:
    timetable, source = names
    missing = [name for name in first if name not in known]
    if not missing:
        return
    unused = [name for name in known if name not in first]
    if (len(first) - len(missing)) * 100 < TRUSTED_PERCENT * len(first):
        text = _("{source} knows only {known} of {count} names in {timetable}; it lacks {names}").format(
            source=source,
            known=len(first) - len(missing),
            count=len(first),
            timetable=timetable,
            names=_proposed(missing, unused),
        )
        findings.note(NoteKind.ODD, text)
        return
    for name in missing:
        expected = _expected(kind).format(source=source)
        findings.defect(timetable, first[name], column + 1, expected, shown(name), you_mean(name, known))


def _expected(kind: Kind) -> str:
    if kind is Kind.TEACHER:
        return _("a teacher of {source}")
    return _("a grade of {source}") if kind is Kind.GRADE else _("a room of {source}")
