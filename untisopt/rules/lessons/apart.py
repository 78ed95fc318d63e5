"""Sequence codes that are letters: lessons of a teacher or grade with one code do not follow one another."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.i18n import N_, ngettext
from untisopt.rules.bases.sequence_codes import LETTERS, Coded, CodeWeek, Pairs, coded_blocks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours(CodeWeek):
    """How many pairs of neighbouring periods both hold lectures with a code."""

    @staticmethod
    def measure(shape: Hashable, numbers: Sequence[int], taught: Sequence[int]) -> int:
        """Periods with the code that directly follow one."""
        return sum(number - 1 in taught for number in taught)

    @staticmethod
    def literals(
        model: TimetableModel, shape: Hashable, numbers: Sequence[int], taught: Sequence[Literal], name: str
    ) -> list[Literal]:
        """One literal per pair of neighbouring periods: both are taken."""
        return [
            model.all_of((one, other), f"{name} {number} and {following}")
            for (number, one), (following, other) in pairwise(zip(numbers, taught, strict=True))
            if following == number + 1
        ]

    def alone(self, block: Block) -> int:
        """The pairs inside it."""
        return block.length - 1

    def to_blame(self, today: Pairs, now: Pairs) -> Pairs:
        """Lectures that were not side by side."""
        return now - today


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart(Coded):
    """Lessons with the same letter do not come to stand side by side."""

    codes: ClassVar[str] = LETTERS

    def so_far(self, school: School, part: CodeWeek, name: str, week_class: int) -> int:
        """Pairs of periods beyond those inside blocks."""
        coded = coded_blocks(school, self.kind)[name, part.code]
        blocks = (block for block, weeks in coded.items() if weeks >> week_class & 1)
        inside = sum(block.length - 1 for block in blocks if school.is_placed(block.lectures[0]))
        return part.of_week(school, name, week_class) - inside

    def evidence(self, part: CodeWeek, count: int) -> str:
        """How many pairs are side by side."""
        if count < 1:
            return ""
        text = ngettext(
            "sequence code {code}: {count} pair side by side so far",
            "sequence code {code}: {count} pairs side by side so far",
            count,
        )
        return text.format(code=part.code, count=count)

    def sentence(self, count: int) -> str:
        """Lessons are side by side."""
        return ngettext(
            "{name}: lessons with sequence code {code} shall be apart, but {count} pair more than today is side by "
            "side{weeks}: {lectures}",
            "{name}: lessons with sequence code {code} shall be apart, but {count} pairs more than today are side by "
            "side{weeks}: {lectures}",
            count,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherApartCode(Neighbours):
    """What the rule asks for one code."""

    id: ClassVar[str] = "teacher-apart"
    kind: ClassVar[Kind] = Kind.TEACHER


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherApart(Apart):
    """Lessons that are kept apart: those of a teacher with the same letter as sequence code do not come to stand
    together.

    What it checks
        Neighbouring periods of a day in which a teacher has lectures with the same sequence code from A to F. How long
        the break between the two is does not matter.
    Why it matters
        Chemistry twice in a row, with different experiments, leaves no time to prepare the second one.
    How it is counted
        One per pair of neighbouring periods beyond the number of today, per teacher, code and week class, where two
        lessons at least carry the code. Blocks stay whole, so that the pairs inside of a double period make no
        difference.
    Example
        Chemistry carries B. Arnd has it in period 2 of Monday with grade 9. That of grade 10 moves to period 3: one.
    Parameters
        ``weight`` (1): points per pair; 0 switches the rule off.
    In Untis
        Fachfolge Lehrer A to F: of the lesson (GPU002, field 26), else of the subject for the whole school (GPU006,
        field 12). Untis takes it as a wish; a repair makes nothing worse that the plan fulfils.
    Model
        As ``grade-apart``, for teachers.
    """

    id: ClassVar[str] = "teacher-apart"
    called = N_("lessons of a teacher that are no longer apart")
    promise = N_("Lessons of a teacher that are to be apart do not come to stand side by side.")
    kind: ClassVar[Kind] = Kind.TEACHER
    one_code: ClassVar[type[CodeWeek]] = TeacherApartCode


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeApartCode(Neighbours):
    """What the rule asks for one code."""

    id: ClassVar[str] = "grade-apart"
    kind: ClassVar[Kind] = Kind.GRADE


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeApart(Apart):
    """Lessons that are kept apart: those of a grade with the same letter as sequence code do not come to stand
    together.

    What it checks
        Neighbouring periods of a day in which a grade has lectures with the same sequence code from A to F. How long
        the break between the two is does not matter.
    Why it matters
        Italian straight after Latin: pupils mix them up.
    How it is counted
        One per pair of neighbouring periods beyond the number of today, per grade, code and week class, where two
        lessons at least carry the code. Blocks stay whole, so that the pairs inside of a double period make no
        difference.
    Example
        Italian and Latin carry A. Grade 9 has Latin in period 2 of Monday. Italian moves to period 3: one.
    Parameters
        ``weight`` (1): points per pair; 0 switches the rule off.
    In Untis
        Fachfolge Klassen A to F: of the lesson (GPU002, field 25), else of the subject for the whole school (GPU006,
        field 11). Untis takes it as a wish; a repair makes nothing worse that the plan fulfils.
    Model
        Per pair of neighbouring periods a literal for "both have the code"; at most as many of them hold as today. The
        chains carry it as a rule that measures days.
    """

    id: ClassVar[str] = "grade-apart"
    called = N_("lessons of a grade that are no longer apart")
    promise = N_("Lessons of a grade that are to be apart do not come to stand side by side.")
    kind: ClassVar[Kind] = Kind.GRADE
    one_code: ClassVar[type[CodeWeek]] = GradeApartCode
