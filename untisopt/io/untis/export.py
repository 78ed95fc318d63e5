"""Reading an export: the one entry point, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from untisopt.domain.calendar import WeekSet
from untisopt.domain.school import School
from untisopt.io.untis.files.content import Content
from untisopt.io.untis.files.notes import Findings, Note
from untisopt.io.untis.files.records import RawFile
from untisopt.io.untis.files.siblings import ExportFile, ExportFiles, Role, find_files
from untisopt.io.untis.files.text_timetable import TextTimetable
from untisopt.io.untis.files.timetable_file import TimetableFile
from untisopt.io.untis.master.names import check_names, read_master
from untisopt.io.untis.rows.placeholders import without_placeholders
from untisopt.io.untis.rows.row_reader import read_rows
from untisopt.io.untis.rows.typed import COLUMNS, NO_WEEKS, TimetableRow
from untisopt.io.untis.to_domain import to_school
from untisopt.io.untis.weeks.classes import note_unknown
from untisopt.io.untis.weeks.grid import read_dates, stated_grid
from untisopt.io.untis.xml.document import XmlDocument
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
    sources : ExportFiles
        The files of the set that are there.
    timetable_file : TimetableFile
        The file that holds the plan.
    rows : tuple of TimetableRow
        All rows of the timetable; ``Lecture.rows`` are positions in it.
    courses : mapping of int to (str, int)
        Per row that belongs to the school: the id of its lecture and the index of its course there.
    school : School
    notes : tuple of Note
        What was read, guessed and left out.
    mondays : mapping of int to date
        The Monday of every calendar week that the XML speaks about, or of the school year where the dates of lessons
        say in which weeks they are held; else empty, see date.txt.
    """

    path: Path
    sources: ExportFiles
    timetable_file: TimetableFile
    rows: tuple[TimetableRow, ...]
    courses: Mapping[int, tuple[str, int]]
    school: School
    notes: tuple[Note, ...]
    mondays: Mapping[int, date] = field(default_factory=dict)

    @property
    def timetable(self) -> Role:
        """Which of the files holds the plan."""
        return self.sources.timetable

    @property
    def files(self) -> Mapping[Role, RawFile]:
        """The text files by their role, the timetable first if it is one."""
        return self.sources.texts

    @property
    def all_files(self) -> tuple[ExportFile, ...]:
        """Every file that was read, the timetable first."""
        return self.sources.all

    @property
    def xml(self) -> XmlDocument | None:
        """The XML export, if it holds the plan."""
        return self.sources.xml

    def stated_weeks(self, row: TimetableRow) -> tuple[WeekSet, WeekSet]:
        """The weeks of a row that have to stay when it moves: those held, and those that the file leaves open.

        The XML gives dates: a week that is open on one weekday, because of a holiday, is not on another. There the
        weeks of the plan count.
        """
        if self.kind == "xml" and row.index in self.courses:
            lecture, course = self.courses[row.index]
            return self.school.lectures[lecture].courses[course].weeks, NO_WEEKS
        return row.weeks, row.unknown

    @property
    def knows_weeks(self) -> bool:
        """Whether the weeks of the plan are calendar weeks; GPU files without dates of lessons number them at will."""
        return self.kind != "gpu" or bool(self.mondays)

    @property
    def kind(self) -> Literal["lesson", "gpu", "xml"]:
        """Which export: ``lesson`` (Info-Timetable, with weeks), ``gpu`` (GPU001, without) or ``xml`` (with weeks)."""
        kinds: dict[Role, Literal["lesson", "gpu", "xml"]] = {Role.LESSON: "lesson", Role.XML: "xml"}
        return kinds.get(self.timetable, "gpu")

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
    """Read the timetable at `path` (lesson.txt, GPU001, XML or a folder) and what lies beside it.

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
    content = _content(found, wanted, findings)
    findings.stop_if_defective()
    built = to_school(found.texts, content, wanted, findings)
    notes, mondays = tuple(findings.notes), content.mondays or built.mondays
    return Export(path, found, content.file, content.rows, built.courses, built.school, notes, mondays)


def _content(found: ExportFiles, policy: Policy, findings: Findings) -> Content:
    if found.xml is not None:
        # Imported late: most exports are text files.
        from untisopt.io.untis.xml.reader import read_xml

        return read_xml(found.xml, read_master(found.texts), policy, findings)
    texts, raw = found.texts, found.texts[found.timetable]
    grid = stated_grid(texts.get(Role.TIME), policy, findings)
    school_year = read_dates(texts.get(Role.DATE), findings)
    rows = without_placeholders(read_rows(raw, found.timetable, grid, findings), findings)
    note_unknown(rows, findings)
    master = read_master(texts)
    check_names(rows, COLUMNS[found.timetable], master, texts, raw.name, findings)
    file = TextTimetable(raw, found.timetable)
    return Content(rows, grid, school_year, master, file, calendar_weeks=found.timetable is Role.LESSON)
