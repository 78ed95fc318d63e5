"""Gaps of teachers in a week: as many as today, as a wish and as a limit, and the most that are stated."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Tier, Violation
from untisopt.i18n import N_, ngettext
from untisopt.rules.bases import not_stated
from untisopt.rules.bases.measured import MeasuredRule
from untisopt.rules.bases.refers import References, Refers
from untisopt.rules.protocol import Group
from untisopt.wording import in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherGapsOfWeek(MeasuredRule):
    """Base: the gaps of a teacher's week, of which there are no more than today unless a subclass says otherwise."""

    kind: ClassVar[Kind] = Kind.TEACHER
    day_by_day: ClassVar[bool] = False

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """As many as today."""
        return self.of_week(school, name, week_class)

    def explain(self, violation: Violation, school: School) -> str:
        """Who has how many gaps more."""
        facts = violation.facts
        text = ngettext(
            "{name} gets {count} more gap in the week{weeks}",
            "{name} gets {count} more gaps in the week{weeks}",
            violation.amount,
        )
        return text.format(name=facts.name, count=violation.amount, weeks=in_weeks(school, facts.week_class))

    def shape_on(self, school: School, name: str, day: int) -> Hashable:
        """The periods in which the teacher does not wait: away, or when the whole school is free."""
        numbers = school.grid.numbers(day)
        return frozenset(n for n in numbers if not school.waits((Kind.TEACHER, name), Period(day, n)))

    @staticmethod
    def measure(shape: Hashable, numbers: Sequence[int], taught: Sequence[int]) -> int:
        """Free periods between the first and the last lecture in which the teacher waits."""
        between = {number for number in numbers if taught[0] < number < taught[-1]}
        return len(between.difference(taught, _not_waited(shape)))

    @staticmethod
    def literals(
        model: TimetableModel, shape: Hashable, numbers: Sequence[int], taught: Sequence[Literal], name: str
    ) -> list[Literal]:
        """One per period that is free between lectures."""
        waited = [number not in _not_waited(shape) for number in numbers]
        covered = [literal if waits else True for literal, waits in zip(taught, waited, strict=True)]
        return model.gaps(taught, name, forbid=False, covered=covered)


def _not_waited(shape: Hashable) -> frozenset[int]:
    return shape if isinstance(shape, frozenset) else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherGaps(TeacherGapsOfWeek):
    """Gaps of teachers: nobody's week gets more of them than today.

    What it checks
        Free periods of a teacher between the first and the last lecture of a day, summed over the week.
    Why it matters
        A gap is time at school that nobody pays for. A repair that saves journeys by scattering somebody's lectures
        over the day is no gift.
    How it is counted
        One per gap and week class beyond those that the teacher's week has today; fewer gaps earn nothing, because the
        aim is the fewest changes.
    Example
        Arnd has 3 gaps in a week today and 5 in the new plan: two.
    Parameters
        ``weight`` (0): points per gap; with 1, a gap counts as much as a moved lecture. It is off unless asked for,
        because it leaves the repair less room. The preset ``published`` asks for more: see ``teacher-gaps-kept``.
    In Untis
        Hohlstunden (Optimierung); their number per week is the field "Hohlst. min-max", see ``teacher-most-gaps``.
    Model
        The gap literals of all days of a week, summed.
    """

    id: ClassVar[str] = "teacher-gaps"
    called = N_("more gaps of teachers than so far")
    promise = N_("As few new gaps of teachers as possible; weight is the price of one.")
    group = Group.TEACHERS
    source = "today's plan"
    tier: Tier = Tier.COMFORT
    weight: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherGapsKept(TeacherGapsOfWeek):
    """Gaps of teachers, nobody worse: no week may get more of them than today.

    What it checks
        Free periods of a teacher between the first and the last lecture of a day, summed over the week.
    Why it matters
        What is better for the school should not be worse for anybody: then nobody has to be asked.
    How it is counted
        One per gap and week class beyond those that the teacher's week has today; a plan with any is not allowed.
    Example
        Arnd has 3 gaps in a week today; a plan that gives Arnd 4 is no plan.
    Parameters
        ``weight`` (0): off; 1 switches the rule on, and so does the switch for all rules of this kind.
    In Untis
        Untis has no such rule.
    Model
        The gap literals of all days of a week, summed.
    """

    id: ClassVar[str] = "teacher-gaps-kept"
    called = N_("more gaps of a teacher (nobody worse)")
    promise = N_("Nobody worse: no teacher's week gets more gaps than today.")
    group = Group.NOBODY_WORSE
    source = "today's plan"
    weight: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherMostGaps(TeacherGapsOfWeek):
    """Gaps of a teacher in a week: no more than the master data allow.

    What it checks
        Free periods between the first and the last lecture of a day, summed over the week, compared with the most that
        is stated for the teacher.
    Why it matters
        The limit is often agreed with the staff council, for part-time teachers above all.
    How it is counted
        One per gap beyond the limit, teacher and week class. A week that has too many so far may keep them, but gets no
        more. The least number of gaps, which Untis knows as well, is not judged: no teacher asks for gaps.
    Example
        Arnd may have 3 gaps a week and has 5: two.
    Parameters
        ``most`` (none): teachers and their limits, such as ``{ Arnd = 3 }``; they go before what the master data state.
    In Untis
        Lehrer, "Hohlstunden" (GPU004, field 11).
    Model
        The gap literals of all days of a week, summed.
    """

    id: ClassVar[str] = "teacher-most-gaps"
    called = N_("too many gaps of a teacher in a week")
    promise = N_("No teacher has more gaps in a week than stated.")
    group = Group.TEACHERS
    source = "GPU004, policy"
    refers: ClassVar[References] = {"most": Refers(names=Kind.TEACHER)}
    most: Mapping[str, int] = field(default_factory=dict)

    def missing(self, school: School) -> str:
        """Some limit must be stated."""
        if self.most or any(limits.most_gaps is not None for limits in school.limits.teachers.values()):
            return ""
        return not_stated.of_teachers()

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """What the policy or the master data state."""
        return self.most.get(name, school.limits.teacher(name).most_gaps)

    def explain(self, violation: Violation, school: School) -> str:
        """Who has how many too many."""
        facts = violation.facts
        text = ngettext(
            "{name} has {count} gap more than the {limit} allowed in the week{weeks}",
            "{name} has {count} gaps more than the {limit} allowed in the week{weeks}",
            violation.amount,
        )
        return text.format(
            name=facts.name,
            count=violation.amount,
            limit=self.limit(school, facts.name, facts.week_class or 0),
            weeks=in_weeks(school, facts.week_class),
        )
