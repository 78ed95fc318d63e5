"""Changed rooms: one per lecture and room."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, evidence, sentence, violations
from untisopt.domain.timetable import Placement
from untisopt.rules.changes.changed_rooms import ChangedRooms

RULE = ChangedRooms()


def test_one_of_two_rooms() -> None:
    of = school("1 Arnd 7 H1+H3 Mon1", groups=["H1 H2"])
    plan = move(of, {}, rooms={"1@1.1": "H1>H2"})
    assert amount(RULE, of, plan) == 1
    assert sentence(RULE, of, plan) == "S1 7 (lesson 1) changes rooms: H1 > H2"


def test_double_in_another_room_counts_two() -> None:
    of = school("1 Arnd 7 H1 Mon1-2", groups=["H1 H2"])
    assert amount(RULE, of, move(of, {}, rooms={"1@1.1": "H1>H2", "1@1.2": "H1>H2"})) == 2


def test_room_in_two_lines_counts_per_line() -> None:
    of = school("1 Arnd 7 H1 Mon1\n1 Beck 8 H1 Mon1", groups=["H1 H2"])
    assert amount(RULE, of, move(of, {}, rooms={"1@1.1": "H1>H2"})) == 2


def test_move_that_keeps_its_room() -> None:
    of = school("1 Arnd 7 H1 Mon1")
    assert amount(RULE, of, move(of, {"1@1.1": "Tue1"})) == 0


def test_plan_with_more_or_fewer_rooms() -> None:
    # A plan that somebody else made may give a second room, or none: a position without a counterpart is a change.
    of = school("1 Arnd 7 H1 Mon1", rooms=["H2"])
    now = of.as_is["1@1.1"]
    more = of.as_is.replace({"1@1.1": Placement(now.period, (("H1", "H2"),))})
    fewer = of.as_is.replace({"1@1.1": Placement(now.period, ((),))})
    assert [v.facts.detail for v in violations(RULE, of, more)] == [(" > H2",)]
    assert [v.facts.detail for v in violations(RULE, of, fewer)] == [("H1 > ",)]


def test_infers_nothing() -> None:
    of = school("1 Arnd 7 H1 Mon1")
    assert RULE.missing(of) == ""
    assert evidence(RULE, of) == {}
