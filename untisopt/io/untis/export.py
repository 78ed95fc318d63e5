"""Reading an export: the one entry point, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from untisopt.domain.school import School
from untisopt.io.untis.files import Role, find_files
from untisopt.io.untis.grid import read_dates, stated_grid
from untisopt.io.untis.master import check_names, read_master
from untisopt.io.untis.notes import Findings, Note
from untisopt.io.untis.records import RawFile
from untisopt.io.untis.row_reader import read_rows
from untisopt.io.untis.rows import COLUMNS, TimetableRow
from untisopt.io.untis.to_domain import Source, to_school
from untisopt.policy import Policy


@dataclass(frozen=True, slots=True)
class Counts:
    """How much an export holds."""

    rows: int
    lessons: int
    lectures: int
    blocks: int
    teachers: int
    grades: int
    rooms: int


@dataclass(frozen=True, eq=False)
class Export:
    """An export that was read and understood.

    Parameters
    ----------
    path : Path
        As the user gave it: a file or a folder.
    timetable : Role
        Which of the files holds the plan.
    files : mapping of Role to RawFile
        The files of the set that are there.
    rows : tuple of TimetableRow
        All rows of the timetable; ``Lecture.rows`` are positions in it.
    courses : mapping of int to (str, int)
        Per row that belongs to the school: the id of its lecture and the index of its course there.
    school : School
    notes : tuple of Note
        What was read, guessed and left out.
    """

    path: Path
    timetable: Role
    files: Mapping[Role, RawFile]
    rows: tuple[TimetableRow, ...]
    courses: Mapping[int, tuple[str, int]]
    school: School
    notes: tuple[Note, ...]

    @property
    def kind(self) -> Literal["lesson", "gpu"]:
        """Which export: ``lesson`` (Info-Timetable, with weeks) or ``gpu`` (GPU001, without)."""
        return "lesson" if self.timetable is Role.LESSON else "gpu"

    @property
    def timetable_file(self) -> RawFile:
        """The file that holds the plan."""
        return self.files[self.timetable]

    @property
    def counts(self) -> Counts:
        """How much it holds: people in use, not those that only the master files know, and all rooms."""
        lectures = self.school.lectures.values()
        return Counts(
            rows=len(self.rows),
            lessons=len({lecture.lesson for lecture in lectures if lecture.lesson}),
            lectures=len(lectures),
            blocks=len(self.school.blocks),
            teachers=len({teacher for lecture in lectures for teacher in lecture.teachers}),
            grades=len({grade for lecture in lectures for grade in lecture.grades}),
            rooms=len(self.school.rooms),
        )


def read_export(path: Path, policy: Policy | None = None) -> Export:
    """Read the timetable at `path` (lesson.txt, GPU001 or a folder) and what lies beside it.

    Parameters
    ----------
    path : Path
    policy : Policy or None
        None: the defaults of a school without a policy file.

    Returns
    -------
    Export

    Raises
    ------
    InputError
        Everything that is wrong with the files, at once; a PolicyError where only the policy asks for what the export
        does not have.
    """
    wanted = Policy() if policy is None else policy
    findings = Findings()
    found = find_files(path, findings)
    files, raw = found.files, found.files[found.timetable]
    grid = stated_grid(files.get(Role.TIME), wanted, findings)
    school_year = read_dates(files.get(Role.DATE), findings)
    rows = read_rows(raw, found.timetable, grid, findings)
    master = read_master(files)
    check_names(rows, COLUMNS[found.timetable], master, files, raw.name, findings)
    findings.stop_if_defective()
    built = to_school(Source(found, rows, grid, school_year, master), wanted, findings)
    return Export(path, found.timetable, files, rows, built.courses, built.school, tuple(findings.notes))
