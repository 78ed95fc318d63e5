"""Edges of the day, nobody worse: no teacher may get more first and last periods than today.

What it checks
    Lectures of a teacher in the first and last periods of the day, summed over the week.
Why it matters
    What is better for the school should not be worse for anybody: then nobody has to be asked.
How it is counted
    One per lecture and week class beyond those that the teacher's week has today; a plan with any is not allowed.
Example
    Arnd has 2 lectures in period 1 and none after period 7; a plan with one more in period 9 is no plan.
Parameters
    ``weight`` (0): off; 1 switches the rule on, and so does the switch for all rules of this kind. ``first`` (1):
    periods up to this one are early. ``last`` (8): periods from this one on are late.
In Untis
    Untis has no such rule.
Model
    The occupied periods at the edges of all days of a week, summed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.i18n import _
from untisopt.rules._edges import TeacherEdgesOfWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherEdgesKept(TeacherEdgesOfWeek):
    """No teacher may get more early and late lectures than today."""

    id: ClassVar[str] = "teacher-edges-kept"
    weight: int = 0

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("more early and late lectures of a teacher (nobody worse)")
