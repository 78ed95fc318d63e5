"""Weeks, the time grid, clock times."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import grid
from untisopt.domain.calendar import EVERY_WEEK, Period, TimeGrid, Timeslot, WeekSet, clock

weeks = st.frozensets(st.integers(0, 53))


@given(weeks, weeks)
def test_week_sets_are_sets(one: frozenset[int], other: frozenset[int]) -> None:
    a, b = WeekSet.of(one), WeekSet.of(other)
    assert list(a) == sorted(one)
    assert len(a) == len(one)
    assert bool(a) is bool(one)
    assert set(a & b) == one & other
    assert set(a | b) == one | other
    assert all((week in a) is (week in one) for week in range(54))


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([], ""), ([41], "41"), ([36, 37, 38], "36-38"), ([1, 3, 4, 5, 53], "1, 3-5, 53"), ([0], "-"), ([0, 1], "0-1")],
)
def test_week_set_in_words(numbers: list[int], text: str) -> None:
    assert str(WeekSet.of(numbers)) == text


def test_every_week_is_week_0() -> None:
    assert list(EVERY_WEEK) == [0]


def test_clock() -> None:
    assert clock(8 * 60 + 5) == "08:05"
    assert str(Timeslot(480, 525)) == "08:00-08:45"
    assert str(Timeslot(480)) == "?"


def test_grid_of_the_seed() -> None:
    # The day of a real school: the pauses are 20, 10, 30 and 5 minutes long.
    day = grid(1)
    assert [str(day.slots[Period(1, n)]) for n in (1, 2, 3, 7, 10)] == [
        "08:00-08:45",
        "08:45-09:30",
        "09:50-10:35",
        "13:30-14:15",
        "15:50-16:35",
    ]
    assert [day.break_after(1, n) for n in range(1, 11)] == [0, 20, 0, 10, 0, 30, 0, 5, 0, None]


def test_periods_are_in_order_of_day_and_number() -> None:
    of = TimeGrid({Period(2, 1): Timeslot(), Period(1, 10): Timeslot(), Period(1, 9): Timeslot()})
    assert of.periods == (Period(1, 9), Period(1, 10), Period(2, 1))
    assert of.days == (1, 2)
    assert of.numbers(1) == (9, 10)
    assert of.numbers(5) == ()
    assert Period(1, 9) in of
    assert Period(1, 8) not in of


def test_minutes_between_are_those_of_the_day() -> None:
    # From the end of 4 (11:20) to the start of 6 (12:15).
    assert grid(1).minutes_between(1, 4, 6) == 55
    assert grid(1, times=False).minutes_between(1, 4, 6) is None


def test_break_after_the_last_period_or_a_period_that_does_not_exist() -> None:
    of = grid(2, (0, 20), short_days={2: 2})
    assert of.break_after(1, 2) == 20
    assert of.break_after(2, 2) is None
    assert of.break_after(1, 9) is None


@pytest.mark.parametrize(
    ("before", "after", "minutes", "possible"),
    [(6, 7, 30, True), (6, 7, 31, False), (5, 6, 0, True), (5, 6, 1, False), (5, 7, 75, True), (5, 7, 76, False)],
)
def test_allows_travel(before: int, after: int, minutes: int, possible: bool) -> None:
    # 6->7 is 13:00 to 13:30, 5->7 is 12:15 to 13:30.
    assert grid(1).allows_travel(1, before, after, minutes) is possible


def test_unusable_break_never_allows_travel_but_counts_as_time() -> None:
    of = grid(1, unusable=[(6, 7)])
    assert of.allows_travel(1, 6, 7, 5) is False
    assert of.allows_travel(1, 5, 7, 75) is True


def test_unknown_times_say_nothing() -> None:
    of = grid(1, times=False, unusable=[(6, 7)])
    assert of.allows_travel(1, 5, 6, 25) is None
    assert of.allows_travel(1, 6, 7, 25) is False
    assert not of.has_times
    assert grid(1).has_times
    assert not TimeGrid({}).has_times
    assert not TimeGrid({Period(1, 1): Timeslot(480, 525), Period(1, 2): Timeslot()}).has_times


def test_run_may_leave_the_grid() -> None:
    assert grid(1).run(Period(1, 9), 3) == (Period(1, 9), Period(1, 10), Period(1, 11))
