"""Last periods of grades."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, sentence, where
from untisopt.rules.days.grade_last_period import GradeLastPeriod

RULE = GradeLastPeriod(last={"5*": 6, "6*": 6})


def test_example_of_the_module() -> None:
    of = school("1 Arnd 5a - Mon1\n2 Beck 7a - Mon8")
    plan = move(of, {"1@1.1": "Mon7"})
    assert where(RULE, of) == []
    assert where(RULE, of, plan) == ["5a Mon"]
    assert sentence(RULE, of, plan) == "5a has 1 lecture after period 6 on Mon"


def test_one_per_period() -> None:
    of = school("1 Arnd 5a - Mon6-8\n2 Beck 5a - Mon8")
    assert amount(RULE, of) == 2


def test_name_goes_before_patterns_and_the_first_pattern_counts() -> None:
    of = school("1 Arnd 10.3,10.4,11.1,12 - Mon8")
    rule = GradeLastPeriod(last={"10*": 7, "1*": 6, "10.3": 8})
    assert [rule.last_of(grade) for grade in ("10.3", "10.4", "11.1", "9")] == [8, 7, 6, None]
    assert where(rule, of) == ["10.4 Mon", "11.1 Mon", "12 Mon"]


def test_what_is_missing() -> None:
    of = school("1 Arnd 7 - Mon1")
    assert GradeLastPeriod().missing(of) == "the policy states no such limit"
    assert RULE.missing(of) == ""
