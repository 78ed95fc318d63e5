"""Lessons that follow one another: those of a grade with the same number as sequence code stay beside one another.

What it checks
    The lectures of a grade with the same sequence code from 1 to 9. They lie in stretches: periods in a row, without a
    free period or another lecture between them. The order does not matter, nor how long the breaks are.
Why it matters
    German and mathematics one after the other give room for a test of two periods; somebody has asked for that.
How it is counted
    One per stretch beyond the number of today, per grade, code and week class, where two lessons at least carry the
    code. A block that has no place yet, because an event has added it, may add a stretch.
Example
    German and Mathematics carry 5. Grade 7 has them in periods 1 and 2 of Monday. Mathematics moves to Tuesday: one,
    because there are two stretches now.
Parameters
    ``weight`` (1): points per stretch; 0 switches the rule off.
In Untis
    Fachfolge Klassen 1 to 9: of the lesson (GPU002, field 25), else of the subject for the whole school (GPU006,
    field 11). Untis takes it as a wish; a repair makes nothing worse that the plan fulfils.
Model
    Per period a literal for "has the code, and the period before has not"; at most as many of them hold as there are
    stretches today. The chains carry it as a rule that measures days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.rules._follow import Follow, Stretches
from untisopt.rules._sequence_codes import CodeWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeSequenceCode(Stretches):
    """What the rule asks for one code."""

    id: ClassVar[str] = "grade-sequence"
    kind: ClassVar[Kind] = Kind.GRADE


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeSequence(Follow):
    """Lessons of a grade that shall follow one another lie in no more stretches than today."""

    id: ClassVar[str] = "grade-sequence"
    kind: ClassVar[Kind] = Kind.GRADE
    one_code: ClassVar[type[CodeWeek]] = GradeSequenceCode

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("lessons of a grade that no longer follow one another")
