"""Timetables never change; a changed one is another one."""

from __future__ import annotations

import pytest

from tests.builders import school
from untisopt.domain.calendar import Period
from untisopt.domain.timetable import Placement, Timetable

PLAN = school("1 Arnd 7 H1 Mon1\n2 Beck 8 H2 Mon2").as_is


def test_replace_leaves_the_original_alone() -> None:
    other = PLAN.replace({"1@1.1": PLAN["1@1.1"].at(Period(2, 3))})
    assert other["1@1.1"] == Placement(Period(2, 3), (("H1",),))
    assert other["2@1.2"] is PLAN["2@1.2"]
    assert PLAN["1@1.1"].period == Period(1, 1)


def test_replace_keeps_the_order_of_lectures() -> None:
    other = PLAN.replace({"2@1.2": PLAN["2@1.2"].at(Period(2, 3)), "1@1.1": PLAN["1@1.1"].at(Period(2, 4))})
    assert list(other) == ["1@1.1", "2@1.2"]


def test_replace_refuses_lectures_it_does_not_hold() -> None:
    with pytest.raises(KeyError, match=r"lectures not in this timetable: 3@1\.1, 4@1\.1"):
        PLAN.replace({"4@1.1": PLAN["1@1.1"], "3@1.1": PLAN["1@1.1"]})


def test_equal_if_all_placements_are() -> None:
    same = Timetable(dict(reversed(list(PLAN.items()))))
    assert same == PLAN
    assert hash(same) == hash(PLAN)
    assert PLAN.replace({"1@1.1": PLAN["1@1.1"].at(Period(2, 3))}) != PLAN
    assert dict(PLAN) != PLAN


def test_does_not_follow_the_mapping_it_was_made_from() -> None:
    placements = dict(PLAN)
    made = Timetable(placements)
    placements.clear()
    assert len(made) == 2
