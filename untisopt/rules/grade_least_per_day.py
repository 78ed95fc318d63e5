"""Lectures of a grade on a day: no fewer than the master data demand.

What it checks
    The periods in which a grade is taught on a day, compared with the least that is stated for the grade. A day without
    any lecture is fine.
Why it matters
    Younger pupils are promised that school lasts until a fixed hour.
How it is counted
    One per period that is missing, grade, day and week class. Part-classes in one period are one. A day that has too
    few so far may keep them, but gets no fewer.
Example
    5a shall have 5 periods at least. A lecture of Monday moves to Tuesday, and Monday has 4 left: one.
Parameters
    ``least`` (0): a limit for all grades for which none is stated; 0: none.
In Untis
    Klassen, "Stunden/Tag" (GPU003, field 7).
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
class GradeLeastPerDay(LeastPerDay):
    """No grade has fewer lectures on a day than stated."""

    id: ClassVar[str] = "grade-least-per-day"
    kind: ClassVar[Kind] = Kind.GRADE

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("too few lectures of a grade on a day")

    def missing(self, school: School) -> str:
        """Some limit must be stated."""
        if self.least > 1 or any((limits.least_per_day or 0) > 1 for limits in school.limits.grades.values()):
            return ""
        return _not_stated.of_grades()

    def stated(self, school: School, name: str) -> int | None:
        """Field 7 of GPU003."""
        return school.limits.grade(name).least_per_day
