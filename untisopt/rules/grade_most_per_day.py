"""Lectures of a grade on a day: no more than the master data allow.

What it checks
    The periods in which a grade is taught on a day, compared with the most that is stated for the grade.
Why it matters
    Many school laws limit the lectures of a day by age.
How it is counted
    One per period beyond the limit, grade, day and week class. Part-classes in one period are one. A day that has too
    many so far may keep them, but gets no more.
Example
    5a may have 6 periods a day and has 8 on Monday: two.
Parameters
    ``most`` (0): a limit for all grades for which none is stated; 0: none.
In Untis
    Klassen, "Stunden/Tag" (GPU003, field 8).
Model
    The occupied periods of a day, summed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.i18n import _
from untisopt.rules import _not_stated
from untisopt.rules._per_day import MostPerDay


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeMostPerDay(MostPerDay):
    """No grade has more lectures on a day than stated."""

    id: ClassVar[str] = "grade-most-per-day"
    kind: ClassVar[Kind] = Kind.GRADE

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("too many lectures of a grade on a day")

    def missing(self, school: School) -> str:
        """Some limit must be stated."""
        if self.most or any(limits.most_per_day is not None for limits in school.limits.grades.values()):
            return ""
        return _not_stated.of_grades()

    def stated(self, school: School, name: str) -> int | None:
        """What the master data state for the grade."""
        return school.limits.grade(name).most_per_day
