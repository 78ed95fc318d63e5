"""Numbers for the periods of a week, and arrays of numbers."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from untisopt.domain.calendar import Period
from untisopt.domain.school import School
from untisopt.engines.kempe.arrays import I32, I64


def i32(values: Iterable[int]) -> I32:
    """A 32-bit array."""
    return np.fromiter(values, np.int32)


def i64(values: Iterable[int]) -> I64:
    """A 64-bit array."""
    return np.fromiter(values, np.int64)


class Cells:
    """Numbers for the periods of the week: day index times width plus place in the day."""

    def __init__(self, school: School) -> None:
        numbers = [period.number for period in school.grid.periods]
        self.days = school.grid.days
        self.first = min(numbers)
        self.width = max(numbers) - self.first + 1
        self._day_index = {day: i for i, day in enumerate(self.days)}

    def __len__(self) -> int:
        return len(self.days) * self.width

    def index(self, period: Period) -> int:
        """Cell of a period."""
        return self._day_index[period.day] * self.width + period.number - self.first

    def period(self, cell: int) -> Period:
        """Period of a cell."""
        return Period(self.days[cell // self.width], cell % self.width + self.first)
