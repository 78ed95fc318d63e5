"""Shared by the rules about lectures in a row: how far the runs of a day exceed a limit."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from untisopt.domain.school import School
from untisopt.rules._measured import Measured

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel

Shape = tuple[int, frozenset[tuple[int, int]]]
"""The longest run allowed, and pairs of adjacent periods between which a run ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InARow(Measured):
    """Base: runs of periods without a free one between them; a subclass says what is the longest allowed."""

    @abstractmethod
    def longest(self, school: School, name: str) -> int | None:
        """The longest run that somebody may have; None: any."""

    def pauses(self, school: School) -> frozenset[tuple[int, int]]:
        """Pairs of adjacent periods between which a run ends."""
        return frozenset()

    def limit(self, school: School, name: str, week_class: int) -> int | None:
        """Nothing beyond the longest run allowed."""
        return None if self.longest(school, name) is None else 0

    def shape(self, school: School, name: str) -> Hashable:
        """The longest run allowed, and where runs end."""
        return self.longest(school, name), self.pauses(school)

    @staticmethod
    def measure(shape: Hashable, numbers: Sequence[int], taught: Sequence[int]) -> int:
        """Periods beyond the limit, over all runs."""
        longest, pauses = cast("Shape", shape)
        busy, beyond, length = set(taught), 0, 0
        for i, number in enumerate(numbers):
            if number not in busy:
                length = 0
                continue
            length = 1 if i and (numbers[i - 1], number) in pauses else length + 1
            beyond += length > longest
        return beyond

    @staticmethod
    def literals(
        model: TimetableModel, shape: Hashable, numbers: Sequence[int], taught: Sequence[Literal], name: str
    ) -> list[Literal]:
        """One per stretch that is one period too long: all of it is taught."""
        longest, pauses = cast("Shape", shape)
        found = []
        for first in range(len(numbers) - longest):
            until = first + longest + 1
            if pauses.isdisjoint(pairwise(numbers[first:until])):
                found.append(model.at_least_sum(taught[first:until], longest, f"{name} run from {numbers[first]}"))
        return found
