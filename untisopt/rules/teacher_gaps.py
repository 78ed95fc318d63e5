"""Gaps of teachers: nobody's week gets more of them than today.

What it checks
    Free periods of a teacher between the first and the last lecture of a day, summed over the week.
Why it matters
    A gap is time at school that nobody pays for. A repair that saves journeys by scattering somebody's lectures over
    the day is no gift.
How it is counted
    One per gap and week class beyond those that the teacher's week has today; fewer gaps earn nothing, because the aim
    is the fewest changes.
Example
    Arnd has 3 gaps in a week today and 5 in the new plan: two.
Parameters
    ``weight`` (0): points per gap; with 1, a gap counts as much as a moved lecture. It is off unless asked for, because
    it leaves the repair less room. The preset ``published`` asks for more: see ``teacher-gaps-kept``.
In Untis
    Hohlstunden (Optimierung); their number per week is the field "Hohlst. min-max", see ``teacher-most-gaps``.
Model
    The gap literals of all days of a week, summed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.score import Tier
from untisopt.i18n import _
from untisopt.rules._gaps import TeacherGapsOfWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherGaps(TeacherGapsOfWeek):
    """No teacher's week gets more gaps than today."""

    id: ClassVar[str] = "teacher-gaps"
    tier: Tier = Tier.COMFORT
    weight: int = 0

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("more gaps of teachers than so far")
