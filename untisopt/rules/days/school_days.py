"""Days at school of teachers: as many as today, as a wish and as a limit, and the most that are promised."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

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
class TeacherDaysOfWeek(MeasuredRule):
    """Base: the days of a week on which a teacher teaches; as many as today."""

    kind: ClassVar[Kind] = Kind.TEACHER
    day_by_day: ClassVar[bool] = False

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """As many as today."""
        return self.of_week(school, name, week_class)

    @staticmethod
    def measure(shape: Hashable, numbers: Sequence[int], taught: Sequence[int]) -> int:
        """One if there is any lecture."""
        return int(bool(taught))

    @staticmethod
    def literals(
        model: TimetableModel, shape: Hashable, numbers: Sequence[int], taught: Sequence[Literal], name: str
    ) -> list[Literal]:
        """There is a lecture."""
        return [model.any_of(taught, f"{name} at school")]

    def explain(self, violation: Violation, school: School) -> str:
        """Who comes on how many days more."""
        facts = violation.facts
        text = ngettext(
            "{name} comes to school on {count} more day in the week{weeks}",
            "{name} comes to school on {count} more days in the week{weeks}",
            violation.amount,
        )
        return text.format(name=facts.name, count=violation.amount, weeks=in_weeks(school, facts.week_class))


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherDays(TeacherDaysOfWeek):
    """Days at school of teachers: nobody comes on more of them than today.

    What it checks
        The days of a week on which a teacher has lectures.
    Why it matters
        Who lives far away, or teaches part-time, would rather come on three full days than on four half ones.
    How it is counted
        One per teacher, day and week class beyond as many as today. Which days they are does not matter; that is what
        ``teacher-free-day`` is about, which lets no free day be lost as long as it is on.
    Example
        Arnd comes on 3 days today and on 4 in the new plan: one.
    Parameters
        ``weight`` (0): points per day; 0: off.
    In Untis
        Unspecified time requests ("two free days"), which no export carries.
    Model
        Per day a literal "has any lecture", summed over the week.
    """

    id: ClassVar[str] = "teacher-days"
    called = N_("more days of teachers at school than so far")
    promise = N_("As few new days of teachers at school as possible; weight is the price of one.")
    group = Group.TEACHERS
    source = "today's plan"
    tier: Tier = Tier.COMFORT
    weight: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherDaysKept(TeacherDaysOfWeek):
    """Days at school of teachers, nobody worse: nobody may come on more of them than today.

    What it checks
        The days of a week on which a teacher has lectures.
    Why it matters
        What is better for the school should not be worse for anybody: then nobody has to be asked.
    How it is counted
        One per teacher, day and week class beyond as many as today; a plan with any is not allowed. Which days they are
        does not matter; ``teacher-free-day`` is stricter, and there is no need for both.
    Example
        Arnd comes on 3 days today; a plan in which Arnd comes on 4 is no plan.
    Parameters
        ``weight`` (0): off; 1 switches the rule on, and so does the switch for all rules of this kind.
    In Untis
        Unspecified time requests ("two free days"), which no export carries.
    Model
        Per day a literal "has any lecture", summed over the week.
    """

    id: ClassVar[str] = "teacher-days-kept"
    called = N_("more days of a teacher at school (nobody worse)")
    promise = N_("Nobody worse: no teacher comes on more days than today.")
    group = Group.NOBODY_WORSE
    source = "today's plan"
    weight: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherMostDays(TeacherDaysOfWeek):
    """Days at school of a teacher: no more of them than the school has promised.

    What it checks
        The days of a week on which a teacher has lectures, compared with the most that the policy states.
    Why it matters
        Part-time teachers are promised a number of days, and no export carries it.
    How it is counted
        One per day beyond the limit, teacher and week class. A week that has too many so far may keep them, but gets no
        more.
    Example
        Arnd was promised 3 days and comes on 4: one.
    Parameters
        ``most`` (none): teachers and their limits, such as ``{ Arnd = 3 }``; without it the rule is off.
    In Untis
        Unspecified time requests ("two free days"), which no export carries.
    Model
        Per day a literal "has any lecture", summed over the week.
    """

    id: ClassVar[str] = "teacher-most-days"
    called = N_("too many days of a teacher at school")
    promise = N_("Teachers that you name come on no more days than you say.")
    group = Group.TEACHERS
    source = "policy"
    refers: ClassVar[References] = {"most": Refers(names=Kind.TEACHER)}
    most: Mapping[str, int] = field(default_factory=dict)

    def missing(self, school: School) -> str:
        """Some limit must be stated."""
        return "" if self.most else not_stated.by_policy()

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """What the policy states."""
        return self.most.get(name)

    def explain(self, violation: Violation, school: School) -> str:
        """Who comes on how many days too many."""
        facts = violation.facts
        text = ngettext(
            "{name} comes to school on {count} day more than the {limit} allowed in the week{weeks}",
            "{name} comes to school on {count} days more than the {limit} allowed in the week{weeks}",
            violation.amount,
        )
        return text.format(
            name=facts.name,
            count=violation.amount,
            limit=self.most.get(facts.name),
            weeks=in_weeks(school, facts.week_class),
        )
