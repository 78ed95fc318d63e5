"""Moved lectures of a teacher beyond a fair share."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, sentence, where
from untisopt.domain.score import Tier
from untisopt.rules.changes.fair_burden import FairBurden

TABLE = "1 Arnd 7 - Mon1-2\n2 Arnd 7 - Mon3-4\n3 Arnd 8 - Mon5-6\n3 Beck 8 - Mon5-6\n4 Cern 9 R1 Tue1"


def test_example_of_the_module() -> None:
    # Three doubles of Arnd move, six lectures; Beck is in one of them.
    of = school(TABLE)
    plan = move(of, {"1@1.1": "Tue1", "2@1.3": "Tue3", "3@1.5": "Tue5"})
    assert where(FairBurden(), of) == []
    assert where(FairBurden(), of, plan) == ["Arnd"]
    assert amount(FairBurden(), of, plan) == 2
    assert sentence(FairBurden(), of, plan) == "2 more lectures of Arnd move than the 4 asked of everybody"


def test_lecture_of_two_teachers_counts_for_both() -> None:
    of = school(TABLE)
    plan = move(of, {"3@1.5": "Tue5"})
    # 2 of 1 for Arnd and for Beck.
    assert where(FairBurden(most_moves=1), of, plan) == ["Arnd", "Beck"]
    assert amount(FairBurden(most_moves=1), of, plan) == 2


def test_another_room_is_no_move() -> None:
    of = school(TABLE, groups=["R1 R2"])
    assert amount(FairBurden(most_moves=0), of, move(of, {}, {"4@2.1": "R1>R2"})) == 0


def test_comfort_and_off() -> None:
    assert (FairBurden().tier, FairBurden().weight) == (Tier.COMFORT, 0)
