"""Half-days of teachers: at one site in a morning, and at one in an afternoon.

What it checks
    The sites of all lectures of a teacher in a half-day. Where lectures run in parallel at two sites, both count.
Why it matters
    Whoever stays for half a day loses no break on the road. Untis offers this and nothing finer.
How it is counted
    One per site beyond the first, per teacher, half-day and week class. What is so today may remain.
Example
    Arnd has periods 1-2 in the main building and 4-5 at the branch on Monday: one. With 1-2 there and 7-8 at the
    branch: none.
Parameters
    ``weight`` (0: off). ``afternoon`` (0): first period of the afternoon; 0 takes the one after the longest break of 20
    minutes or more that begins between 11:00 and 14:00, or 7 where there is none.
In Untis
    Optimierung, "Außenstellen halbtageweise".
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
class TeacherHalfDaySite(OneSitePerHalfDay):
    """A teacher stays at one site for half a day."""

    id: ClassVar[str] = "teacher-half-day-site"
    kind: ClassVar[Kind] = Kind.TEACHER

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("teacher at several sites in a half-day")
