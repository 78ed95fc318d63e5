"""What the master data state: limits of teachers and grades, traits of subjects, rooms and lessons."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from untisopt.domain.limits import GradeLimits, LessonTraits, Limits, RoomTraits, SubjectTraits, TeacherLimits
from untisopt.i18n import _, ngettext
from untisopt.io.untis.files.notes import Findings, NoteKind, listed
from untisopt.io.untis.files.records import RawFile
from untisopt.io.untis.files.siblings import Role
from untisopt.io.untis.master.cells import Cells, Sheet
from untisopt.io.untis.rows.typed import whole

T = TypeVar("T")

# Letter of a flag to the trait it sets; an empty trait is one that other modules use.
_GRADE_FLAGS = {"P": "gaps_allowed", "F": "apart", "H": "one_half_day"}
_SUBJECT_FLAGS = {
    "H": "is_main",
    "R": "is_fringe",
    "G": "not_fringe",
    "F": "is_optional",
    "2": "several_a_day",
    "D": "doubles",
    "E": "across_breaks",
}
_LESSON_FLAGS = {
    "D": "doubles_binding",
    "2": "several_a_day",
    "R": "is_fringe",
    "E": "across_breaks",
    "s": "same_time",
    "X": "",
    "i": "",
}
_MOST_WEIGHT = 4
_LIST = re.compile(r"[,;~+/ ]+")
_DECIMAL = re.compile(r"[0-9]+[.,]0+")


def read_traits(texts: Mapping[Role, RawFile], findings: Findings) -> Limits:
    """Read GPU002 to GPU006 for what they state beyond names; supervisions and wishes stand in other files.

    Parameters
    ----------
    texts : mapping of Role to RawFile
        The text files of the export; any may be missing, and have fewer columns in an older Untis.
    findings : Findings
        Takes a defect per cell that cannot be understood, and notes on what was read and what is not used.
    """
    lessons = texts.get(Role.GPU002)
    return Limits(
        grades=_named(texts.get(Role.GPU003), _grade, GradeLimits(), _grades_text, findings),
        teachers=_named(texts.get(Role.GPU004), _teacher, TeacherLimits(), _teachers_text, findings),
        rooms=_named(texts.get(Role.GPU005), _room, RoomTraits(), _rooms_text, findings),
        subjects=_named(texts.get(Role.GPU006), _subject, SubjectTraits(), _subjects_text, findings),
        lessons={} if lessons is None else read_lesson_traits(lessons, findings),
    )


def _named(
    raw: RawFile | None, build: Callable[[Cells], T], nothing: T, told: Callable[[int], str], findings: Findings
) -> dict[str, T]:
    if raw is None:
        return {}
    sheet = Sheet(raw, findings)
    found = sheet.by_name(build, nothing)
    if found:
        sheet.note(NoteKind.READ, told(len(found)).format(name=raw.name, count=len(found)))
    sheet.tell()
    return found


def _grade(cells: Cells) -> GradeLimits:
    least_per_day, most_per_day = cells.span(7, 8)
    least_lunch, most_lunch = cells.span(9, 10)
    return GradeLimits(
        least_per_day=least_per_day,
        most_per_day=most_per_day,
        least_lunch=least_lunch,
        most_lunch=most_lunch,
        most_main_in_a_row=cells.positive(11),
        **cells.flags(5, _GRADE_FLAGS),
    )


def _teacher(cells: Cells) -> TeacherLimits:
    least_per_day, most_per_day = cells.span(8, 9)
    least_gaps, most_gaps = cells.span(10, 11, none_at_all=True)
    least_lunch, most_lunch = cells.span(12, 13)
    return TeacherLimits(
        least_per_day=least_per_day,
        most_per_day=most_per_day,
        least_gaps=least_gaps,
        most_gaps=most_gaps,
        least_lunch=least_lunch,
        most_lunch=most_lunch,
        most_in_a_row=cells.positive(14),
    )


def _room(cells: Cells) -> RoomTraits:
    cells.whole(8)  # the capacity belongs to the room itself, see master.py; here it is checked
    return RoomTraits(alternative=cells.text(3), off_site=cells.text(6), weight=cells.whole(7, _MOST_WEIGHT))


def _subject(cells: Cells) -> SubjectTraits:
    least, most = cells.span(9, 10, none_at_all=True)
    flags = cells.flags(5, _SUBJECT_FLAGS)
    return SubjectTraits(
        least_afternoon=least,
        most_afternoon=most,
        grade_sequence=cells.sequence_code(11),
        teacher_sequence=cells.sequence_code(12),
        **flags,
    )


def _grades_text(count: int) -> str:
    return ngettext("{name}: limits or flags of {count} grade", "{name}: limits or flags of {count} grades", count)


def _teachers_text(count: int) -> str:
    return ngettext("{name}: limits of {count} teacher", "{name}: limits of {count} teachers", count)


def _rooms_text(count: int) -> str:
    return ngettext(
        "{name}: weight, alternative or off-site code of {count} room",
        "{name}: weight, alternative or off-site code of {count} rooms",
        count,
    )


def _subjects_text(count: int) -> str:
    return ngettext(
        "{name}: flags, afternoons or sequence codes of {count} subject",
        "{name}: flags, afternoons or sequence codes of {count} subjects",
        count,
    )


@dataclass
class _Lesson:
    """What the rows of a lesson state so far; `doubles` is None until a row states any."""

    traits: LessonTraits = field(default_factory=LessonTraits)
    doubles: tuple[int | None, int | None] | None = None
    differing: bool = False

    def add(self, cells: Cells) -> None:
        """Take over one more coupling line: numbers and codes of the first that states any, flags of every one."""
        old = self.traits
        doubles, sizes = cells.span(28, 29, none_at_all=True), _sizes(cells)
        if doubles != (None, None):
            self.differing |= self.doubles is not None and self.doubles != doubles
            self.doubles = self.doubles or doubles
        flags = {name: stated or getattr(old, name) for name, stated in cells.flags(24, _LESSON_FLAGS).items()}
        first, last = cells.days(15, 16)
        students = [count for count in (old.students, cells.positive(10)) if count is not None]
        least_doubles, most_doubles = self.doubles or (None, None)
        self.traits = replace(
            old,
            least_doubles=least_doubles,
            most_doubles=most_doubles,
            block_sizes=old.block_sizes or sizes,
            grade_sequence=old.grade_sequence or cells.sequence_code(25),
            teacher_sequence=old.teacher_sequence or cells.sequence_code(26),
            collision=old.collision or cells.text(27),
            first_day=min(filter(None, (old.first_day, first)), default=""),
            last_day=max(old.last_day, last),
            students=max(students, default=None),
            **flags,
        )


def read_lesson_traits(raw: RawFile, findings: Findings) -> dict[int, LessonTraits]:
    """Read GPU002: what it states of every lesson, the lines of a coupling taken together.

    Lessons of which nothing is stated are left out; rows without a lesson number are passed over and counted.
    """
    sheet = Sheet(raw, findings)
    found: dict[int, _Lesson] = {}
    strange = 0
    for cells in sheet.cells():
        number = whole(cells.text(1))
        if number is None:
            strange += 1
        elif number:
            found.setdefault(number, _Lesson()).add(cells)
    stated = {number: lesson.traits for number, lesson in found.items() if lesson.traits != LessonTraits()}
    _tell_lessons(sheet, stated, [number for number, lesson in found.items() if lesson.differing], strange)
    sheet.tell()
    return stated


def _tell_lessons(sheet: Sheet, stated: Mapping[int, LessonTraits], differing: list[int], strange: int) -> None:
    name = sheet.raw.name
    if stated:
        text = ngettext(
            "{name}: doubles, flags, sequence codes, dates or students of {count} lesson",
            "{name}: doubles, flags, sequence codes, dates or students of {count} lessons",
            len(stated),
        )
        sheet.note(NoteKind.READ, text.format(name=name, count=len(stated)))
    if differing:
        text = ngettext(
            "{name}: the lines of lesson {numbers} state different doubles; the first ones count",
            "{name}: the lines of the lessons {numbers} state different doubles; the first ones of each count",
            len(differing),
        )
        sheet.note(NoteKind.ODD, text.format(name=name, numbers=listed(list(map(str, differing)))))
    if strange:
        text = ngettext(
            "{name}: {count} row without a lesson number is not used",
            "{name}: {count} rows without a lesson number are not used",
            strange,
        )
        sheet.note(NoteKind.LEFT_OUT, text.format(name=name, count=strange))


def _sizes(cells: Cells) -> tuple[int, ...]:
    """Lengths of the wanted blocks: one per column, or a list such as ``3,3`` in one; 0 says nothing."""
    sizes: list[int] = []
    for column in (30, 37, 38):
        text = cells.text(column)
        numbers = [text.partition(".")[0].partition(",")[0]] if _DECIMAL.fullmatch(text) else _LIST.split(text)
        for number in filter(None, numbers):
            size = whole(number)
            if size is None:
                cells.defect(column, _("lengths of blocks such as 3 or 3,3, or nothing"))
                break
            sizes += [size] if size else []
    return tuple(sizes)
