"""Lessons that are kept apart: those of a teacher with the same letter as sequence code do not come to stand together.

What it checks
    Neighbouring periods of a day in which a teacher has lectures with the same sequence code from A to F. How long the
    break between the two is does not matter.
Why it matters
    Chemistry twice in a row, with different experiments, leaves no time to prepare the second one.
How it is counted
    One per pair of neighbouring periods beyond the number of today, per teacher, code and week class, where two lessons
    at least carry the code. Blocks stay whole, so that the pairs inside of a double period make no difference.
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

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.rules._apart import Apart, Neighbours
from untisopt.rules._sequence_codes import CodeWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherApartCode(Neighbours):
    """What the rule asks for one code."""

    id: ClassVar[str] = "teacher-apart"
    kind: ClassVar[Kind] = Kind.TEACHER


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherApart(Apart):
    """No teacher has more neighbouring lessons that shall be apart than today."""

    id: ClassVar[str] = "teacher-apart"
    kind: ClassVar[Kind] = Kind.TEACHER
    one_code: ClassVar[type[CodeWeek]] = TeacherApartCode

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("lessons of a teacher that are no longer apart")
