"""Lectures of teachers and grades on a day: no fewer than the master data demand."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Violation
from untisopt.i18n import N_, ngettext
from untisopt.rules.bases import not_stated
from untisopt.rules.bases.measured import MeasuredRule, opposite
from untisopt.rules.protocol import Group
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastPerDay(MeasuredRule):
    """Base: on a day with lectures there are at least so many; what is missing counts.

    Parameters
    ----------
    least : int
        The limit of those for whom none is stated; 0: none.
    """

    least: int = 0

    @abstractmethod
    def stated(self, school: School, name: str) -> int | None:
        """What the master data state; None: nothing."""

    def wanted(self, school: School, name: str) -> int:
        """Lectures that a day must have at least; 0 or 1 asks for nothing."""
        stated = self.stated(school, name)
        return self.least if stated is None else stated

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """None may be missing."""
        return 0 if self.wanted(school, name) > 1 else None

    def shape(self, school: School, name: str) -> Hashable:
        """How many lectures there must be."""
        return self.wanted(school, name)

    @staticmethod
    def measure(shape: Hashable, numbers: Sequence[int], taught: Sequence[int]) -> int:
        """Lectures that are missing."""
        return max(0, cast("int", shape) - len(taught)) if taught else 0

    @staticmethod
    def literals(
        model: TimetableModel, shape: Hashable, numbers: Sequence[int], taught: Sequence[Literal], name: str
    ) -> list[Literal]:
        """One per number of lectures below the limit: there are so many at most, but not none."""
        any_ = model.any_of(taught, f"{name} any")
        free = [opposite(literal) for literal in taught]
        found = []
        for few in range(1, cast("int", shape)):
            # With n lectures len(taught) - n periods are free; `any_` adds few + 1: more than len(taught) if n <= few.
            terms = [*free, *[any_] * (few + 1)]
            found.append(model.at_least_sum(terms, len(taught), f"{name} at most {few}"))
        return found

    def explain(self, violation: Violation, school: School) -> str:
        """Who has how many too few, when."""
        facts = violation.facts
        text = ngettext(
            "{name} has {count} lecture fewer than the {limit} demanded on {day}{weeks}",
            "{name} has {count} lectures fewer than the {limit} demanded on {day}{weeks}",
            violation.amount,
        )
        return text.format(
            name=facts.name,
            count=violation.amount,
            limit=self.wanted(school, facts.name),
            day=day_name(facts.day or 0),
            weeks=in_weeks(school, facts.week_class),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherLeastPerDay(LeastPerDay):
    """Lectures of a teacher on a day: no fewer than the master data demand.

    What it checks
        The periods in which a teacher teaches on a day, compared with the least that is stated for the teacher. A day
        without any lecture is fine.
    Why it matters
        Nobody wants to come to school for a single lecture.
    How it is counted
        One per period that is missing, teacher, day and week class. Two lectures in one period are one. A day that has
        too few so far may keep them, but gets no fewer.
    Example
        Arnd shall teach 2 periods at least and has a single one on Monday: one.
    Parameters
        ``least`` (0): a limit for all teachers for whom none is stated; 0: none.
    In Untis
        Lehrer, "Stunden/Tag" (GPU004, field 8).
    Model
        Per number below the limit a literal that must hold if a day with lectures has no more.
    """

    id: ClassVar[str] = "teacher-least-per-day"
    called = N_("too few lectures of a teacher on a day")
    promise = N_(
        "A teacher who comes on a day has as many lectures as stated; least is the limit of those without one."
    )
    group = Group.TEACHERS
    source = "GPU004, policy"
    kind: ClassVar[Kind] = Kind.TEACHER

    def missing(self, school: School) -> str:
        """Some limit must be stated."""
        if self.least > 1 or any((limits.least_per_day or 0) > 1 for limits in school.limits.teachers.values()):
            return ""
        return not_stated.of_teachers()

    def stated(self, school: School, name: str) -> int | None:
        """Field 8 of GPU004."""
        return school.limits.teacher(name).least_per_day


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeLeastPerDay(LeastPerDay):
    """Lectures of a grade on a day: no fewer than the master data demand.

    What it checks
        The periods in which a grade is taught on a day, compared with the least that is stated for the grade. A day
        without any lecture is fine.
    Why it matters
        Younger pupils are promised that school lasts until a fixed hour.
    How it is counted
        One per period that is missing, grade, day and week class. Part-classes in one period are one. A day that has
        too few so far may keep them, but gets no fewer.
    Example
        5a shall have 5 periods at least. A lecture of Monday moves to Tuesday, and Monday has 4 left: one.
    Parameters
        ``least`` (0): a limit for all grades for which none is stated; 0: none.
    In Untis
        Klassen, "Stunden/Tag" (GPU003, field 7).
    Model
        Per number below the limit a literal that must hold if a day with lectures has no more.
    """

    id: ClassVar[str] = "grade-least-per-day"
    called = N_("too few lectures of a grade on a day")
    promise = N_("A grade that comes on a day has as many lectures as stated; least is the limit of those without one.")
    group = Group.GRADES
    source = "GPU003, policy"
    kind: ClassVar[Kind] = Kind.GRADE

    def missing(self, school: School) -> str:
        """Some limit must be stated."""
        if self.least > 1 or any((limits.least_per_day or 0) > 1 for limits in school.limits.grades.values()):
            return ""
        return not_stated.of_grades()

    def stated(self, school: School, name: str) -> int | None:
        """Field 7 of GPU003."""
        return school.limits.grade(name).least_per_day
