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

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Violation
from untisopt.i18n import _, ngettext
from untisopt.rules._measured import Measured
from untisopt.rules._not_stated import of_teachers
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherMostPerDay(Measured):
    """No teacher has more lectures on a day than stated."""

    id: ClassVar[str] = "teacher-most-per-day"
    kind: ClassVar[Kind] = Kind.TEACHER
    most: int = 0

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("too many lectures of a teacher on a day")

    def missing(self, school: School) -> str:
        """Some limit must be stated."""
        if self.most or any(limits.most_per_day is not None for limits in school.limits.teachers.values()):
            return ""
        return of_teachers()

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """What is stated for the teacher, else for all."""
        stated = school.limits.teacher(name).most_per_day
        return stated if stated is not None else self.most or None

    @staticmethod
    def measure(shape: Hashable, numbers: Sequence[int], taught: Sequence[int]) -> int:
        """Periods with lectures."""
        return len(taught)

    @staticmethod
    def literals(
        model: TimetableModel, shape: Hashable, numbers: Sequence[int], taught: Sequence[Literal], name: str
    ) -> list[Literal]:
        """The occupied periods themselves."""
        return list(taught)

    def explain(self, violation: Violation, school: School) -> str:
        """Who has how many too many, when."""
        facts = violation.facts
        limit = self.limit(school, facts.name, facts.week_class or 0)
        text = ngettext(
            "{name} has {count} lecture more than the {limit} allowed on {day}{weeks}",
            "{name} has {count} lectures more than the {limit} allowed on {day}{weeks}",
            violation.amount,
        )
        return text.format(
            name=facts.name,
            count=violation.amount,
            limit=limit,
            day=day_name(facts.day or 0),
            weeks=in_weeks(school, facts.week_class),
        )
