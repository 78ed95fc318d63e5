"""The last period of grades."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, ClassVar, cast

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Violation
from untisopt.i18n import N_, ngettext
from untisopt.rules.bases import not_stated
from untisopt.rules.bases.measured import MeasuredRule
from untisopt.rules.bases.refers import References, Refers
from untisopt.rules.protocol import Group
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeLastPeriod(MeasuredRule):
    """End of the day: no grade is taught after the period that the school has promised.

    What it checks
        Lectures of a grade after the last period that the policy states for it.
    Why it matters
        The youngest go home at a fixed hour: buses, after-school care and parents are arranged for it.
    How it is counted
        One per period with a lecture after the last one, grade, day and week class. What is late so far may remain, but
        a day gets no more of it.
    Example
        Grades 5 and 6 end with period 6. A lecture of 5a moves to period 7: one.
    Parameters
        ``last`` (none): grades, or shell patterns, and their last periods, such as ``{ "5*" = 6, "10.3" = 8 }``; a name
        goes before a pattern, and the first pattern that matches counts. Without it the rule is off.
    In Untis
        Klassen, Zeitwünsche of -3.
    Model
        The occupied periods after the last one, summed.
    """

    id: ClassVar[str] = "grade-last-period"
    called = N_("lectures of a grade after its last period")
    promise = N_("Grades that you name have no lecture after the period you say.")
    group = Group.GRADES
    source = "policy"
    kind: ClassVar[Kind] = Kind.GRADE
    refers: ClassVar[References] = {"last": Refers(names=Kind.GRADE, patterns=True, periods=True)}
    last: Mapping[str, int] = field(default_factory=dict)

    def missing(self, school: School) -> str:
        """Some last period must be stated."""
        return "" if self.last else not_stated.by_policy()

    def last_of(self, grade: str) -> int | None:
        """The last period of a grade; None: any."""
        if grade in self.last:
            return self.last[grade]
        return next((number for pattern, number in self.last.items() if fnmatchcase(grade, pattern)), None)

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """None later than that."""
        return None if self.last_of(name) is None else 0

    def shape(self, school: School, name: str) -> Hashable:
        """The last period."""
        return self.last_of(name)

    @staticmethod
    def measure(shape: Hashable, numbers: Sequence[int], taught: Sequence[int]) -> int:
        """Periods with lectures after the last one."""
        return sum(number > cast("int", shape) for number in taught)

    @staticmethod
    def literals(
        model: TimetableModel, shape: Hashable, numbers: Sequence[int], taught: Sequence[Literal], name: str
    ) -> list[Literal]:
        """The occupied periods after the last one themselves."""
        return [here for number, here in zip(numbers, taught, strict=True) if number > cast("int", shape)]

    def explain(self, violation: Violation, school: School) -> str:
        """Which grade has how many lectures too late, when."""
        facts = violation.facts
        text = ngettext(
            "{name} has {count} lecture after period {last} on {day}{weeks}",
            "{name} has {count} lectures after period {last} on {day}{weeks}",
            violation.amount,
        )
        return text.format(
            name=facts.name,
            count=violation.amount,
            last=self.last_of(facts.name),
            day=day_name(facts.day or 0),
            weeks=in_weeks(school, facts.week_class),
        )
