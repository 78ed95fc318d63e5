"""Gaps of grades: none on top of those of today."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import grid, move, school
from tests.unit.rules.checks import amount, evidence, sentence, where
from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.rules.days.grade_gaps import GradeGaps

RULE = GradeGaps()


def test_example_of_the_module() -> None:
    # Periods 1-5 and 6; the lecture in 5 goes away to Tuesday: 1-4 and 6, one gap.
    of = school("1 Arnd 10.3 - Mon1-4\n2 Beck 10.3 - Mon5\n3 Cern 10.3 - Mon6")
    plan = move(of, {"2@1.5": "Tue1"})
    assert where(RULE, of, plan) == ["10.3 Mon"]
    assert sentence(RULE, of, plan) == "10.3 gets 1 more free period between lectures on Mon"


def test_gap_of_today_may_stay_and_wander() -> None:
    # Today 1, 3: a gap in 2. With 1, 2, 4 the gap is in 3: as many as today.
    of = school("1 Arnd 7 - Mon1\n2 Beck 7 - Mon3\n3 Cern 7 - Tue1")
    assert amount(RULE, of) == 0
    assert amount(RULE, of, move(of, {"3@2.1": "Mon4", "2@1.3": "Mon2"})) == 0
    # 1, 3, 6: gaps in 2, 4, 5; one is there today: two.
    assert amount(RULE, of, move(of, {"3@2.1": "Mon6"})) == 2


def test_gap_of_one_day_does_not_excuse_another_day() -> None:
    of = school("1 Arnd 7 - Mon1\n2 Beck 7 - Mon3\n3 Cern 7 - Tue1\n4 Dorn 7 - Tue2")
    plan = move(of, {"2@1.3": "Mon2", "4@2.2": "Tue3"})
    assert where(RULE, of, plan) == ["7 Tue"]


def test_free_periods_at_the_edges_are_no_gaps() -> None:
    of = school("1 Arnd 7 - Mon1\n2 Beck 7 - Mon2")
    assert amount(RULE, of, move(of, {"1@1.1": "Mon9", "2@1.2": "Mon10"})) == 0
    assert amount(RULE, of, move(of, {"1@1.1": "Tue5"})) == 0


def test_parallel_lectures_occupy_once() -> None:
    # 1, 1, 3: one gap, although there are three lectures.
    of = school("1 Arnd 12 - Mon1\n2 Beck 12 - Mon1\n3 Cern 12 - Mon2")
    assert amount(RULE, of, move(of, {"3@1.2": "Mon3"})) == 1


def test_weeks() -> None:
    # The lecture in 2 is held in A weeks only. Away with it: a gap in A; in B it is there today.
    of = school("1 Arnd 7 - Mon1 AB\n2 Beck 7 - Mon2 A\n3 Cern 7 - Mon3 AB")
    assert where(RULE, of) == []
    assert where(RULE, of, move(of, {"2@1.2": "Tue1"})) == ["7 Mon A"]


def test_numbers_that_the_grid_lacks_are_no_gaps() -> None:
    # A day of four periods: from 4 to nothing.
    of = school("1 Arnd 7 - Mon1\n2 Beck 7 - Mon4", on=grid(2, (0, 0, 0)))
    assert evidence(RULE, of) == {"7": "2 gaps so far"}
    assert RULE.missing(of) == ""


def test_grades_that_are_exempt_may_get_gaps() -> None:
    # 7 and 8 have 1-2 and a gap in 4; after the move both have 1 and 3: one gap more each on Monday.
    of = school("1 Arnd 7 - Mon1-3\n2 Beck 7 - Mon5\n3 Cern 8 - Mon1\n4 Dorn 8 - Mon2")
    plan = move(of, {"2@1.5": "Mon6", "4@1.2": "Mon3"})
    assert where(RULE, of, plan) == ["7 Mon", "8 Mon"]
    rule = GradeGaps(except_=("7",))
    assert where(rule, of, plan) == ["8 Mon"]
    assert evidence(RULE, of) == {"7": "1 gap so far"}
    assert evidence(rule, of) == {}


@pytest.mark.parametrize(
    ("closed", "absent", "gaps"),
    [
        ({}, {}, 2),
        # The whole school has its lunch in period 5, which is numbered as a period: nobody waits.
        ({"": [5], "7": [5]}, {}, 1),
        # Another grade's free time is no excuse.
        ({"": [5], "8": [5]}, {}, 2),
        # Away in 4 and 5, as on an excursion of two periods.
        ({}, {"7": [4, 5]}, 0),
        ({"7": [5]}, {"7": [4, 5]}, 0),
    ],
)
def test_nobody_waits_when_away_or_when_all_are_free(
    closed: dict[str, list[int]], absent: dict[str, list[int]], gaps: int
) -> None:
    # Monday 1-3 today, and 6 then: 4 and 5 lie between.
    of = school("1 Arnd 7 - Mon1-3\n2 Beck 7 - Tue1\n3 Cern 7 - Tue2")
    of = replace(
        of,
        closed={name: frozenset(Period(1, n) for n in numbers) for name, numbers in closed.items()},
        absent={(Kind.GRADE, name): frozenset(Period(1, n) for n in numbers) for name, numbers in absent.items()},
    )
    assert amount(RULE, of, move(of, {"3@2.2": "Mon6"})) == gaps
