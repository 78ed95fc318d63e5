"""The dates of the school year, and in which calendar weeks a lesson is held.

A lesson states its dates as one character per day of the school year: ``1`` held, ``0`` not held, ``F`` no school.
Usually all school days of a week carry the same character, whatever the weekdays of the lesson: then the week decides,
and a lesson that moves to another weekday stays true to it. Where only the weekdays of the lesson are marked, its own
days decide, and their marks have to move with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from untisopt.domain.calendar import WeekSet
from untisopt.io.untis.rows.typed import NO_WEEKS, whole

HELD, NOT_HELD, NO_SCHOOL = "1", "0", "F"
MARKS = frozenset((HELD, NOT_HELD, NO_SCHOOL))
_LONGEST_YEAR = 400


@dataclass(frozen=True)
class SchoolYear:
    """The days that the marks stand for.

    Parameters
    ----------
    begin, end : date
        First and last day of the school year; the first character of the marks is that of `begin`.
    first, last : date
        The part of it that the plan is made for (the term).
    holidays : tuple of (date, date)
        First and last day of each.
    school_days : frozenset of int
        Weekdays with lessons, 1 is Monday.
    """

    begin: date
    end: date
    first: date
    last: date
    holidays: tuple[tuple[date, date], ...] = ()
    school_days: frozenset[int] = frozenset(range(1, 6))

    def __len__(self) -> int:
        """Days from the begin to the end."""
        return (self.end - self.begin).days + 1

    @cached_property
    def days_of_week(self) -> Mapping[int, tuple[int, ...]]:
        """Positions of the days of every calendar week of the term, in the order of the school year."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for position in range((self.first - self.begin).days, (self.last - self.begin).days + 1):
            found[self.day(position).isocalendar().week].append(position)
        return {week: tuple(days) for week, days in found.items()}

    @cached_property
    def weeks(self) -> WeekSet:
        """The calendar weeks of the term."""
        return WeekSet.of(self.days_of_week)

    @cached_property
    def mondays(self) -> Mapping[int, date]:
        """The Monday of every calendar week of the term, in the order of the school year."""
        return {
            week: self.day(days[0]) - timedelta(days=self.weekday(days[0]) - 1)
            for week, days in self.days_of_week.items()
        }

    def day(self, position: int) -> date:
        """The date that a character stands for."""
        return self.begin + timedelta(days=position)

    def weekday(self, position: int) -> int:
        """The weekday that a character stands for, 1 is Monday."""
        return (self.begin.isoweekday() - 1 + position) % 7 + 1

    def position(self, day: date) -> int:
        """The position of a date; outside the school year it is negative or too large."""
        return (day - self.begin).days

    @cached_property
    def every_day(self) -> str:
        """The marks of a lesson that is held whenever there is school."""
        free = {
            position
            for start, end in self.holidays
            for position in range(max(0, self.position(start)), min(len(self) - 1, self.position(end)) + 1)
        }
        return "".join(NO_SCHOOL if position in free else HELD for position in range(len(self)))

    def in_turn(self, letters: Collection[int], cycle: int) -> str:
        """The marks of a lesson that is held in some weeks of a cycle; `letters` counts from 0 (week A).

        The first week of the school year is an A week, and holidays count.
        """
        before = self.begin.isoweekday() - 1
        return "".join(
            NOT_HELD if mark == HELD and (before + position) // 7 % cycle not in letters else mark
            for position, mark in enumerate(self.every_day)
        )


def school_year_is_possible(begin: date, end: date) -> bool:
    """Whether two dates can be the first and last day of a school year, so that calendar weeks name its weeks."""
    return timedelta(days=6) <= end - begin <= timedelta(days=_LONGEST_YEAR)


def to_date(text: str) -> date | None:
    """A date written YYYYMMDD; None for anything else."""
    number = whole(text)
    if number is None or len(text) != 8:
        return None
    try:
        return date(number // 10000, number // 100 % 100, number % 100)
    except ValueError:
        return None


@dataclass(frozen=True)
class Held:
    """When a lesson is held.

    Parameters
    ----------
    weeks, unknown : WeekSet
        Calendar weeks in which it is held, and those that say nothing about it (holidays).
    split : bool
        Its own weekdays differ within a week, so that each of its times has weeks of its own.
    by_day : bool
        The marks tell the weekdays of the lesson from the others.
    """

    weeks: WeekSet
    unknown: WeekSet
    split: bool
    by_day: bool


@dataclass(frozen=True)
class Occurrence:
    """The marks of one lesson in the school year.

    Parameters
    ----------
    year : SchoolYear
    marks : str
        One character per day of it.
    valid : tuple of (int, int)
        First and last position at which the lesson is valid.
    """

    year: SchoolYear
    marks: str
    valid: tuple[int, int]

    @classmethod
    def of(cls, year: SchoolYear, marks: str, begin: date | None, end: date | None) -> Occurrence:
        """The marks of a lesson that is valid between two dates; None stands for those of the school year."""
        first = 0 if begin is None else max(0, year.position(begin))
        last = len(year) - 1 if end is None else min(len(year) - 1, year.position(end))
        return cls(year, marks, (first, last))

    def held(self, weekdays: Collection[int]) -> Held:
        """When the times on some weekdays are held."""
        weeks = unknown = NO_WEEKS
        by_day, split = self.by_day, False
        for week, days in self._days.items():
            own = {self.marks[p] for p in days if self.year.weekday(p) in weekdays} - {NO_SCHOOL}
            if not own and not by_day:
                own = {self.marks[p] for p in days} - {NO_SCHOOL}
            split = split or len(own) > 1
            if HELD in own:
                weeks |= WeekSet.of([week])
            elif days and not own:
                unknown |= WeekSet.of([week])
        return Held(weeks, unknown, split, by_day)

    @cached_property
    def by_day(self) -> bool:
        """Whether school days of one week carry different marks."""
        return any(len({self.marks[p] for p in days} - {NO_SCHOOL}) > 1 for days in self._days.values())

    @cached_property
    def _days(self) -> Mapping[int, list[int]]:
        """The days of every week that count: from the first mark to the last one.

        So a week in whose middle the lesson starts or ends is no week in which its days differ.
        """
        first, last = self.marks.find(HELD), self.marks.rfind(HELD)
        return {week: [p for p in days if first <= p <= last] for week, days in self._valid_days.items()}

    @cached_property
    def _valid_days(self) -> Mapping[int, list[int]]:
        """The school days of every week on which the lesson is valid."""
        (first, last), year = self.valid, self.year
        return {
            week: [p for p in days if first <= p <= last and year.weekday(p) in year.school_days]
            for week, days in year.days_of_week.items()
        }

    def moved(self, before: Sequence[int], after: Sequence[int], weeks: WeekSet) -> str:
        """The marks when the times of the lesson stand on other weekdays.

        Where only the own days of the lesson are marked, a mark on the day that it leaves would say that it is still
        held there, and none on the new day that it is held nowhere: so marks move along, within their week. Days
        without school and days on which the lesson is not valid keep their mark.

        Parameters
        ----------
        before, after : sequence of int
            The weekday of every time, in the same order.
        weeks : WeekSet
            Weeks of the plan in which it is held; they decide where the own days of a week are all free of school.
        """
        if not self.by_day:
            return self.marks
        marks, held, weekday = list(self.marks), self.held(set(before)), self.year.weekday
        entered = {new for old, new in zip(before, after, strict=True) if old != new}
        left = set(before) - set(after)
        for week, days in self._valid_days.items():
            mark = HELD if week in (weeks if week in held.unknown else held.weeks) else NOT_HELD
            wrong = [p for p in days if weekday(p) in entered and self.marks[p] not in (mark, NO_SCHOOL)]
            for position in wrong:
                marks[position] = mark
            for position in days if wrong else ():
                if weekday(position) in left and marks[position] == HELD:
                    marks[position] = NOT_HELD
        return "".join(marks)
