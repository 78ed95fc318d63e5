"""Sequence codes that are numbers: lessons of a teacher or grade with one code stay beside one another."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.i18n import N_, _, ngettext
from untisopt.rules.bases.measured import opposite
from untisopt.rules.bases.sequence_codes import NUMBERS, Coded, CodeWeek, Pairs

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretches(CodeWeek):
    """In how many stretches the lectures with a code lie: periods in a row, without another lecture between them."""

    @staticmethod
    def measure(shape: Hashable, numbers: Sequence[int], taught: Sequence[int]) -> int:
        """Periods with the code that do not directly follow one."""
        return sum(number - 1 not in taught for number in taught)

    @staticmethod
    def literals(
        model: TimetableModel, shape: Hashable, numbers: Sequence[int], taught: Sequence[Literal], name: str
    ) -> list[Literal]:
        """One literal per period: a stretch begins there."""
        there = dict(zip(numbers, taught, strict=True))
        return [
            model.all_of((literal, opposite(there.get(number - 1, False))), f"{name} stretch from {number}")
            for number, literal in there.items()
        ]

    def alone(self, block: Block) -> int:
        """A stretch."""
        return 1

    def to_blame(self, today: Pairs, now: Pairs) -> Pairs:
        """Lectures that were side by side."""
        return today - now


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow(Coded):
    """Lessons with the same number stay side by side."""

    codes: ClassVar[str] = NUMBERS

    def evidence(self, part: CodeWeek, count: int) -> str:
        """In how many stretches the lectures lie."""
        if count < 2:
            return ""
        return _("sequence code {code}: in {count} stretches so far").format(code=part.code, count=count)

    def sentence(self, count: int) -> str:
        """Lessons no longer follow one another."""
        return ngettext(
            "{name}: lessons with sequence code {code} shall follow one another, but lie in {count} stretch more "
            "than today{weeks}: {lectures}",
            "{name}: lessons with sequence code {code} shall follow one another, but lie in {count} stretches more "
            "than today{weeks}: {lectures}",
            count,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherSequenceCode(Stretches):
    """What the rule asks for one code."""

    id: ClassVar[str] = "teacher-sequence"
    kind: ClassVar[Kind] = Kind.TEACHER


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherSequence(Follow):
    """Lessons that follow one another: those of a teacher with the same number as sequence code stay beside one
    another.

    What it checks
        The lectures of a teacher with the same sequence code from 1 to 9. They lie in stretches: periods in a row,
        without a free period or another lecture between them. The order does not matter, nor how long the breaks are.
    Why it matters
        Who sets up an experiment wants to show it to one class after the other; who teaches sports and Latin does not
        want to change clothes three times a day.
    How it is counted
        One per stretch beyond the number of today, per teacher, code and week class, where two lessons at least carry
        the code. A block that has no place yet, because an event has added it, may add a stretch.
    Example
        Sports carries 1. Arnd has it in periods 3 and 4 of Monday, with two classes. One of them moves to Tuesday: one,
        because there are two stretches now.
    Parameters
        ``weight`` (1): points per stretch; 0 switches the rule off.
    In Untis
        Fachfolge Lehrer 1 to 9: of the lesson (GPU002, field 26), else of the subject for the whole school (GPU006,
        field 12). Untis takes it as a wish; a repair makes nothing worse that the plan fulfils.
    Model
        As ``grade-sequence``, for teachers.
    """

    id: ClassVar[str] = "teacher-sequence"
    called = N_("lessons of a teacher that no longer follow one another")
    promise = N_("Lessons of a teacher that are to follow one another do so as far as today.")
    kind: ClassVar[Kind] = Kind.TEACHER
    one_code: ClassVar[type[CodeWeek]] = TeacherSequenceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeSequenceCode(Stretches):
    """What the rule asks for one code."""

    id: ClassVar[str] = "grade-sequence"
    kind: ClassVar[Kind] = Kind.GRADE


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeSequence(Follow):
    """Lessons that follow one another: those of a grade with the same number as sequence code stay beside one another.

    What it checks
        The lectures of a grade with the same sequence code from 1 to 9. They lie in stretches: periods in a row,
        without a free period or another lecture between them. The order does not matter, nor how long the breaks are.
    Why it matters
        German and mathematics one after the other give room for a test of two periods; somebody has asked for that.
    How it is counted
        One per stretch beyond the number of today, per grade, code and week class, where two lessons at least carry the
        code. A block that has no place yet, because an event has added it, may add a stretch.
    Example
        German and Mathematics carry 5. Grade 7 has them in periods 1 and 2 of Monday. Mathematics moves to Tuesday:
        one, because there are two stretches now.
    Parameters
        ``weight`` (1): points per stretch; 0 switches the rule off.
    In Untis
        Fachfolge Klassen 1 to 9: of the lesson (GPU002, field 25), else of the subject for the whole school (GPU006,
        field 11). Untis takes it as a wish; a repair makes nothing worse that the plan fulfils.
    Model
        Per period a literal for "has the code, and the period before has not"; at most as many of them hold as there
        are stretches today. The chains carry it as a rule that measures days.
    """

    id: ClassVar[str] = "grade-sequence"
    called = N_("lessons of a grade that no longer follow one another")
    promise = N_("Lessons of a grade that are to follow one another do so as far as today.")
    kind: ClassVar[Kind] = Kind.GRADE
    one_code: ClassVar[type[CodeWeek]] = GradeSequenceCode
