"""Core times of teachers and grades: periods that shall be occupied."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, cast

from untisopt.domain.calendar import Period
from untisopt.domain.limits import CORE_TIME
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _, ngettext
from untisopt.rules.bases.measured import MeasuredRule, opposite
from untisopt.rules.bases.not_stated import NotStated
from untisopt.rules.protocol import Group
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreTime(MeasuredRule):
    """Base: periods with a time request of +3 are occupied; a free one counts, on free days as well."""

    counts_free_days: ClassVar[bool] = True

    def is_stated(self, school: School) -> bool:
        """Whether anybody has core times."""
        return any(
            value == CORE_TIME
            for (kind, _name), wishes in school.limits.wishes.items()
            if kind is self.kind
            for value in wishes.values()
        )

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """No core period may be free."""
        return 0 if self._core(school, name) else None

    def _core(self, school: School, name: str) -> frozenset[Period]:
        """The core periods of the week."""

        def found() -> frozenset[Period]:
            wishes = school.limits.wishes.get((self.kind, name), {})
            return frozenset(period for period, value in wishes.items() if value == CORE_TIME and period in school.grid)

        return school.remember(("core periods", self.kind, name), found)

    def shape_on(self, school: School, name: str, day: int) -> Hashable:
        """The numbers of the core periods of a day."""
        return frozenset(period.number for period in self._core(school, name) if period.day == day)

    @staticmethod
    def measure(shape: Hashable, numbers: Sequence[int], taught: Sequence[int]) -> int:
        """Core periods without a lecture."""
        return len(cast("frozenset[int]", shape).difference(taught))

    @staticmethod
    def literals(
        model: TimetableModel, shape: Hashable, numbers: Sequence[int], taught: Sequence[Literal], name: str
    ) -> list[Literal]:
        """The core periods that are not occupied."""
        core = cast("frozenset[int]", shape)
        return [opposite(here) for number, here in zip(numbers, taught, strict=True) if number in core]

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Days on which core periods are free, with these periods."""
        occupancy = school.occupancy(timetable)
        for violation in MeasuredRule.check(self, school, timetable):
            facts = violation.facts
            day, week_class = facts.day or 0, facts.week_class or 0
            busy = {occupied.number for occupied in occupancy.day((self.kind, facts.name), week_class, day)}
            core = cast("frozenset[int]", self.shape_on(school, facts.name, day))
            yield replace(violation, facts=replace(facts, periods=tuple(sorted(core - busy))))

    def explain(self, violation: Violation, school: School) -> str:
        """Who is free in which core periods."""
        facts = violation.facts
        text = ngettext(
            "{name} has no lecture on {day} in period {periods}{weeks}, a core time",
            "{name} has no lectures on {day} in the periods {periods}{weeks}, which are core times",
            len(facts.periods),
        )
        return text.format(
            name=facts.name,
            day=day_name(facts.day or 0),
            periods=", ".join(map(str, facts.periods)),
            weeks=in_weeks(school, facts.week_class),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherCoreTime(CoreTime):
    """Core time of a teacher: the periods with a time request of +3 are occupied.

    What it checks
        Periods for which a teacher has a time request of +3 and in which the teacher has no lecture. A day without any
        lecture has free core periods as well; weeks in which the teacher has no lecture at all have none.
    Why it matters
        +3 is the strongest request there is: such a teacher comes for just these periods, or is needed in them.
    How it is counted
        One per free core period and week class. What is free on a day so far may stay so, but no day gets more.
    Example
        Arnd has a request of +3 for the periods 3 and 4 of Tuesday, and teaches in period 3 only: one.
    Parameters
        None.
    In Untis
        Lehrer, Zeitwünsche, "+3" (GPU016): Kernzeit. In the policy file a wish (``[[wishes]]``) of value 3.
    Model
        The periods that are not occupied, summed.
    """

    id: ClassVar[str] = "teacher-core-time"
    called = N_("core times in which a teacher is free")
    promise = N_("Core times of teachers (time requests of +3) stay filled.")
    group = Group.TEACHERS
    source = "GPU016, policy"
    kind: ClassVar[Kind] = Kind.TEACHER

    def missing(self, school: School) -> str:
        """Some core time of a teacher must be stated."""
        text = _("no time request of +3 of a teacher is stated (GPU016 or the policy)")
        return "" if self.is_stated(school) else NotStated(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeCoreTime(CoreTime):
    """Core time of a grade: the periods with a time request of +3 are occupied.

    What it checks
        Periods for which a grade has a time request of +3 and in which it has no lecture. A day without any lecture has
        free core periods as well; weeks in which the grade has no lecture at all have none.
    Why it matters
        +3 is the strongest request there is: in these periods the school promises that the class is looked after.
    How it is counted
        One per free core period and week class. What is free on a day so far may stay so, but no day gets more.
    Example
        7.2 has a request of +3 for the periods 1 to 4 of all days, and begins with period 2 on Monday: one.
    Parameters
        None.
    In Untis
        Klassen, Zeitwünsche, "+3" (GPU016): Kernzeit. In the policy file a wish (``[[wishes]]``) of value 3.
    Model
        The periods that are not occupied, summed.
    """

    id: ClassVar[str] = "grade-core-time"
    called = N_("core times in which a grade is free")
    promise = N_("Core times of grades (time requests of +3) stay filled.")
    group = Group.GRADES
    source = "GPU016, policy"
    kind: ClassVar[Kind] = Kind.GRADE

    def missing(self, school: School) -> str:
        """Some core time of a grade must be stated."""
        text = _("no time request of +3 of a grade is stated (GPU016 or the policy)")
        return "" if self.is_stated(school) else NotStated(text)
