"""Shared by the rules about the edges of the day: how many first and last periods a teacher's week has."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Violation
from untisopt.i18n import ngettext
from untisopt.rules._measured import Measured
from untisopt.wording import in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherEdgesOfWeek(Measured):
    """Base: lectures of a teacher's week at the edges of the day; as many as today.

    Parameters
    ----------
    first, last : int
        Periods up to the first and from the last on are edges.
    """

    kind: ClassVar[Kind] = Kind.TEACHER
    per_week: ClassVar[bool] = True
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
