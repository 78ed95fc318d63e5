"""Changes as rows of tables, in sections and parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from untisopt.domain.resources import Kind
from untisopt.domain.runs import MovedRun
from untisopt.domain.school import School
from untisopt.i18n import _
from untisopt.report.words.findings import weeks_suffix
from untisopt.report.words.moves import rooms
from untisopt.wording import enumerated


@dataclass(frozen=True, slots=True)
class Change:
    """A row: consecutive lectures that move together.

    Parameters
    ----------
    before, after : str
        Places such as `Mon 3-4`; `after` is empty where only the room changes.
    lesson : int
        Untis lesson number; 0: none.
    subjects, grades, teachers, weeks : str
        `weeks` is empty where it is every week.
    rooms_before, rooms_after : str
        The latter is empty where the rooms stay.
    reason, on_sheet : tuple of str
        What it would cost if it stayed, and what drives it, in sentences; empty where it is not known. On a sheet for
        one person, packages are not named.
    teacher_names, grade_names : tuple of str
        For filters.
    run : MovedRun
        The lectures.
    """

    before: str
    after: str
    lesson: int
    subjects: str
    grades: str
    teachers: str
    weeks: str
    rooms_before: str
    rooms_after: str
    reason: tuple[str, ...]
    on_sheet: tuple[str, ...] = field(repr=False)
    teacher_names: tuple[str, ...] = field(repr=False)
    grade_names: tuple[str, ...] = field(repr=False)
    run: MovedRun = field(repr=False)

    @property
    def lectures(self) -> tuple[str, ...]:
        """Lecture ids."""
        return tuple(one.lecture for one in self.run.moves)


@dataclass(frozen=True, slots=True)
class Part:
    """Changes that are made together or not at all.

    Parameters
    ----------
    name : str
        Such as `3.2`; empty where the package is one part.
    needs : str
        What has to be made as well, in words; empty for nothing.
    gain : str
        What is lost without it, in words; empty where that is not known.
    changes : tuple of Change
    """

    name: str
    needs: str
    gain: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A package: its number (0: changes without a package), texts and parts; whether it is worth it if made alone."""

    number: int
    title: str
    gain: str
    parts: tuple[Part, ...]
    helps_alone: bool = True

    @property
    def changes(self) -> tuple[Change, ...]:
        """The rows of all parts."""
        return tuple(change for part in self.parts for change in part.changes)


def change_row(
    school: School, run: MovedRun, *, before: str, after: str, reason: tuple[str, ...], on_sheet: tuple[str, ...]
) -> Change:
    """The row of a run whose places and reasons are in words."""
    move, lecture = run.first, school.lectures[run.first.lecture]
    return Change(
        before=before,
        after=after,
        lesson=lecture.lesson,
        subjects="/".join(lecture.subjects),
        grades=enumerated(lecture.grades),
        teachers=enumerated(lecture.teachers),
        weeks=weeks_suffix(school, school.classes(lecture.weeks)).strip(),
        rooms_before=enumerated(rooms(move.before)),
        rooms_after=(enumerated(rooms(move.after)) or _("no room")) if move.changes_rooms else "",
        reason=reason,
        on_sheet=on_sheet,
        teacher_names=lecture.teachers,
        grade_names=lecture.grades,
        run=run,
    )


def names(found: Sequence[Section], kind: Kind) -> list[str]:
    """Teachers or grades that any of the changes touches, sorted."""
    rows = (row for section in found for row in section.changes)
    if kind is Kind.TEACHER:
        return sorted({name for row in rows for name in row.teacher_names})
    return sorted({name for row in rows for name in row.grade_names})
