"""Early and late lectures of teachers."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, sentence, where
from untisopt.domain.score import Tier
from untisopt.rules.days.edges import TeacherEdges

RULE = TeacherEdges()


def test_example_of_the_module() -> None:
    of = school("1 Arnd 7 - Mon1\n2 Arnd 7 - Tue1\n3 Arnd 7 - Wed3")
    plan = move(of, {"3@3.3": "Wed9"})
    assert where(RULE, of) == []
    assert where(RULE, of, plan) == ["Arnd"]
    expected = "Arnd gets 1 more lecture in an early or late period (up to 1, from 8 on) in the week"
    assert sentence(RULE, of, plan) == expected


def test_where_the_edges_begin() -> None:
    # Periods 2 and 7 are edges if they are said to be: two.
    of = school("1 Arnd 7 - Mon3\n2 Arnd 7 - Mon4")
    plan = move(of, {"1@1.3": "Mon2", "2@1.4": "Mon7"})
    assert amount(RULE, of, plan) == 0
    assert amount(TeacherEdges(first=2, last=7), of, plan) == 2


def test_limits_of_different_edges_do_not_mix() -> None:
    # What a rule remembers of the plan of today depends on its parameters: 2 is early today for the second rule.
    of = school("1 Arnd 7 - Mon2")
    plan = move(of, {"1@1.2": "Mon1"})
    assert amount(RULE, of, plan) == 1
    assert amount(TeacherEdges(first=2), of, plan) == 0


def test_comfort_and_off() -> None:
    assert (RULE.tier, RULE.weight) == (Tier.COMFORT, 0)
