"""Shared by the rules about how many, and how few, lectures a day may have."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from untisopt.domain.school import School
from untisopt.domain.score import Violation
from untisopt.i18n import ngettext
from untisopt.rules._measured import Measured, opposite
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class LeastPerDay(Measured):
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
class MostPerDay(Measured):
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
