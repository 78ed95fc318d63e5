"""Days, periods, the time grid and calendar weeks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple


class Day(IntEnum):
    """Weekday as Untis numbers it: 1 is Monday (in schools whose week starts on Sunday, 1 is that Sunday)."""

    MONDAY = 1
    TUESDAY = 2
    WEDNESDAY = 3
    THURSDAY = 4
    FRIDAY = 5
    SATURDAY = 6
    SUNDAY = 7


class Period(NamedTuple):
    """One cell of the week: a weekday (1..7) and the number of the period in that day as Untis labels it (0..)."""

    day: int
    number: int


@dataclass(frozen=True, slots=True)
class Timeslot:
    """The clock times of one period: minutes since midnight; both None where no break table is known."""

    start: int | None = None
    end: int | None = None

    def __str__(self) -> str:
        if self.start is None or self.end is None:
            return "?"
        return f"{clock(self.start)}-{clock(self.end)}"


def clock(minutes: int) -> str:
    """Write minutes since midnight as `08:45`."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@dataclass(frozen=True)
class TimeGrid:
    """The periods of the week and their clock times.

    Parameters
    ----------
    slots : mapping of Period to Timeslot
        Every period that exists, with its times (unknown times are allowed).
    unusable_breaks : frozenset of (int, int)
        Pairs of period numbers `(before, after)` between which nobody may change sites, whatever the length.
    """

    slots: Mapping[Period, Timeslot]
    unusable_breaks: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    def __contains__(self, period: Period) -> bool:
        return period in self.slots

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """All periods, ordered by day and number."""
        return tuple(sorted(self.slots))

    @cached_property
    def days(self) -> tuple[int, ...]:
        """The weekdays that have periods, ascending."""
        return tuple(sorted({period.day for period in self.slots}))

    @cached_property
    def _numbers(self) -> dict[int, tuple[int, ...]]:
        return {day: tuple(p.number for p in self.periods if p.day == day) for day in self.days}

    def numbers(self, day: int) -> tuple[int, ...]:
        """Period numbers of one day, ascending; empty for a day without periods."""
        return self._numbers.get(day, ())

    @cached_property
    def has_times(self) -> bool:
        """Whether the clock times of every period are known."""
        return bool(self.slots) and all(s.start is not None and s.end is not None for s in self.slots.values())

    @cached_property
    def _runs(self) -> dict[tuple[Period, int], tuple[Period, ...]]:
        return {}

    def run(self, start: Period, length: int) -> tuple[Period, ...]:
        """The `length` consecutive periods of a day from `start` on, whether or not they are in the grid."""
        key = (start, length)
        if key not in self._runs:
            self._runs[key] = tuple(Period(start.day, start.number + i) for i in range(length))
        return self._runs[key]

    @cached_property
    def _starts(self) -> dict[int, tuple[Period, ...]]:
        return {}

    def starts(self, length: int) -> tuple[Period, ...]:
        """The periods from which `length` consecutive periods of a day exist, ordered by day and number."""
        if length not in self._starts:
            fits = (start for start in self.periods if all(period in self for period in self.run(start, length)))
            self._starts[length] = tuple(fits)
        return self._starts[length]

    def minutes_between(self, day: int, before: int, after: int) -> int | None:
        """Minutes from the end of period `before` to the start of period `after`; None where times are unknown."""
        end = self.slots.get(Period(day, before), Timeslot()).end
        start = self.slots.get(Period(day, after), Timeslot()).start
        return None if end is None or start is None else start - end

    def break_after(self, day: int, number: int) -> int | None:
        """Length in minutes of the break between period `number` and the next of the day; None if unknown or last."""
        if Period(day, number + 1) not in self.slots or Period(day, number) not in self.slots:
            return None
        return self.minutes_between(day, number, number + 1)

    @cached_property
    def _longest_breaks(self) -> dict[tuple[Period, int], int]:
        return {}

    def longest_break(self, start: Period, length: int) -> int:
        """Minutes of the longest break inside a run of periods; 0 where times are unknown."""
        key = (start, length)
        if key not in self._longest_breaks:
            breaks = (self.break_after(start.day, start.number + i) or 0 for i in range(length - 1))
            self._longest_breaks[key] = max(breaks, default=0)
        return self._longest_breaks[key]

    def allows_travel(self, day: int, before: int, after: int, minutes: int) -> bool | None:
        """Whether somebody can travel `minutes` between the end of `before` and the start of `after`.

        None where the clock times are unknown. Adjacent periods whose break is declared unusable never allow it.
        """
        if after == before + 1 and (before, after) in self.unusable_breaks:
            return False
        available = self.minutes_between(day, before, after)
        return None if available is None else available >= minutes


@dataclass(frozen=True, slots=True, order=True)
class WeekSet:
    """A set of calendar weeks 1..53 as a bit mask: bit `i` stands for week `i`.

    Bit 0 alone (:data:`EVERY_WEEK`) is the plan of an input that says nothing about weeks.
    """

    mask: int

    @classmethod
    def of(cls, weeks: Iterable[int]) -> WeekSet:
        """Build from week numbers 0..53."""
        mask = 0
        for week in weeks:
            mask |= 1 << week
        return cls(mask)

    def __iter__(self) -> Iterator[int]:
        return (week for week in range(self.mask.bit_length()) if self.mask >> week & 1)

    def __len__(self) -> int:
        return self.mask.bit_count()

    def __bool__(self) -> bool:
        return self.mask != 0

    def __contains__(self, week: int) -> bool:
        return bool(self.mask >> week & 1)

    def __and__(self, other: WeekSet) -> WeekSet:
        return WeekSet(self.mask & other.mask)

    def __or__(self, other: WeekSet) -> WeekSet:
        return WeekSet(self.mask | other.mask)

    def __str__(self) -> str:
        """`36-40, 42`; empty for no week; `-` stands for an input without weeks."""
        if self.mask == EVERY_WEEK.mask:
            return "-"
        runs: list[list[int]] = []
        for week in self:
            if runs and runs[-1][-1] == week - 1:
                runs[-1].append(week)
            else:
                runs.append([week])
        return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


EVERY_WEEK = WeekSet(1)


@dataclass(frozen=True, slots=True)
class WeekClass:
    """Weeks whose occupancy is the same, so that one of them stands for all.

    Parameters
    ----------
    name : str
        `A`, `B`, ... in the order of their first week; empty if all weeks are the same.
    weeks : WeekSet
        The calendar weeks of the class.
    """

    name: str
    weeks: WeekSet
