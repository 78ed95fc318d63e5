"""Moved lectures: each counts one."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, evidence, sentence, where
from untisopt.domain.score import Tier
from untisopt.rules.changes.moved_lectures import MovedLectures

RULE = MovedLectures()


def test_double_counts_two() -> None:
    of = school("177 Arnd 7 - Mon1-2\n178 Arnd 8 - Tue1")
    assert amount(RULE, of) == 0
    assert where(RULE, of, move(of, {"177@1.1": "Mon3"})) == ["Mon3", "Mon4"]


def test_block_that_moves_by_one_period_moves_both_lectures() -> None:
    # The second period is taught before and after, but by another lecture of the block.
    of = school("1 Arnd 7 - Mon1-2")
    assert amount(RULE, of, move(of, {"1@1.1": "Mon2"})) == 2


def test_room_change_is_no_move() -> None:
    of = school("1 Arnd 7 H1 Mon1", groups=["H1 H2"])
    assert amount(RULE, of, move(of, {}, rooms={"1@1.1": "H1>H2"})) == 0


def test_coupling_counts_once() -> None:
    of = school("1 Arnd 7 H1 Mon1\n1 Beck 8 H2 Mon1")
    assert amount(RULE, of, move(of, {"1@1.1": "Tue1"})) == 1


def test_explain() -> None:
    of = school("177 Arnd 10.3 - Fri5")
    found = sentence(RULE, of, move(of, {"177@5.5": "Mon3"}))
    assert found == "S177 10.3 (lesson 177) moves from Fri 5 to Mon 3"
    assert RULE.tier is Tier.CHANGES
    assert RULE.missing(of) == ""
    assert evidence(RULE, of) == {}
