"""Shared by the rules about gaps of teachers: how the gaps of a day are measured."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.resources import Kind
from untisopt.rules._measured import Measured

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherGapsOfWeek(Measured):
    """Base: the gaps of a teacher's week."""

    kind: ClassVar[Kind] = Kind.TEACHER
    per_week: ClassVar[bool] = True

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
