"""Days without a lesson between two days with it."""

from __future__ import annotations

import pytest

from tests.builders import move, school
from tests.unit.rules.checks import amount, sentence, where
from untisopt.rules.lessons.lesson_spread import LessonSpread

RULE = LessonSpread(weight=1)


@pytest.mark.parametrize(("other", "found"), [("Tue", 1), ("Wed", 0), ("Fri", 0), ("Mon", 0)])
def test_two_blocks(other: str, found: int) -> None:
    # Twice on Monday is no matter of this rule.
    of = school(f"31 Arnd 7 - Mon1\n31 Arnd 7 - {other}5")
    assert amount(RULE, of) == found


def test_sentence() -> None:
    of = school("31 Arnd 7 - Mon1\n31 Arnd 7 - Tue5")
    assert sentence(RULE, of) == "S31 7 (lesson 31) is held on Mon and on Tue"


def test_three_blocks_just_fit_into_five_days() -> None:
    # 1 + 2 * 2 = 5 days: Monday, Wednesday, Friday.
    of = school("31 Arnd 7 - Mon1\n31 Arnd 7 - Tue1\n31 Arnd 7 - Wed1")
    assert amount(RULE, of) == 2
    assert amount(RULE, of, move(of, {"31@2.1": "Fri1"})) == 0


def test_four_blocks_do_not_fit() -> None:
    assert amount(RULE, school("\n".join(f"31 Arnd 7 - {day}1" for day in ("Mon", "Tue", "Wed", "Thu")))) == 0


def test_parameter_least_days_between() -> None:
    rule = LessonSpread(weight=1, least_days_between=2)
    assert amount(rule, school("31 Arnd 7 - Mon1\n31 Arnd 7 - Wed5")) == 1
    assert amount(rule, school("31 Arnd 7 - Mon1\n31 Arnd 7 - Thu5")) == 0
    # Three blocks would need 1 + 2 * 3 = 7 days.
    assert amount(rule, school("31 Arnd 7 - Mon1\n31 Arnd 7 - Tue1\n31 Arnd 7 - Wed1")) == 0


def test_weeks() -> None:
    assert amount(RULE, school("31 Arnd 7 - Mon1 A\n31 Arnd 7 - Tue1 B")) == 0
    assert where(RULE, school("31 Arnd 7 - Mon1 AB\n31 Arnd 7 - Tue1 B")) == ["Mon B"]


def test_off_by_default() -> None:
    assert LessonSpread().weight == 0
    assert amount(RULE, school("0 Arnd 7 - Mon1\n0 Arnd 7 - Tue1")) == 0
