"""Lectures of a teacher on a day: no more than the master data allow.

What it checks
    The periods in which a teacher teaches on a day, compared with the most that is stated for the teacher.
Why it matters
    The limit protects health and is often agreed with the staff council.
How it is counted
    One per period beyond the limit, teacher, day and week class. Two lectures in one period are one.
Example
    Arnd may teach 6 periods a day and has 8 on Monday: two.
Parameters
    ``most`` (0): a limit for all teachers for whom none is stated; 0: none.
In Untis
    Lehrer, "Stunden/Tag" (GPU004, field 9).
Model
    The occupied periods of a day, summed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.i18n import _
from untisopt.rules._not_stated import of_teachers
from untisopt.rules._per_day import MostPerDay


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherMostPerDay(MostPerDay):
    """No teacher has more lectures on a day than stated."""

    id: ClassVar[str] = "teacher-most-per-day"
    kind: ClassVar[Kind] = Kind.TEACHER

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("too many lectures of a teacher on a day")

    def missing(self, school: School) -> str:
        """Some limit must be stated."""
        if self.most or any(limits.most_per_day is not None for limits in school.limits.teachers.values()):
            return ""
        return of_teachers()

    def stated(self, school: School, name: str) -> int | None:
        """What the master data state for the teacher."""
        return school.limits.teacher(name).most_per_day
