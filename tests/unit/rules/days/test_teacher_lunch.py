"""Lunch breaks of teachers."""

from __future__ import annotations

import pytest

from tests.builders import grid, move, school
from tests.unit.rules.checks import amount, sentence, where
from tests.unit.rules.limited import teachers
from untisopt.domain.limits import TeacherLimits
from untisopt.rules.days.lunch import TeacherLunch

RULE = TeacherLunch()
ONE = {"Arnd": TeacherLimits(least_lunch=1)}


def test_example_of_the_module() -> None:
    # The long break of the usual grid is 13:00-13:30, between 6 and 7: the window is 5-7.
    of = teachers(school("1 Arnd 7 - Mon3-8"), ONE)
    assert where(RULE, of) == ["Arnd Mon"]
    assert sentence(RULE, of) == "Arnd lacks 1 free period of the lunch break of 1 in periods 5-7 on Mon"


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ("1 Arnd 7 - Mon1-5\n2 Arnd 7 - Mon7-8", 0),  # 6 is free
        ("1 Arnd 7 - Mon1-4\n2 Arnd 7 - Mon7-8", 0),  # 5 and 6 are free
        ("1 Arnd 7 - Mon1-6", 0),  # home after 6
        ("1 Arnd 7 - Mon6-9", 0),  # comes for 6
        ("1 Arnd 7 - Mon1-5\n2 Arnd 7 - Mon8", 0),  # 6 and 7 are free
        ("1 Arnd 7 - Mon1-7", 1),  # until the end of the window
        ("1 Arnd 7 - Mon5-8", 1),  # from its begin on
    ],
)
def test_when_a_day_needs_a_break(rows: str, missing: int) -> None:
    assert amount(RULE, teachers(school(rows), ONE)) == missing


def test_longest_run_counts() -> None:
    of = school("1 Arnd 7 - Mon1-4\n2 Arnd 7 - Mon8\n3 Arnd 7 - Mon5")
    rule = TeacherLunch(least=3, window="4-8")
    # Taught 1-5 and 8: 6-7 are free, one is missing.
    assert amount(rule, of) == 1
    # The lecture in 5 goes to 6: 5 and 7 are free but not in a row, two are missing; to 9: 5-7, none.
    assert amount(rule, of, move(of, {"3@1.5": "Mon6"})) == 2
    assert amount(rule, of, move(of, {"3@1.5": "Mon9"})) == 0


def test_window_where_no_times_are_known() -> None:
    of = school("1 Arnd 7 - Mon5-7", on=grid(times=False))
    assert TeacherLunch(least=1).window_of(of) == (5, 7)
    assert amount(TeacherLunch(least=1), of) == 1


def test_window_around_the_long_break() -> None:
    # Periods of 45 minutes from 8:00; breaks of 15 after 2 and of 40 after 5 (12:00): the afternoon begins with 6.
    on = grid(2, (0, 15, 0, 0, 40, 0))
    assert RULE.window_of(school("1 Arnd 7 - Mon1", on=on)) == (4, 6)


def test_short_day_needs_no_break() -> None:
    # Friday ends with period 6: nobody teaches at the end of the window.
    of = teachers(school("1 Arnd 7 - Tue1-6", on=grid(2, short_days={2: 6})), ONE)
    assert amount(RULE, of) == 0


@pytest.mark.parametrize("window", ["7-5", "noon", "5", "5-", "-1-3"])
def test_window_that_is_none(window: str) -> None:
    with pytest.raises(ValueError, match="is no window such as 5-7"):
        TeacherLunch(window=window)


def test_what_is_missing() -> None:
    of = school("1 Arnd 7 - Mon1")
    assert RULE.missing(of) == "no such limit of a teacher is stated (GPU004 or the policy)"
    assert RULE.missing(teachers(of, ONE)) == ""
    assert RULE.missing(teachers(of, {"Arnd": TeacherLimits(least_lunch=0)})), "0 asks for nothing"
