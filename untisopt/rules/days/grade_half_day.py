"""Half-days of grades."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Violation
from untisopt.i18n import N_, _
from untisopt.rules.bases import not_stated
from untisopt.rules.bases.exempt import is_exempt
from untisopt.rules.bases.measured import MeasuredRule
from untisopt.rules.bases.midday import first_of_afternoon
from untisopt.rules.bases.refers import References, Refers
from untisopt.rules.protocol import Group
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeHalfDay(MeasuredRule):
    """Half-days of a grade: on a day it is taught in the morning or in the afternoon, not in both.

    What it checks
        Days on which a grade has lectures before and after midday, for grades of which the master data demand one
        half-day.
    Why it matters
        Evening classes, vocational classes and classes that share rooms come for half a day.
    How it is counted
        One per grade, day and week class. A day with lectures in both halves so far may keep them.
    Example
        10.3 has periods 1 to 4 on Monday. A lecture moves to Monday 8: one.
    Parameters
        ``grades`` (none): further grades that this applies to, by short name or shell pattern. ``afternoon`` (0): first
        period of the afternoon; 0: the period after the longest break of 20 minutes or more that begins between 11:00
        and 14:00, or 7 where there is no such break.
    In Untis
        Klassen, flag H (GPU003, field 5): at most one half-day per day.
    Model
        A literal that must hold if any period before and any after midday is taught in.
    """

    id: ClassVar[str] = "grade-half-day"
    called = N_("morning and afternoon lectures of a grade on a day")
    promise = N_("Grades that come for half a day come in the morning or in the afternoon, not in both.")
    group = Group.GRADES
    source = "GPU003, policy"
    kind: ClassVar[Kind] = Kind.GRADE
    refers: ClassVar[References] = {
        "grades": Refers(names=Kind.GRADE, patterns=True),
        "afternoon": Refers(periods=True),
    }
    grades: tuple[str, ...] = ()
    afternoon: int = 0

    def missing(self, school: School) -> str:
        """Some grade must be one that comes for half a day."""
        if self.grades or any(limits.one_half_day for limits in school.limits.grades.values()):
            return ""
        return not_stated.of_grades()

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """Not both."""
        return 0 if school.limits.grade(name).one_half_day or is_exempt(name, self.grades) else None

    def shape(self, school: School, name: str) -> Hashable:
        """The first period of the afternoon."""
        return self.afternoon or first_of_afternoon(school)

    @staticmethod
    def measure(shape: Hashable, numbers: Sequence[int], taught: Sequence[int]) -> int:
        """One if there are lectures in both halves."""
        return int(bool(taught) and taught[0] < cast("int", shape) <= taught[-1])

    @staticmethod
    def literals(
        model: TimetableModel, shape: Hashable, numbers: Sequence[int], taught: Sequence[Literal], name: str
    ) -> list[Literal]:
        """There are lectures in both halves."""
        afternoon = cast("int", shape)
        days = list(zip(numbers, taught, strict=True))
        halves = (
            model.any_of((literal for number, literal in days if number < afternoon), f"{name} in the morning"),
            model.any_of((literal for number, literal in days if number >= afternoon), f"{name} in the afternoon"),
        )
        return [model.at_least_sum(halves, 1, f"{name} both halves")]

    def explain(self, violation: Violation, school: School) -> str:
        """Which grade comes for both halves of which day."""
        facts = violation.facts
        return _("{name} has lectures in the morning and in the afternoon on {day}{weeks}").format(
            name=facts.name, day=day_name(facts.day or 0), weeks=in_weeks(school, facts.week_class)
        )
