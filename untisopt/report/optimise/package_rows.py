"""The changes, package by package, as rows of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from untisopt.domain.changes import Move
from untisopt.domain.resources import Kind
from untisopt.domain.runs import MovedRun, moved_runs
from untisopt.domain.school import School
from untisopt.i18n import _
from untisopt.report.optimise.facts import RepairFacts
from untisopt.report.words.findings import weeks_suffix
from untisopt.report.words.moves import place_range, rooms
from untisopt.report.words.packages import gain_line, helps_alone, package_title, part_gain
from untisopt.report.words.reasons import reason_sentences
from untisopt.results.optimise import RepairDocument
from untisopt.results.packages import Package
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
    lectures : tuple of str
        Lecture ids.
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
    lectures: tuple[str, ...] = field(repr=False)


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


def sections(facts: RepairFacts) -> list[Section]:
    """All changes; those that no package holds, if there are any, come last."""
    document = facts.document
    found = [_section(facts, package) for package in document.packages]
    packed = {move.lecture for package in document.packages for move in package.moves}
    rest = [move for move in document.moves if move.lecture not in packed]
    if rest:
        title = _("Changes that are in no package") if found else _("All changes")
        found.append(Section(0, title, "", (Part("", "", "", _changes(facts, rest)),)))
    return found


def _section(facts: RepairFacts, package: Package) -> Section:
    title, gain = package_title(facts.document, package), gain_line(facts.document, package)
    return Section(package.number, title, gain, tuple(_parts(facts, package)), helps_alone(facts.document, package))


def _parts(facts: RepairFacts, package: Package) -> Iterator[Part]:
    if len(package.parts) < 2:
        yield Part("", "", "", _changes(facts, package.moves))
        return
    for part in package.parts:
        needed = enumerated(package.needed_names(part))
        needs = _("only with {parts}").format(parts=needed) if needed else ""
        yield Part(part.name, needs, part_gain(facts.document, part), _changes(facts, part.moves))


def _changes(facts: RepairFacts, moves: Sequence[Move]) -> tuple[Change, ...]:
    return tuple(_change(facts.document, run) for run in moved_runs(facts.school, moves))


def _change(document: RepairDocument, run: MovedRun) -> Change:
    school, move, length = document.school, run.first, len(run.moves)
    return change_row(
        school,
        run,
        before=place_range(move.before.period, length) if school.is_placed(move.lecture) else _("no place"),
        after=place_range(move.after.period, length) if move.changes_period else "",
        reason=_reason(document, run, handed_out=False),
        on_sheet=_reason(document, run, handed_out=True),
    )


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
        lectures=tuple(one.lecture for one in run.moves),
    )


def _reason(document: RepairDocument, run: MovedRun, *, handed_out: bool) -> tuple[str, ...]:
    """The sentences of all lectures of a run, each once."""
    told = (text for one in run.moves for text in reason_sentences(document, one, handed_out=handed_out))
    return tuple(dict.fromkeys(told))


def names(found: Sequence[Section], kind: Kind) -> list[str]:
    """Teachers or grades that any of the changes touches, sorted."""
    rows = (row for section in found for row in section.changes)
    if kind is Kind.TEACHER:
        return sorted({name for row in rows for name in row.teacher_names})
    return sorted({name for row in rows for name in row.grade_names})
