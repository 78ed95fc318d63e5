"""Room clash: moves into an occupied room, and stand-in rooms."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, evidence, sentence, where
from untisopt.rules.clashes.clash import RoomClash

RULE = RoomClash()


def test_two_lessons_in_one_room() -> None:
    of = school("12 Arnd 7 F13 Fri4\n40 Beck 8 F13 Fri5")
    plan = move(of, {"12@5.4": "Fri5"})
    assert where(RULE, of, plan) == ["F13 Fri5"]
    assert sentence(RULE, of, plan) == "F13 is needed twice at Fri 5: S12 7 (lesson 12) + S40 8 (lesson 40)"


def test_lecture_without_a_room_needs_none() -> None:
    of = school("1 Arnd 7 - Mon1\n2 Beck 8 - Mon2\n3 Cern 9 H1 Mon3")
    assert amount(RULE, of, move(of, {"1@1.1": "Mon3", "2@1.2": "Mon3"})) == 0


def test_stand_in_room() -> None:
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 8 H2 Mon1", groups=["H1 H2"])
    assert where(RULE, of, move(of, {}, rooms={"2@1.1": "H2>H1"})) == ["H1 Mon1"]


def test_shared_gym_is_compatible_in_this_room_only() -> None:
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 8 H1 Mon1\n1 Arnd 7 H1 Tue1\n2 Beck 8 H1 Tue2", groups=["H1 H2"])
    assert evidence(RULE, of) == {"H1": "1 pair of lessons runs in parallel so far: 1, 2"}
    assert where(RULE, of, move(of, {"2@2.2": "Tue1"})) == []
    both_in_h2 = move(of, {"2@2.2": "Tue1"}, rooms={"1@2.1": "H1>H2", "2@2.2": "H1>H2"})
    assert where(RULE, of, both_in_h2) == ["H2 Tue1"]
    assert where(RoomClash(allow_existing=False), of) == ["H1 Mon1"]


def test_one_of_two_rooms() -> None:
    of = school("1 Arnd 7 H1+F1 Mon1\n2 Beck 8 F1 Mon2")
    assert where(RULE, of, move(of, {"2@1.2": "Mon1"})) == ["F1 Mon1"]
