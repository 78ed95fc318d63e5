"""Gaps of teachers, nobody worse: no week may get more of them than today.

What it checks
    Free periods of a teacher between the first and the last lecture of a day, summed over the week.
Why it matters
    What is better for the school should not be worse for anybody: then nobody has to be asked.
How it is counted
    One per gap and week class beyond those that the teacher's week has today; a plan with any is not allowed.
Example
    Arnd has 3 gaps in a week today; a plan that gives Arnd 4 is no plan.
Parameters
    ``weight`` (0): off; 1 switches the rule on, and so does the switch for all rules of this kind.
In Untis
    Untis has no such rule.
Model
    The gap literals of all days of a week, summed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.i18n import _
from untisopt.rules._gaps import TeacherGapsOfWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherGapsKept(TeacherGapsOfWeek):
    """No teacher's week may get more gaps than today."""

    id: ClassVar[str] = "teacher-gaps-kept"
    weight: int = 0

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("more gaps of a teacher (nobody worse)")
