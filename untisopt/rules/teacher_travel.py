"""Travel time of teachers: enough time between two lectures at different sites.

What it checks
    Two consecutive lectures of a teacher on a day at different sites, where the time from the end of the first to the
    start of the second is shorter than the journey, or where the break between them is declared unusable.
Why it matters
    The teacher comes late, every week.
How it is counted
    One per change that is too short and week class. Lectures without a room, or in a room without a site, are passed
    over.
Example
    25 minutes of travel; period 5 ends at 12:15 in the main building, period 6 starts at 12:15 at the branch: one.
    From period 6 (13:00) to period 7 (13:30) there are 30 minutes: none.
Parameters
    None of its own: sites, travel times, breaks and unusable breaks stand in the policy.
In Untis
    Untis knows off-site codes of rooms but no minutes.
Model
    For every pair of periods too close in time, at most one of the literals at either end holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.rules._travel import TooShortTravel


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherTravel(TooShortTravel):
    """Teachers have enough time between lectures at different sites."""

    id: ClassVar[str] = "teacher-travel"
    kind: ClassVar[Kind] = Kind.TEACHER

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("travel time of teachers too short")
