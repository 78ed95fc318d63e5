"""Travel time of grades: enough time between two lectures at different sites.

What it checks
    Two consecutive occupied periods of a grade on a day that have no site in common, where the time between them is
    shorter than the journey.
Why it matters
    A whole class comes late, and somebody has to walk with it.
How it is counted
    One per change that is too short and week class. In an upper year with parallel courses at two sites nobody knows
    who sits where; such a period counts only if no site is common.
Example
    10.3 has Ma in the main building in period 2 (until 09:30) and Sp at the branch in period 3 (from 09:50), 25 minutes
    of travel: one.
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
class GradeTravel(TooShortTravel):
    """Grades have enough time between lectures at different sites."""

    id: ClassVar[str] = "grade-travel"
    kind: ClassVar[Kind] = Kind.GRADE

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("travel time of grades too short")
