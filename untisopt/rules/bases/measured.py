"""Shared by the rules that measure when somebody is taught on every day and compare it with a limit.

A rule of this kind says how a day is measured from the periods in which somebody is taught, nothing more: lectures on
a day, gaps, lectures in a row. Its limit is one for the day or for the sum of a week. Where the plan of today exceeds
the limit, that may remain but not grow.

`measure` is the specification; `literals` says the same to CP-SAT. The chains read `measure` into a table over all
sets of periods, so that they respect every such rule.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.rules.protocol import Chains, Rule

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel, WeekGroup


def opposite(literal: Literal) -> Literal:
    """The literal that holds where this one does not."""
    return not literal if isinstance(literal, bool) else literal.negated()


def held_classes(school: School, resource: Resource) -> tuple[int, ...]:
    """Indices of the week classes in which a teacher or grade has any lecture, wherever it stands."""

    def found() -> tuple[int, ...]:
        weeks = 0
        for lecture in school.lectures_of.get(resource, ()):
            weeks |= school.people[lecture][resource]
        return tuple(i for i in range(len(school.week_classes)) if weeks >> i & 1)

    return school.remember(("held_classes", resource), found)


DayOfClass = tuple[str, int, int]
"""Name, week class and weekday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured(ABC):
    """What measures days: a rule, or a part of one; a subclass says whose, how, and what the limit is."""

    id: ClassVar[str]
    kind: ClassVar[Kind]
    """Whose days: teachers or grades."""
    day_by_day: ClassVar[bool] = True
    """Whether the limit is one for every day; else it is one for the sum of a week."""
    chains: ClassVar[Chains | None] = Chains.MEASURED
    tier: Tier = Tier.RULES
    weight: int = 1

    # -- what a subclass says ----------------------------------------------------------------------------------------

    @abstractmethod
    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """The most that somebody may have on a day, or in a week; None: no limit."""

    def shape(self, school: School, name: str) -> Hashable:
        """What measuring somebody's days depends on, beyond the periods; people with equal shapes share a table."""
        return None

    def shape_on(self, school: School, name: str, day: int) -> Hashable:
        """The shape of one weekday; by default all days have the same."""
        return self.shape(school, name)

    counts_free_days: ClassVar[bool] = False
    """Whether days without teaching are measured as well, in the week classes in which somebody has any lecture."""

    @staticmethod
    @abstractmethod
    def measure(shape: Hashable, numbers: Sequence[int], taught: Sequence[int]) -> int:
        """Measure a day.

        Parameters
        ----------
        shape : hashable
            What `shape` said.
        numbers : sequence of int
            The periods of the day in the time grid, ascending.
        taught : sequence of int
            Those in which somebody is taught, ascending; where there are none, the measure is 0 unless free days count.

        Returns
        -------
        int
            0 or more.
        """

    @staticmethod
    @abstractmethod
    def literals(
        model: TimetableModel, shape: Hashable, numbers: Sequence[int], taught: Sequence[Literal], name: str
    ) -> list[Literal]:
        """Literals as many of which must hold as `measure` says.

        Parameters
        ----------
        numbers : sequence of int
            The periods of the day in the time grid.
        taught : sequence of Literal
            Per period: somebody is taught.
        name : str
            For the names of new literals.
        """

    def counts(self, school: School, lecture: str, name: str) -> bool:
        """Whether a lecture of somebody counts; by default all do."""
        return True

    counts_all: ClassVar[bool] = True
    """Whether :meth:`counts` is true of every lecture; a subclass that overrides it says False."""

    # -- the rest follows --------------------------------------------------------------------------------------------

    def amounts(self, school: School, timetable: Timetable) -> Iterator[tuple[DayOfClass, int]]:
        """Measures of all days of all people with a limit, those of 0 left out."""
        occupancy = school.occupancy(timetable)
        for (kind, name), week_class, day in self._measured_days(school) if self.counts_free_days else occupancy.days:
            if kind is not self.kind or self.limit(school, name, week_class) is None:
                continue
            taught = [
                occupied.number
                for occupied in occupancy.day((kind, name), week_class, day)
                if self.counts_all or any(self.counts(school, lecture, name) for lecture in occupied.lectures)
            ]
            if (taught or self.counts_free_days) and day in school.grid.days:
                amount = self.measure(self.shape_on(school, name, day), school.grid.numbers(day), taught)
                if amount:
                    yield (name, week_class, day), amount

    def _measured_days(self, school: School) -> Iterator[tuple[Resource, int, int]]:
        """All days of all people, in the week classes in which they have anything."""
        for resource in sorted(resource for resource in school.lectures_of if resource[0] is self.kind):
            for week_class in held_classes(school, resource):
                for day in school.grid.days:
                    yield resource, week_class, day

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Days, or weeks, on which somebody exceeds the limit."""
        if self.day_by_day:
            for (name, week_class, day), amount in self.amounts(school, timetable):
                yield from self._surplus(school, name, week_class, day, amount)
            return
        weeks: defaultdict[tuple[str, int], int] = defaultdict(int)
        for (name, week_class, _day), amount in self.amounts(school, timetable):
            weeks[name, week_class] += amount
        for (name, week_class), amount in sorted(weeks.items()):
            yield from self._surplus(school, name, week_class, None, amount)

    def _surplus(self, school: School, name: str, week_class: int, day: int | None, amount: int) -> Iterator[Violation]:
        limit = self.limit(school, name, week_class)
        if limit is not None and amount > limit:
            facts = Facts(kind=self.kind, name=name, day=day, week_class=week_class)
            yield Violation(self.id, facts, amount - limit)

    def encode(self, model: TimetableModel) -> None:
        """Measure every day by literals; what exceeds the limit costs points or is forbidden."""
        for resource in model.resources(self.kind):
            for group in model.week_groups(resource, by="sites"):
                limit = self.limit(model.school, resource[1], group.week_class)
                if limit is not None:
                    self._encode(model, resource, group, limit)

    def _encode(self, model: TimetableModel, resource: Resource, group: WeekGroup, limit: int) -> None:
        today = self.of_days(model.school, resource[1], group.week_class)
        found = {day: self._of_day(model, resource, group, day) for day in model.school.grid.days}
        name = f"{self.id} {resource[1]} {group.week_class}"
        if not self.day_by_day:
            together = [literal for literals in found.values() for literal in literals]
            self._limit(model, together, limit, sum(today.values()), group, name)
            return
        for day, literals in found.items():
            self._limit(model, literals, limit, today.get(day, 0), group, f"{name} {day}")

    def of_week(self, school: School, name: str, week_class: int) -> int:
        """Measures of somebody's week in the plan of today, added up."""
        key = (type(self), self.shape(school, name), name, week_class)
        return school.remember(key, lambda: sum(self.of_days(school, name, week_class).values()))

    def of_days(self, school: School, name: str, week_class: int) -> dict[int, int]:
        """Measures of somebody's days in the plan of today; free days are left out unless they count."""
        found = {}
        resource = (self.kind, name)
        for day in school.grid.days:
            taught = [
                occupied.number
                for occupied in school.today.day(resource, week_class, day)
                if any(self.counts(school, lecture, name) for lecture in occupied.lectures)
            ]
            if taught or self.counts_free_days:
                found[day] = self.measure(self.shape_on(school, name, day), school.grid.numbers(day), taught)
        return found

    def _of_day(self, model: TimetableModel, resource: Resource, group: WeekGroup, day: int) -> list[Literal]:
        numbers = model.school.grid.numbers(day)
        taught = [self._taught(model, resource, group, Period(day, number)) for number in numbers]
        shape = self.shape_on(model.school, resource[1], day)
        return self.literals(model, shape, numbers, taught, f"{self.id} {resource[1]} {group.week_class} {day}")

    def _taught(self, model: TimetableModel, resource: Resource, group: WeekGroup, period: Period) -> Literal:
        if self.counts_all:
            return model.occupied(resource, group.week_class, period)
        covers = model.covering(resource, group.week_class, period)
        counted = [cover.literal for cover in covers if self.counts(model.school, cover.lecture, resource[1])]
        return model.any_of(counted, f"{self.id} {resource[1]} {period.day}.{period.number} {group.week_class}")

    def _limit(
        self, model: TimetableModel, literals: list[Literal], limit: int, today: int, group: WeekGroup, name: str
    ) -> None:
        if model.strict and self.tier is Tier.RULES:
            model.at_most(literals, max(limit, today))
            if today <= limit:
                return
        model.add_points(self.id, model.surplus(literals, limit, name), group.multiplicity)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredRule(Measured, Rule):
    """Base of the rules that measure days."""

    kind: ClassVar[Kind]
