"""Availability: blocked times of teachers, grades and rooms."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, evidence, sentence, where
from untisopt.rules.days.availability import Availability

RULE = Availability()


def test_one_per_resource_and_lecture() -> None:
    of = school("1 Arnd 7 H1 Mon3", blocked={"Arnd": "Fri1", "7": "Fri1", "H1": "Fri1 Fri2"})
    assert where(RULE, of) == []
    assert where(RULE, of, move(of, {"1@1.3": "Fri1"})) == ["7 Fri1", "Arnd Fri1", "H1 Fri1"]
    assert where(RULE, of, move(of, {"1@1.3": "Fri2"})) == ["H1 Fri2"]


def test_every_period_of_a_block() -> None:
    # A double in 2-3 lies in both blocked periods, one in 3-4 only in 3.
    of = school("1 Arnd 7 H1 Mon5-6", blocked={"Arnd": "Mon2 Mon3"})
    assert amount(RULE, of, move(of, {"1@1.5": "Mon2"})) == 2
    assert amount(RULE, of, move(of, {"1@1.5": "Mon3"})) == 1


def test_what_is_blocked_today_counts_as_well() -> None:
    assert where(RULE, school("1 Arnd 7 H1 Mon3", blocked={"Arnd": "Mon3"})) == ["Arnd Mon3"]


def test_stand_in_room_that_is_blocked() -> None:
    of = school("1 Arnd 7 H1 Mon3", groups=["H1 H2"], blocked={"H2": "Mon3"})
    assert where(RULE, of, move(of, {}, rooms={"1@1.3": "H1>H2"})) == ["H2 Mon3"]


def test_room_in_two_lines_counts_once() -> None:
    assert amount(RULE, school("1 Arnd 7 H1 Mon3\n1 Beck 7 H1 Mon3", blocked={"H1": "Mon3"})) == 1


def test_explain() -> None:
    of = school("177 Arnd 10.3 H1 Fri1", blocked={"Arnd": "Fri1"})
    assert sentence(RULE, of) == "Arnd is blocked at Fri 1 but has S177 10.3 (lesson 177)"
    assert RULE.missing(of) == ""
    assert evidence(RULE, of) == {}
