"""The difference of two timetables, and its application (invariant I6)."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import move, random_school, random_timetable, school
from untisopt.domain.calendar import Period
from untisopt.domain.changes import Move, apply, changes
from untisopt.domain.timetable import Placement, Timetable


@given(st.integers(0, 2**32 - 1))
def test_changes_applied_give_the_other_timetable(seed: int) -> None:
    rng = Random(seed)
    of = random_school(rng)
    one, other = (random_timetable(rng, of, rooms_change=True) for _ in range(2))
    moves = changes(one, other)
    assert apply(moves, one) == other
    assert len(moves) == sum(one[lecture] != other[lecture] for lecture in of.lectures)
    assert changes(other, other) == ()


def test_in_the_order_of_the_places_before() -> None:
    of = school("1 Arnd 7 - Tue1\n2 Beck 8 - Mon2\n3 Cern 9 - Mon1")
    moves = changes(of.as_is, move(of, {"1@2.1": "Wed1", "2@1.2": "Wed2", "3@1.1": "Wed3"}))
    assert [m.lecture for m in moves] == ["3@1.1", "2@1.2", "1@2.1"]


@pytest.mark.parametrize(
    ("period", "rooms", "changes_period", "changes_day", "changes_rooms"),
    [
        (Period(1, 2), (("H1",),), True, False, False),
        (Period(2, 1), (("H1",),), True, True, False),
        (Period(1, 1), (("H2",),), False, False, True),
        (Period(2, 1), ((),), True, True, True),
    ],
)
def test_what_a_move_changes(
    period: Period, rooms: tuple[tuple[str, ...], ...], changes_period: bool, changes_day: bool, changes_rooms: bool
) -> None:
    made = Move("1@1.1", Placement(Period(1, 1), (("H1",),)), Placement(period, rooms))
    assert (made.changes_period, made.changes_day, made.changes_rooms) == (changes_period, changes_day, changes_rooms)


def test_two_lectures_may_swap() -> None:
    of = school("1 Arnd 7 - Mon1\n2 Beck 7 - Mon2")
    plan = move(of, {"1@1.1": "Mon2", "2@1.2": "Mon1"})
    assert apply(reversed(changes(of.as_is, plan)), of.as_is) == plan


def test_timetables_of_different_schools_have_no_difference() -> None:
    with pytest.raises(ValueError, match="only if they hold the same lectures"):
        changes(school("1 Arnd 7 - Mon1").as_is, Timetable({}))


def test_a_move_that_does_not_fit_is_refused() -> None:
    of = school("1 Arnd 7 - Mon1")
    moves = changes(of.as_is, move(of, {"1@1.1": "Mon2"}))
    moved = apply(moves, of.as_is)
    with pytest.raises(ValueError, match=r"lecture 1@1\.1 does not stand where the move expects it"):
        apply(moves, moved)
    with pytest.raises(ValueError, match="does not stand"):
        apply(moves, Timetable({}))
