"""Lectures of a teacher on a day: no fewer than the master data demand.

What it checks
    The periods in which a teacher teaches on a day, compared with the least that is stated for the teacher. A day
    without any lecture is fine.
Why it matters
    Nobody wants to come to school for a single lecture.
How it is counted
    One per period that is missing, teacher, day and week class. Two lectures in one period are one. A day that has too
    few so far may keep them, but gets no fewer.
Example
    Arnd shall teach 2 periods at least and has a single one on Monday: one.
Parameters
    ``least`` (0): a limit for all teachers for whom none is stated; 0: none.
In Untis
    Lehrer, "Stunden/Tag" (GPU004, field 8).
Model
    Per number below the limit a literal that must hold if a day with lectures has no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.i18n import _
from untisopt.rules import _not_stated
from untisopt.rules._per_day import LeastPerDay


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherLeastPerDay(LeastPerDay):
    """No teacher comes for fewer lectures than stated."""

    id: ClassVar[str] = "teacher-least-per-day"
    kind: ClassVar[Kind] = Kind.TEACHER

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("too few lectures of a teacher on a day")

    def missing(self, school: School) -> str:
        """Some limit must be stated."""
        if self.least > 1 or any((limits.least_per_day or 0) > 1 for limits in school.limits.teachers.values()):
            return ""
        return _not_stated.of_teachers()

    def stated(self, school: School, name: str) -> int | None:
        """Field 8 of GPU004."""
        return school.limits.teacher(name).least_per_day
