"""Days at school of teachers: nobody comes on more of them than today.

What it checks
    The days of a week on which a teacher has lectures.
Why it matters
    Who lives far away, or teaches part-time, would rather come on three full days than on four half ones.
How it is counted
    One per teacher, day and week class beyond as many as today. Which days they are does not matter; that is what
    ``teacher-free-day`` is about, which lets no free day be lost as long as it is on.
Example
    Arnd comes on 3 days today and on 4 in the new plan: one.
Parameters
    ``weight`` (0): points per day; 0: off.
In Untis
    Unspecified time requests ("two free days"), which no export carries.
Model
    Per day a literal "has any lecture", summed over the week.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.score import Tier
from untisopt.i18n import _
from untisopt.rules._school_days import TeacherDaysOfWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherDays(TeacherDaysOfWeek):
    """Teachers come to school on no more days than today."""

    id: ClassVar[str] = "teacher-days"
    tier: Tier = Tier.COMFORT
    weight: int = 0

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("more days of teachers at school than so far")
