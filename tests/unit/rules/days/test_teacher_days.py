"""Days at school of teachers."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, where
from untisopt.domain.score import Tier
from untisopt.rules.days.school_days import TeacherDays

RULE = TeacherDays()


def test_example_of_the_module() -> None:
    of = school("1 Arnd 7 - Mon1\n2 Arnd 7 - Mon2\n3 Arnd 7 - Tue1\n4 Arnd 7 - Wed1")
    assert where(RULE, of) == []
    assert amount(RULE, of, move(of, {"2@1.2": "Fri1"})) == 1
    # Thursday in place of Wednesday: three days as before.
    assert amount(RULE, of, move(of, {"4@3.1": "Thu1"})) == 0


def test_weeks() -> None:
    # In A weeks two days, in B weeks one. With the lecture of every week on Tuesday B gets a second day, A keeps two.
    of = school("1 Arnd 7 - Mon1 AB\n2 Arnd 7 - Tue1 A\n3 Arnd 7 - Mon2 AB")
    assert where(RULE, of, move(of, {"3@1.2": "Tue2"})) == ["Arnd B"]


def test_comfort_and_off() -> None:
    assert (RULE.tier, RULE.weight) == (Tier.COMFORT, 0)
