"""Grades that want their afternoons apart."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import sentence, where
from tests.unit.rules.limited import grades
from untisopt.domain.limits import GradeLimits
from untisopt.rules.days.grade_afternoons_apart import GradeAfternoonsApart

RULE = GradeAfternoonsApart()
FLAG = {"10.3": GradeLimits(apart=True)}


def test_example_of_the_module() -> None:
    # The long break of the usual grid lies between 6 and 7.
    of = grades(school("1 Arnd 10.3 - Mon7-8\n2 Beck 10.3 - Wed8\n3 Cern 10.4 - Mon8\n4 Dorn 10.4 - Tue8"), FLAG)
    assert where(RULE, of) == []
    plan = move(of, {"2@3.8": "Tue8"})
    assert where(RULE, of, plan) == ["10.3 Mon"]
    assert sentence(RULE, of, plan) == "10.3 has lectures in the afternoon both on Mon and on Tue"


def test_three_days_in_a_row_are_two_pairs() -> None:
    of = grades(school("1 Arnd 10.3 - Tue7\n2 Beck 10.3 - Wed7\n3 Cern 10.3 - Thu9"), FLAG)
    assert where(RULE, of) == ["10.3 Tue", "10.3 Wed"]


def test_the_weekend_lies_between() -> None:
    assert where(RULE, grades(school("1 Arnd 10.3 - Fri7\n2 Beck 10.3 - Mon7"), FLAG)) == []


def test_first_period_of_the_afternoon() -> None:
    of = grades(school("1 Arnd 10.3 - Mon4-5\n2 Beck 10.3 - Tue5"), FLAG)
    assert where(RULE, of) == []
    assert where(GradeAfternoonsApart(afternoon=5), of) == ["10.3 Mon"]
    assert where(GradeAfternoonsApart(afternoon=6), of) == []


def test_further_grades() -> None:
    of = school("1 Arnd 10.3,11.1 - Mon7\n2 Beck 10.3,11.1 - Tue7")
    assert where(GradeAfternoonsApart(grades=("11*",)), of) == ["11.1 Mon"]


def test_what_is_missing() -> None:
    of = school("1 Arnd 7 - Mon1")
    assert RULE.missing(of) == "no such limit of a grade is stated (GPU003 or the policy)"
    assert RULE.missing(grades(of, FLAG)) == ""
    assert GradeAfternoonsApart(grades=("7",)).missing(of) == ""
