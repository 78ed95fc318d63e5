"""Half-days of grades: at one site in a morning, and at one in an afternoon.

What it checks
    The sites of all lectures of a grade in a half-day. Where lectures run in parallel at two sites, both count.
Why it matters
    A class on the road is a class that needs somebody to go with it.
How it is counted
    One per site beyond the first, per grade, half-day and week class. What is so today may remain.
Example
    7a has sports at the branch in periods 3-4 and the rest of Monday's morning in the main building: one.
Parameters
    ``weight`` (0: off). ``afternoon`` (0): first period of the afternoon; 0 takes the one after the longest break of 20
    minutes or more that begins between 11:00 and 14:00, or 7 where there is none.
In Untis
    Optimierung, "Außenstellen halbtageweise"; it holds for classes as well.
Model
    Per half-day and site a literal "is there"; at most one of them holds, or as many as today.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.rules._half_days import OneSitePerHalfDay


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeHalfDaySite(OneSitePerHalfDay):
    """A grade stays at one site for half a day."""

    id: ClassVar[str] = "grade-half-day-site"
    kind: ClassVar[Kind] = Kind.GRADE

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("grade at several sites in a half-day")
