"""Too few lectures of a grade on a day."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, sentence, where
from tests.unit.rules.limited import grades
from untisopt.domain.limits import GradeLimits
from untisopt.rules.days.least_per_day import GradeLeastPerDay

RULE = GradeLeastPerDay()


def test_example_of_the_module() -> None:
    of = grades(
        school("1 Arnd 5a - Mon1-4\n2 Beck 5a - Mon5\n3 Beck 5a - Tue1-5"), {"5a": GradeLimits(least_per_day=5)}
    )
    assert where(RULE, of) == []
    plan = move(of, {"2@1.5": "Tue6"})
    assert where(RULE, of, plan) == ["5a Mon"]
    assert sentence(RULE, of, plan) == "5a has 1 lecture fewer than the 5 demanded on Mon"


def test_part_classes_in_one_period_are_one() -> None:
    # Two periods with three lectures: 2 of 4.
    of = grades(
        school("1 Arnd 10.3 - Mon1\n2 Beck 10.3 - Mon1\n3 Cern 10.3 - Mon2"), {"10.3": GradeLimits(least_per_day=4)}
    )
    assert amount(RULE, of) == 2


def test_what_is_missing() -> None:
    of = school("1 Arnd 5a - Mon1")
    assert RULE.missing(of) == "no such limit of a grade is stated (GPU003 or the policy)"
    assert GradeLeastPerDay(least=2).missing(of) == ""
    assert amount(GradeLeastPerDay(least=2), of) == 1
