"""Candidate starts and rooms, and reading a timetable off a solution."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from tests.builders import grid, move, school
from untisopt.domain.calendar import Period
from untisopt.domain.school import School
from untisopt.domain.timetable import Timetable
from untisopt.errors import InternalError
from untisopt.model.decisions import Decisions
from untisopt.model.literals import literal_value

DAY = grid(1, (0, 0, 0))  # periods 1 to 4 of one day


def decisions(
    of: School, *, current: Timetable | None = None, free: Collection[str] | None = None, rooms_change: bool = False
) -> Decisions:
    return Decisions(of, current or of.as_is, free, rooms_change)


def starts(of: School, made: Decisions) -> list[list[int]]:
    return [[start.number for start in made.starts(block)] for block in of.blocks]


def test_blocks_stay_inside_the_grid() -> None:
    of = school("1 Arnd 7 - Mon1\n2 Arnd 7 - Mon2-4", on=DAY)
    assert starts(of, decisions(of)) == [[1, 2, 3, 4], [1, 2]]


def test_lesson_number_0_and_blocks_that_are_not_free_have_one_start() -> None:
    of = school("0 Arnd - - Mon1\n1 Arnd 7 - Mon2\n2 Arnd 7 - Mon3", on=DAY)
    assert starts(of, decisions(of, free={"1@1.2"})) == [[1], [1, 2, 3, 4], [3]]
    # What is not free stays where it is in the current plan, not where it is today.
    current = move(of, {"2@1.3": "Mon4"})
    made = decisions(of, current=current, free=())
    assert starts(of, made) == [[1], [2], [4]]
    assert [made.home(block).number for block in of.blocks] == [1, 2, 3]


def test_literals_are_constants_where_nothing_can_be_chosen() -> None:
    of = school("1 Arnd 7 - Mon1", on=DAY)
    made = decisions(of, free=())
    (block,) = of.blocks
    assert made.literal(block, Period(1, 1)) is True
    assert made.literal(block, Period(1, 2)) is False


def test_forbidden_start() -> None:
    of = school("1 Arnd 7 - Mon1", on=DAY)
    made = decisions(of)
    (block,) = of.blocks
    made.forbid(block, Period(1, 3))
    made.forbid(block, Period(5, 9))
    assert starts(of, made) == [[1, 2, 4]]
    assert made.literal(block, Period(1, 3)) is False
    with pytest.raises(InternalError, match="forbidden after it was used"):
        made.forbid(block, Period(1, 2))


def test_last_start_cannot_be_forbidden() -> None:
    of = school("1 Arnd 7 - Mon1", on=DAY)
    with pytest.raises(InternalError, match="no start left"):
        decisions(of, free=()).forbid(of.blocks[0], Period(1, 1))


def test_rooms_of_the_group_begin_with_that_of_today() -> None:
    of = school("1 Arnd 7 H2 Mon1\n0 Beck - H1 Mon2", on=DAY, groups=["H1 H2 H3"])
    one, zero = of.blocks
    assert decisions(of, rooms_change=True).room_choices(one, "H2") == ("H2", "H1", "H3")
    assert decisions(of, rooms_change=True).room_choices(zero, "H1") == ("H1",)
    assert decisions(of).room_choices(one, "H2") == ("H2",)
    # Where rooms may not change any more, the room of the current plan stays.
    current = move(of, {}, rooms={"1@1.1": "H2>H3"})
    assert decisions(of, current=current).room_choices(one, "H2") == ("H3",)


def test_values_and_timetable_are_inverse() -> None:
    of = school("1 Arnd 7 H1+H2 Mon1-2\n2 Beck 8 - Mon3", on=DAY, groups=["H1 H3"])
    made = decisions(of, rooms_change=True)
    for block in of.blocks:
        made.literal(block, made.home(block))
        for slot in of.room_slots[block.id]:
            made.room_literal(block, made.home(block), slot.room, slot.room)
    plan = move(of, {"1@1.1": "Mon3", "2@1.3": "Mon1"}, rooms={"1@1.1": "H1>H3", "1@1.2": "H1>H3"})
    values = made.values_of(plan)
    assert sorted(values) == list(range(len(made.cp.proto.variables)))
    assert made.timetable(lambda literal: literal_value(literal, values)) == plan
