"""Pins: pinned lectures stay in their period and rooms."""

from __future__ import annotations

import pickle
from dataclasses import replace

from tests.builders import move, school
from tests.unit.rules.checks import amount, evidence, sentence, where
from untisopt.domain.pins import Hold, PinReason, hold_of
from untisopt.domain.school import School
from untisopt.rules.lessons.pinned import Pinned

RULE = Pinned()


def test_another_period_or_another_room() -> None:
    of = school("177 Arnd 10.3 H1 Fri5", pinned=["177@5.5"], groups=["H1 H2"])
    assert where(RULE, of) == []
    assert where(RULE, of, move(of, {"177@5.5": "Fri6"})) == ["Fri6"]
    assert where(RULE, of, move(of, {}, rooms={"177@5.5": "H1>H2"})) == ["Fri5"]


def test_period_and_room_together_count_once() -> None:
    of = school("1 Arnd 7 H1 Fri5", pinned=["1@5.5"], groups=["H1 H2"])
    assert amount(RULE, of, move(of, {"1@5.5": "Fri6"}, rooms={"1@5.5": "H1>H2"})) == 1


def test_every_pinned_lecture_of_a_block_counts() -> None:
    of = school("1 Arnd 7 H1 Mon1-2", pinned=["1@1.1", "1@1.2"])
    assert amount(RULE, of, move(of, {"1@1.1": "Mon3"})) == 2
    part = school("1 Arnd 7 H1 Mon1-2", pinned=["1@1.2"])
    assert amount(RULE, part, move(part, {"1@1.1": "Mon3"})) == 1


def test_what_is_not_pinned_may_move() -> None:
    of = school("1 Arnd 7 H1 Mon1\n2 Arnd 7 H1 Mon2", pinned=["1@1.1"])
    assert amount(RULE, of, move(of, {"2@1.2": "Mon3"})) == 0


def test_explain_and_infer() -> None:
    of = school("177 Arnd 10.3 H1 Fri5\n178 Arnd 9 H1 Fri1", pinned=["177@5.5", "178@5.1"])
    found = sentence(RULE, of, move(of, {"177@5.5": "Fri6"}))
    assert found == "S177 10.3 (lesson 177) is pinned to Fri 5 (flag X)"
    assert evidence(RULE, of) == {"flag X": "2 lectures stay"}
    assert RULE.missing(of) == ""


def _held(hold: Hold) -> School:
    of = school("1 Arnd 7 H1 Mon1", groups=["H1 H2"])
    return replace(of, pinned={"1@1.1": PinReason("agreed", hold)})


def test_time_alone() -> None:
    of = _held(Hold.TIME)
    assert where(RULE, of, move(of, {}, rooms={"1@1.1": "H1>H2"})) == []
    assert where(RULE, of, move(of, {"1@1.1": "Mon2"})) == ["Mon2"]
    assert evidence(RULE, of) == {"agreed": "1 lecture keeps its period"}
    assert sentence(RULE, of, move(of, {"1@1.1": "Mon2"})) == "S1 7 (lesson 1) is pinned to Mon 1 (agreed)"


def test_rooms_alone() -> None:
    of = _held(Hold.ROOM)
    assert where(RULE, of, move(of, {"1@1.1": "Mon2"})) == []
    plan = move(of, {"1@1.1": "Mon2"}, rooms={"1@1.1": "H1>H2"})
    assert where(RULE, of, plan) == ["Mon2"]
    assert evidence(RULE, of) == {"agreed": "1 lecture keeps its rooms"}
    assert sentence(RULE, of, plan) == "S1 7 (lesson 1) is to keep its rooms (agreed)"


def test_what_pins_hold_together() -> None:
    assert Hold.TIME | Hold.TIME is Hold.TIME
    assert Hold.TIME | Hold.ROOM is Hold.BOTH
    assert Hold.BOTH | Hold.ROOM is Hold.BOTH
    assert hold_of("flag X") is Hold.BOTH
    # Processes of the solver get the school by pickle.
    again = pickle.loads(pickle.dumps(PinReason("agreed", Hold.ROOM)))
    assert (again, hold_of(again)) == ("agreed", Hold.ROOM)
