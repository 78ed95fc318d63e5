"""First and last periods of teachers: as many as today, as a wish and as a limit."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Tier, Violation
from untisopt.i18n import N_, ngettext
from untisopt.rules.bases.measured import MeasuredRule
from untisopt.rules.protocol import Group
from untisopt.wording import in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherEdgesOfWeek(MeasuredRule):
    """Base: lectures of a teacher's week at the edges of the day; as many as today.

    Parameters
    ----------
    first, last : int
        Periods up to the first and from the last on are edges.
    """

    kind: ClassVar[Kind] = Kind.TEACHER
    day_by_day: ClassVar[bool] = False
    first: int = 1
    last: int = 8

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """As many as today."""
        return self.of_week(school, name, week_class)

    def shape(self, school: School, name: str) -> Hashable:
        """Where the edges begin."""
        return self.first, self.last

    @staticmethod
    def measure(shape: Hashable, numbers: Sequence[int], taught: Sequence[int]) -> int:
        """Periods with lectures at the edges."""
        first, last = cast("tuple[int, int]", shape)
        return sum(number <= first or number >= last for number in taught)

    @staticmethod
    def literals(
        model: TimetableModel, shape: Hashable, numbers: Sequence[int], taught: Sequence[Literal], name: str
    ) -> list[Literal]:
        """The occupied periods at the edges themselves."""
        first, last = cast("tuple[int, int]", shape)
        return [here for number, here in zip(numbers, taught, strict=True) if number <= first or number >= last]

    def explain(self, violation: Violation, school: School) -> str:
        """Who gets how many more."""
        facts = violation.facts
        text = ngettext(
            "{name} gets {count} more lecture in an early or late period (up to {first}, from {last} on) in the "
            "week{weeks}",
            "{name} gets {count} more lectures in early or late periods (up to {first}, from {last} on) in the "
            "week{weeks}",
            violation.amount,
        )
        return text.format(
            name=facts.name,
            count=violation.amount,
            first=self.first,
            last=self.last,
            weeks=in_weeks(school, facts.week_class),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherEdges(TeacherEdgesOfWeek):
    """Edges of the day: no teacher gets more first and last periods than today.

    What it checks
        Lectures of a teacher in the first and last periods of the day, summed over the week.
    Why it matters
        Early and late lectures are the ones that families, commuters and second jobs suffer from.
    How it is counted
        One per lecture and week class beyond those that the teacher's week has today.
    Example
        Arnd has 2 lectures in period 1 and none after period 7. The new plan has one more in period 9: one.
    Parameters
        ``weight`` (0): points per lecture; 0: off. ``first`` (1): periods up to this one are early. ``last`` (8):
        periods from this one on are late.
    In Untis
        Zeitwünsche of -1 and -2, see ``wishes``, or "Randstunden".
    Model
        The occupied periods at the edges of all days of a week, summed.
    """

    id: ClassVar[str] = "teacher-edges"
    called = N_("more early and late lectures of teachers than so far")
    promise = N_("As few new early and late lectures of teachers as possible; weight is the price of one.")
    group = Group.TEACHERS
    source = "today's plan"
    tier: Tier = Tier.COMFORT
    weight: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherEdgesKept(TeacherEdgesOfWeek):
    """Edges of the day, nobody worse: no teacher may get more first and last periods than today.

    What it checks
        Lectures of a teacher in the first and last periods of the day, summed over the week.
    Why it matters
        What is better for the school should not be worse for anybody: then nobody has to be asked.
    How it is counted
        One per lecture and week class beyond those that the teacher's week has today; a plan with any is not allowed.
    Example
        Arnd has 2 lectures in period 1 and none after period 7; a plan with one more in period 9 is no plan.
    Parameters
        ``weight`` (0): off; 1 switches the rule on, and so does the switch for all rules of this kind. ``first`` (1):
        periods up to this one are early. ``last`` (8): periods from this one on are late.
    In Untis
        Untis has no such rule.
    Model
        The occupied periods at the edges of all days of a week, summed.
    """

    id: ClassVar[str] = "teacher-edges-kept"
    called = N_("more early and late lectures of a teacher (nobody worse)")
    promise = N_("Nobody worse: no teacher gets more early and late lectures than today.")
    group = Group.NOBODY_WORSE
    source = "today's plan"
    weight: int = 0
