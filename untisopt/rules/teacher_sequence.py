"""Lessons that follow one another: those of a teacher with the same number as sequence code stay beside one another.

What it checks
    The lectures of a teacher with the same sequence code from 1 to 9. They lie in stretches: periods in a row, without
    a free period or another lecture between them. The order does not matter, nor how long the breaks are.
Why it matters
    Who sets up an experiment wants to show it to one class after the other; who teaches sports and Latin does not want
    to change clothes three times a day.
How it is counted
    One per stretch beyond the number of today, per teacher, code and week class, where two lessons at least carry the
    code. A block that has no place yet, because an event has added it, may add a stretch.
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

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.rules._follow import Follow, Stretches
from untisopt.rules._sequence_codes import CodeWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherSequenceCode(Stretches):
    """What the rule asks for one code."""

    id: ClassVar[str] = "teacher-sequence"
    kind: ClassVar[Kind] = Kind.TEACHER


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherSequence(Follow):
    """Lessons of a teacher that shall follow one another lie in no more stretches than today."""

    id: ClassVar[str] = "teacher-sequence"
    kind: ClassVar[Kind] = Kind.TEACHER
    one_code: ClassVar[type[CodeWeek]] = TeacherSequenceCode

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("lessons of a teacher that no longer follow one another")
