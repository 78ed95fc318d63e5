"""Lessons that are kept apart: those of a grade with the same letter as sequence code do not come to stand together.

What it checks
    Neighbouring periods of a day in which a grade has lectures with the same sequence code from A to F. How long the
    break between the two is does not matter.
Why it matters
    Italian straight after Latin: pupils mix them up.
How it is counted
    One per pair of neighbouring periods beyond the number of today, per grade, code and week class, where two lessons
    at least carry the code. Blocks stay whole, so that the pairs inside of a double period make no difference.
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

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.rules._apart import Apart, Neighbours
from untisopt.rules._sequence_codes import CodeWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeApartCode(Neighbours):
    """What the rule asks for one code."""

    id: ClassVar[str] = "grade-apart"
    kind: ClassVar[Kind] = Kind.GRADE


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeApart(Apart):
    """No grade has more neighbouring lessons that shall be apart than today."""

    id: ClassVar[str] = "grade-apart"
    kind: ClassVar[Kind] = Kind.GRADE
    one_code: ClassVar[type[CodeWeek]] = GradeApartCode

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("lessons of a grade that are no longer apart")
