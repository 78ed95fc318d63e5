"""Lunch breaks of teachers and grades: free periods in a row at noon."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Violation
from untisopt.i18n import N_, _, ngettext
from untisopt.rules.bases import not_stated
from untisopt.rules.bases.measured import MeasuredRule
from untisopt.rules.bases.midday import lunch_window
from untisopt.rules.bases.refers import References, Refers, period_pair
from untisopt.rules.protocol import Group
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


Shape = tuple[int, int, int]
"""Free periods wanted, first and last period of the window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LunchBreak(MeasuredRule):
    """Base: free periods in a row at noon; what the longest run lacks counts.

    A day needs a lunch break if somebody has lectures at or before the first period of the window and at or after its
    last one. Else the day begins or ends at noon, and there is time for lunch before or after it.

    Parameters
    ----------
    least : int
        Free periods wanted of those for whom none is stated; 0: none.
    window : str
        First and last period, such as ``5-7``; empty: around the long midday break, see `lunch_window`.
    """

    refers: ClassVar[References] = {"window": Refers(periods=True)}
    least: int = 0
    window: str = ""

    def __post_init__(self) -> None:
        if self.window and self._window_stated() is None:
            raise ValueError(_("{window} is no window such as 5-7").format(window=self.window))

    @abstractmethod
    def stated(self, school: School, name: str) -> int | None:
        """What the master data state; None: nothing."""

    def wanted(self, school: School, name: str) -> int:
        """Free periods in a row that somebody must have."""
        stated = self.stated(school, name)
        return self.least if stated is None else stated

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """None may be missing."""
        return 0 if self.wanted(school, name) else None

    def shape(self, school: School, name: str) -> Hashable:
        """How many free periods, and where."""
        return self.wanted(school, name), *self.window_of(school)

    def _window_stated(self) -> tuple[int, int] | None:
        first, last = period_pair(self.window) or (1, 0)
        return (first, last) if first <= last else None

    def window_of(self, school: School) -> tuple[int, int]:
        """First and last period of the window."""
        return self._window_stated() or lunch_window(school)

    @staticmethod
    def measure(shape: Hashable, numbers: Sequence[int], taught: Sequence[int]) -> int:
        """Free periods that the longest run of them in the window lacks."""
        wanted, first, last = cast("Shape", shape)
        if not taught or taught[0] > first or taught[-1] < last:
            return 0
        longest = length = 0
        for number in numbers:
            if first <= number <= last:
                length = 0 if number in taught else length + 1
                longest = max(longest, length)
        return max(0, wanted - longest)

    @staticmethod
    def literals(
        model: TimetableModel, shape: Hashable, numbers: Sequence[int], taught: Sequence[Literal], name: str
    ) -> list[Literal]:
        """One per length up to the wanted one: the day needs a break, and every run of that length is taught in."""
        wanted, first, last = cast("Shape", shape)
        days = list(zip(numbers, taught, strict=True))
        early = model.any_of((literal for number, literal in days if number <= first), f"{name} before lunch")
        late = model.any_of((literal for number, literal in days if number >= last), f"{name} after lunch")
        inside = [literal for number, literal in days if first <= number <= last]
        found = []
        for length in range(1, wanted + 1):
            runs = [inside[i : i + length] for i in range(len(inside) - length + 1)]
            busy = [model.any_of(run, f"{name} {length} from {i}") for i, run in enumerate(runs)]
            found.append(model.at_least_sum([early, late, *busy], len(busy) + 1, f"{name} no {length} free"))
        return found

    def explain(self, violation: Violation, school: School) -> str:
        """Whose lunch break is how much too short, when."""
        facts = violation.facts
        first, last = self.window_of(school)
        text = ngettext(
            "{name} lacks {count} free period of the lunch break of {wanted} in periods {first}-{last} on {day}{weeks}",
            "{name} lacks {count} free periods of the lunch break of {wanted} in periods {first}-{last} on "
            "{day}{weeks}",
            violation.amount,
        )
        return text.format(
            name=facts.name,
            count=violation.amount,
            wanted=self.wanted(school, facts.name),
            first=first,
            last=last,
            day=day_name(facts.day or 0),
            weeks=in_weeks(school, facts.week_class),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherLunch(LunchBreak):
    """Lunch breaks of teachers: as many free periods in a row at noon as the master data demand.

    What it checks
        Free periods in a row inside a lunch window, on days on which a teacher teaches at or before its first period
        and at or after its last one. On other days lessons begin or end at noon, and lunch is before or after them.
    Why it matters
        Somebody who teaches morning and afternoon must eat in between.
    How it is counted
        One per free period that the longest run of them in the window lacks, teacher, day and week class. A day whose
        lunch break is too short so far may keep it, but it gets no shorter.
    Example
        The window is 5-7 and Arnd shall have one free period. Arnd teaches in periods 3 to 8 on Monday: one.
    Parameters
        ``least`` (0): free periods for all teachers for whom none are stated; 0: none. ``window`` (none): first and
        last period of the window, such as ``5-7``; by default the period after the longest break of 20 minutes or more
        that begins between 11:00 and 14:00 and the two before it, or 5-7 where there is no such break.
    In Untis
        Lehrer, "Mittagspause" (GPU004, field 12). The most that may be stated there is not judged: a longer break is a
        gap.
    Model
        Per length of a run a literal that must hold if there are lectures on both sides and in every run of that
        length.
    """

    id: ClassVar[str] = "teacher-lunch"
    called = N_("lunch break of a teacher too short")
    promise = N_("Teachers keep a lunch break of the length stated.")
    group = Group.TEACHERS
    source = "GPU004, policy"
    kind: ClassVar[Kind] = Kind.TEACHER

    def missing(self, school: School) -> str:
        """Some lunch break must be stated."""
        if self.least or any(limits.least_lunch for limits in school.limits.teachers.values()):
            return ""
        return not_stated.of_teachers()

    def stated(self, school: School, name: str) -> int | None:
        """Field 12 of GPU004."""
        return school.limits.teacher(name).least_lunch


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeLunch(LunchBreak):
    """Lunch breaks of grades: as many free periods in a row at noon as the master data demand.

    What it checks
        Free periods in a row inside a lunch window, on days on which a grade is taught at or before its first period
        and at or after its last one. On other days lessons begin or end at noon, and lunch is before or after them.
    Why it matters
        Pupils who stay for the afternoon must get to the canteen and through its queue.
    How it is counted
        One per free period that the longest run of them in the window lacks, grade, day and week class. A day whose
        lunch break is too short so far may keep it, but it gets no shorter.
    Example
        The window is 5-7 and 10.3 shall have one free period. 10.3 has lectures in periods 3 to 8 on Monday: one.
    Parameters
        ``least`` (0): free periods for all grades for whom none are stated; 0: none. ``window`` (none): first and last
        period of the window, such as ``5-7``; by default the period after the longest break of 20 minutes or more that
        begins between 11:00 and 14:00 and the two before it, or 5-7 where there is no such break.
    In Untis
        Klassen, "Mittagspause" (GPU003, field 9). The most that may be stated there is not judged: a longer break is a
        gap.
    Model
        Per length of a run a literal that must hold if there are lectures on both sides and in every run of that
        length.
    """

    id: ClassVar[str] = "grade-lunch"
    called = N_("lunch break of a grade too short")
    promise = N_("Grades keep a lunch break of the length stated.")
    group = Group.GRADES
    source = "GPU003, policy"
    kind: ClassVar[Kind] = Kind.GRADE

    def missing(self, school: School) -> str:
        """Some lunch break must be stated."""
        if self.least or any(limits.least_lunch for limits in school.limits.grades.values()):
            return ""
        return not_stated.of_grades()

    def stated(self, school: School, name: str) -> int | None:
        """Field 9 of GPU003."""
        return school.limits.grade(name).least_lunch
