"""Teacher clash: no teacher is needed by two lectures at once.

What it checks
    Two lectures of a teacher in the same period of the same week.
Why it matters
    One of the two would be without a teacher.
How it is counted
    One per pair of lectures, period and week class.
Example
    Arnd teaches Ma in 10.3 and Ph in 9.1, both on Monday in period 3: one clash.
Parameters
    ``allow_existing`` (true): pairs of lessons that share a teacher and run in parallel so far are taken as meant;
    dummy teachers such as "Sport" stand in many plans. Set it to false where that is a mistake to be repaired.
In Untis
    Kollision Lehrer, shown in the planning dialog.
Model
    One at-most-one row per period over the lessons that must not meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.rules._overlaps import Overlaps


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherClash(Overlaps):
    """No teacher is needed by two lectures at once."""

    id: ClassVar[str] = "teacher-clash"
    kind: ClassVar[Kind] = Kind.TEACHER

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("teacher clash")
