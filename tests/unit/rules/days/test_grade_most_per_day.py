"""Too many lectures of a grade on a day."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, sentence, where
from tests.unit.rules.limited import grades
from untisopt.domain.limits import GradeLimits
from untisopt.rules.days.most_per_day import GradeMostPerDay

RULE = GradeMostPerDay()
SIX = {"5a": GradeLimits(most_per_day=6)}


def test_example_of_the_module() -> None:
    of = grades(school("1 Arnd 5a - Mon1-8"), SIX)
    assert where(RULE, of) == ["5a Mon"]
    assert sentence(RULE, of) == "5a has 2 lectures more than the 6 allowed on Mon"


def test_part_classes_in_one_period_are_one() -> None:
    of = grades(school("1 Arnd 5a - Mon1-6\n2 Beck 5a - Mon6\n3 Cern 5a - Tue1"), SIX)
    assert amount(RULE, of) == 0
    assert amount(RULE, of, move(of, {"3@2.1": "Mon7"})) == 1


def test_limit_for_all_is_for_those_without_one() -> None:
    of = grades(school("1 Arnd 5a,5b - Mon1-4"), SIX)
    assert where(GradeMostPerDay(most=3), of) == ["5b Mon"]


def test_what_is_missing() -> None:
    of = school("1 Arnd 5a - Mon1")
    assert RULE.missing(of) == "no such limit of a grade is stated (GPU003 or the policy)"
    assert RULE.missing(grades(of, SIX)) == ""
