"""Grades that come for half a day."""

from __future__ import annotations

from tests.builders import grid, move, school
from tests.unit.rules.checks import sentence, where
from tests.unit.rules.limited import grades
from untisopt.domain.limits import GradeLimits
from untisopt.rules.days.grade_half_day import GradeHalfDay

RULE = GradeHalfDay()
FLAG = {"10.3": GradeLimits(one_half_day=True)}


def test_example_of_the_module() -> None:
    # The long break of the usual grid lies between 6 and 7.
    of = grades(school("1 Arnd 10.3 - Mon1-4\n2 Beck 10.3 - Tue7\n3 Cern 10.4 - Mon1\n4 Dorn 10.4 - Mon8"), FLAG)
    assert where(RULE, of) == []
    plan = move(of, {"2@2.7": "Mon8"})
    assert where(RULE, of, plan) == ["10.3 Mon"]
    assert sentence(RULE, of, plan) == "10.3 has lectures in the morning and in the afternoon on Mon"


def test_first_period_of_the_afternoon() -> None:
    of = grades(school("1 Arnd 10.3 - Mon4-5"), FLAG)
    assert where(GradeHalfDay(afternoon=5), of) == ["10.3 Mon"]
    assert where(GradeHalfDay(afternoon=6), of) == []
    assert where(GradeHalfDay(afternoon=4), of) == []


def test_without_times_the_afternoon_begins_with_period_7() -> None:
    of = grades(school("1 Arnd 10.3 - Mon6-7", on=grid(times=False)), FLAG)
    assert where(RULE, of) == ["10.3 Mon"]


def test_further_grades() -> None:
    of = school("1 Arnd 10.3,11.1 - Mon6-7")
    assert where(GradeHalfDay(grades=("11*",)), of) == ["11.1 Mon"]


def test_what_is_missing() -> None:
    of = school("1 Arnd 7 - Mon1")
    assert RULE.missing(of) == "no such limit of a grade is stated (GPU003 or the policy)"
    assert RULE.missing(grades(of, FLAG)) == ""
    assert GradeHalfDay(grades=("7",)).missing(of) == ""
