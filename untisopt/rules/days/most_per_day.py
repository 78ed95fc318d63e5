"""Lectures of teachers and grades on a day: no more than the master data allow."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Violation
from untisopt.i18n import N_, ngettext
from untisopt.rules.bases import not_stated
from untisopt.rules.bases.measured import MeasuredRule
from untisopt.rules.bases.not_stated import of_teachers
from untisopt.rules.protocol import Group
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class MostPerDay(MeasuredRule):
    """Base: a day has so many lectures at most.

    Parameters
    ----------
    most : int
        The limit of those for whom none is stated; 0: none.
    """

    most: int = 0

    @abstractmethod
    def stated(self, school: School, name: str) -> int | None:
        """What the master data state; None: nothing."""

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """What is stated, else the limit of all."""
        stated = self.stated(school, name)
        return self.most or None if stated is None else stated

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
        text = ngettext(
            "{name} has {count} lecture more than the {limit} allowed on {day}{weeks}",
            "{name} has {count} lectures more than the {limit} allowed on {day}{weeks}",
            violation.amount,
        )
        return text.format(
            name=facts.name,
            count=violation.amount,
            limit=self.limit(school, facts.name, facts.week_class or 0),
            day=day_name(facts.day or 0),
            weeks=in_weeks(school, facts.week_class),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherMostPerDay(MostPerDay):
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

    id: ClassVar[str] = "teacher-most-per-day"
    called = N_("too many lectures of a teacher on a day")
    promise = N_("No teacher has more lectures on a day than stated; most is the limit of those without one.")
    group = Group.TEACHERS
    source = "GPU004, policy"
    kind: ClassVar[Kind] = Kind.TEACHER

    def missing(self, school: School) -> str:
        """Some limit must be stated."""
        if self.most or any(limits.most_per_day is not None for limits in school.limits.teachers.values()):
            return ""
        return of_teachers()

    def stated(self, school: School, name: str) -> int | None:
        """What the master data state for the teacher."""
        return school.limits.teacher(name).most_per_day


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeMostPerDay(MostPerDay):
    """Lectures of a grade on a day: no more than the master data allow.

    What it checks
        The periods in which a grade is taught on a day, compared with the most that is stated for the grade.
    Why it matters
        Many school laws limit the lectures of a day by age.
    How it is counted
        One per period beyond the limit, grade, day and week class. Part-classes in one period are one. A day that has
        too many so far may keep them, but gets no more.
    Example
        5a may have 6 periods a day and has 8 on Monday: two.
    Parameters
        ``most`` (0): a limit for all grades for which none is stated; 0: none.
    In Untis
        Klassen, "Stunden/Tag" (GPU003, field 8).
    Model
        The occupied periods of a day, summed.
    """

    id: ClassVar[str] = "grade-most-per-day"
    called = N_("too many lectures of a grade on a day")
    promise = N_("No grade has more lectures on a day than stated; most is the limit of those without one.")
    group = Group.GRADES
    source = "GPU003, policy"
    kind: ClassVar[Kind] = Kind.GRADE

    def missing(self, school: School) -> str:
        """Some limit must be stated."""
        if self.most or any(limits.most_per_day is not None for limits in school.limits.grades.values()):
            return ""
        return not_stated.of_grades()

    def stated(self, school: School, name: str) -> int | None:
        """What the master data state for the grade."""
        return school.limits.grade(name).most_per_day
