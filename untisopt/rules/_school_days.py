"""Shared by the rules about days at school: how they are measured."""

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
class TeacherDaysOfWeek(Measured):
    """Base: the days of a week on which a teacher teaches; as many as today."""

    kind: ClassVar[Kind] = Kind.TEACHER
    per_week: ClassVar[bool] = True

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
