"""Lunch breaks of grades."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import sentence, where
from tests.unit.rules.limited import grades
from untisopt.domain.limits import GradeLimits
from untisopt.rules.days.lunch import GradeLunch

RULE = GradeLunch()
ONE = {"10.3": GradeLimits(least_lunch=1)}


def test_example_of_the_module() -> None:
    of = grades(school("1 Arnd 10.3 - Mon3-8"), ONE)
    assert where(RULE, of) == ["10.3 Mon"]
    assert sentence(RULE, of) == "10.3 lacks 1 free period of the lunch break of 1 in periods 5-7 on Mon"


def test_lecture_moved_into_the_break() -> None:
    of = grades(school("1 Arnd 10.3 - Mon1-5\n2 Beck 10.3 - Mon7\n3 Cern 10.3 - Tue1"), ONE)
    assert where(RULE, of) == []
    assert where(RULE, of, move(of, {"3@2.1": "Mon6"})) == ["10.3 Mon"]


def test_limit_for_all_is_for_those_without_one() -> None:
    of = grades(school("1 Arnd 10.3,10.4 - Mon3-8"), {"10.3": GradeLimits(least_lunch=0)})
    assert where(GradeLunch(least=1), of) == ["10.4 Mon"]


def test_what_is_missing() -> None:
    of = school("1 Arnd 7 - Mon1")
    assert RULE.missing(of) == "no such limit of a grade is stated (GPU003 or the policy)"
    assert RULE.missing(grades(of, ONE)) == ""
