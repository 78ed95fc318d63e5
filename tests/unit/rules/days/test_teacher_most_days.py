"""Promised days at school of teachers."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, sentence, where
from untisopt.rules.days.school_days import TeacherMostDays

RULE = TeacherMostDays(most={"Arnd": 3})


def test_example_of_the_module() -> None:
    of = school("1 Arnd 7 - Mon1\n2 Arnd 7 - Tue1\n3 Arnd 7 - Wed1\n4 Arnd 7 - Thu1\n5 Beck 8 - Mon1")
    assert where(RULE, of) == ["Arnd"]
    assert sentence(RULE, of) == "Arnd comes to school on 1 day more than the 3 allowed in the week"
    assert amount(RULE, of, move(of, {"4@4.1": "Mon2"})) == 0


def test_weeks() -> None:
    of = school("1 Arnd 7 - Mon1 AB\n2 Arnd 7 - Tue1 A")
    assert where(TeacherMostDays(most={"Arnd": 1}), of) == ["Arnd A"]


def test_what_is_missing() -> None:
    of = school("1 Arnd 7 - Mon1")
    assert TeacherMostDays().missing(of) == "the policy states no such limit"
    assert RULE.missing(of) == ""
