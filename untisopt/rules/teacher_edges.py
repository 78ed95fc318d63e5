"""Edges of the day: no teacher gets more first and last periods than today.

What it checks
    Lectures of a teacher in the first and last periods of the day, summed over the week.
Why it matters
    Early and late lectures are the ones that families, commuters and second jobs suffer from.
How it is counted
    One per lecture and week class beyond those that the teacher's week has today.
Example
    Arnd has 2 lectures in period 1 and none after period 7. The new plan has one more in period 9: one.
Parameters
    ``weight`` (0): points per lecture; 0: off. ``first`` (1): periods up to this one are early. ``last`` (8): periods
    from this one on are late.
In Untis
    Zeitwünsche of -1 and -2, see ``wishes``, or "Randstunden".
Model
    The occupied periods at the edges of all days of a week, summed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.score import Tier
from untisopt.i18n import _
from untisopt.rules._edges import TeacherEdgesOfWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherEdges(TeacherEdgesOfWeek):
    """No teacher gets more early and late lectures than today."""

    id: ClassVar[str] = "teacher-edges"
    tier: Tier = Tier.COMFORT
    weight: int = 0

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("more early and late lectures of teachers than so far")
