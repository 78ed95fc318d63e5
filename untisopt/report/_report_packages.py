"""The changes, package by package, as rows of tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from untisopt.domain.changes import Move
from untisopt.domain.resources import Kind
from untisopt.domain.runs import MovedRun, moved_runs
from untisopt.i18n import _
from untisopt.report._findings import weeks_suffix
from untisopt.report._moves import place_range, rooms
from untisopt.report._report_facts import Facts
from untisopt.report.documents import Package, Reason, RepairDocument
from untisopt.report.package_words import gain_line, package_title, stay_line, why
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
    reason, stay : tuple of str
        Why, and what it would cost if it stayed; empty where it is not known.
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
    stay: tuple[str, ...]
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
    changes : tuple of Change
    """

    name: str
    needs: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A package: its number (0: changes without a package), texts and parts."""

    number: int
    title: str
    gain: str
    parts: tuple[Part, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The rows of all parts."""
        return tuple(change for part in self.parts for change in part.changes)


def sections(facts: Facts) -> list[Section]:
    """All changes; those that no package holds, if there are any, come last."""
    document = facts.document
    found = [_section(facts, package) for package in document.packages]
    packed = {move.lecture for package in document.packages for move in package.moves}
    rest = [move for move in document.moves if move.lecture not in packed]
    if rest:
        title = _("Changes that are in no package") if found else _("All changes")
        found.append(Section(0, title, "", (Part("", "", _changes(facts, rest, {})),)))
    return found


def _section(facts: Facts, package: Package) -> Section:
    title, gain = package_title(facts.document, package), gain_line(facts.document, package)
    return Section(package.number, title, gain, tuple(_parts(facts, package)))


def _parts(facts: Facts, package: Package) -> Iterator[Part]:
    if len(package.parts) < 2:
        yield Part("", "", _changes(facts, package.moves, package.reasons))
        return
    for part in package.parts:
        needed = enumerated([package.parts[index].name for index in part.needs])
        needs = _("only with {parts}").format(parts=needed) if needed else ""
        yield Part(part.name, needs, _changes(facts, part.moves, package.reasons))


def _changes(facts: Facts, moves: Sequence[Move], reasons: Mapping[str, Reason]) -> tuple[Change, ...]:
    return tuple(_change(facts.document, run, reasons) for run in moved_runs(facts.school, moves))


def _change(document: RepairDocument, run: MovedRun, reasons: Mapping[str, Reason]) -> Change:
    school, move, length = document.school, run.first, len(run.moves)
    lecture = school.lectures[move.lecture]
    known = [one.lecture for one in run.moves if one.lecture in reasons]
    return Change(
        before=place_range(move.before.period, length) if school.is_placed(move.lecture) else _("no place"),
        after=place_range(move.after.period, length) if move.changes_period else "",
        lesson=lecture.lesson,
        subjects="/".join(lecture.subjects),
        grades=enumerated(lecture.grades),
        teachers=enumerated(lecture.teachers),
        weeks=weeks_suffix(school, school.classes(lecture.weeks)).strip(),
        rooms_before=enumerated(rooms(move.before)),
        rooms_after=(enumerated(rooms(move.after)) or _("no room")) if move.changes_rooms else "",
        reason=_each_once(why(document, reasons[id_]) for id_ in known),
        stay=_each_once(stay_line(document, reasons[id_].stay) for id_ in known),
        teacher_names=lecture.teachers,
        grade_names=lecture.grades,
        lectures=tuple(one.lecture for one in run.moves),
    )


def _each_once(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentences))


def names(found: Sequence[Section], kind: Kind) -> list[str]:
    """Teachers or grades that any of the changes touches, sorted."""
    rows = (row for section in found for row in section.changes)
    if kind is Kind.TEACHER:
        return sorted({name for row in rows for name in row.teacher_names})
    return sorted({name for row in rows for name in row.grade_names})
