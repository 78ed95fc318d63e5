"""Shared by the rules about gaps of teachers: how the gaps of a day are measured, and the limit of today."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Violation
from untisopt.i18n import ngettext
from untisopt.rules._measured import Measured
from untisopt.wording import in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherGapsOfWeek(Measured):
    """Base: the gaps of a teacher's week, of which there are no more than today unless a subclass says otherwise."""

    kind: ClassVar[Kind] = Kind.TEACHER
    per_week: ClassVar[bool] = True

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

    @staticmethod
    def measure(shape: Hashable, numbers: Sequence[int], taught: Sequence[int]) -> int:
        """Free periods between the first and the last lecture."""
        return sum(taught[0] <= number <= taught[-1] for number in numbers) - len(taught)

    @staticmethod
    def literals(
        model: TimetableModel, shape: Hashable, numbers: Sequence[int], taught: Sequence[Literal], name: str
    ) -> list[Literal]:
        """One per period that is free between lectures."""
        return model.gaps(taught, name, forbid=False)
