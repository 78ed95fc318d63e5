"""A grade's day: the periods in which it is taught today."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import evidence, sentence, where
from untisopt.domain.calendar import Period
from untisopt.rules.days.grade_day import GradeDay

RULE = GradeDay()
PER_DAY = GradeDay(per_day=True)

# 10.3 has periods 2 to 5 on Monday and 3 to 8 on Tuesday; nothing on the other days.
TABLE = "1 Arnd 10.3 - Mon2-5\n2 Beck 10.3 - Tue3\n3 Cern 10.3 - Tue8"


def test_window_of_the_week() -> None:
    # The earliest period is 2, the latest 8, on both days.
    of = school(TABLE)
    assert where(RULE, of) == []
    assert where(RULE, of, move(of, {"2@2.3": "Mon8"})) == []
    assert where(RULE, of, move(of, {"2@2.3": "Tue2"})) == []
    assert where(RULE, of, move(of, {"2@2.3": "Mon9"})) == ["10.3 Mon9"]
    assert where(RULE, of, move(of, {"2@2.3": "Mon1"})) == ["10.3 Mon1"]


def test_window_of_the_day() -> None:
    of = school(TABLE)
    assert where(PER_DAY, of) == []
    assert where(PER_DAY, of, move(of, {"2@2.3": "Mon6"})) == ["10.3 Mon6"]
    assert where(PER_DAY, of, move(of, {"2@2.3": "Tue2"})) == ["10.3 Tue2"]
    assert where(PER_DAY, of, move(of, {"2@2.3": "Tue7"})) == []


def test_day_on_which_the_grade_is_not_taught() -> None:
    of = school(TABLE)
    assert where(RULE, of, move(of, {"2@2.3": "Wed3"})) == ["10.3 Wed3"]


def test_every_lecture_of_a_block_and_every_grade() -> None:
    # Four periods from 7 on: 7 and 8 are inside, 9 and 10 are not.
    of = school(TABLE)
    assert where(RULE, of, move(of, {"1@1.2": "Mon7"})) == ["10.3 Mon10", "10.3 Mon9"]
    both = school("1 Arnd 7,8 - Mon1\n2 Beck 8 - Mon2")
    assert where(RULE, both, move(both, {"1@1.1": "Mon2"})) == ["7 Mon2"]
    assert where(RULE, both, move(both, {"1@1.1": "Mon3"})) == ["7 Mon3", "8 Mon3"]


def test_outside_the_grid() -> None:
    # One per grade, and one for a lecture without a grade.
    of = school("1 Arnd 7,8 - Mon1\n2 Beck - - Mon2")
    assert where(RULE, of, move(of, {"1@1.1": "Mon11", "2@1.2": "Sat1"})) == ["7 Mon11", "8 Mon11", "Sat1"]


def test_lecture_without_a_grade_may_stand_anywhere_in_the_grid() -> None:
    of = school("1 Arnd - - Mon1")
    assert where(RULE, of, move(of, {"1@1.1": "Fri10"})) == []


def test_explain() -> None:
    of = school(TABLE)
    found = sentence(RULE, of, move(of, {"2@2.3": "Mon9"}))
    assert found == "S2 10.3 (lesson 2) at Mon 9 is outside the periods in which 10.3 is taught"
    no_grade = school("2 Beck - - Mon2")
    assert "in which the school is taught" in sentence(RULE, no_grade, move(no_grade, {"2@1.2": "Sat1"}))


def test_infer() -> None:
    assert evidence(RULE, school(TABLE)) == {"10.3": "taught on 2 days in periods 2 to 8"}
    assert RULE.missing(school(TABLE)) == ""
    assert PER_DAY.windows(school(TABLE)) == {("10.3", 1): (2, 5), ("10.3", 2): (3, 8)}


def test_period_zero() -> None:
    of = school("1 Arnd 7 - Mon1")
    assert Period(1, 0) not in of.grid
    assert where(RULE, of, move(of, {"1@1.1": "Mon0"})) == ["7 Mon0"]


def test_grades_that_are_exempt_stay_within_the_grid_only() -> None:
    of = school(TABLE + "\n4 Dorn 9 - Mon2")
    rule = GradeDay(except_=("10.*",))
    # 10.3 may be taught earlier, later, and on Wednesday; 9 has had Monday 2 only.
    plan = move(of, {"2@2.3": "Mon9", "3@2.8": "Wed1", "4@1.2": "Mon1"})
    assert where(rule, of, plan) == ["9 Mon1"]
    assert evidence(rule, of) == {"9": "taught on 1 day in period 2"}
    # The grid has ten periods.
    assert where(rule, of, move(of, {"2@2.3": "Mon11"})) == ["10.3 Mon11"]
