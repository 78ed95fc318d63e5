"""Rooms that may not stand in: too few seats, or no alternative of a room of weight 4."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import move, school
from tests.unit.rules.checks import amount, sentence, where
from tests.unit.rules.traits import stating
from untisopt.domain.limits import LessonTraits, RoomTraits
from untisopt.domain.school import School
from untisopt.rules.rooms.capacity import RoomCapacity
from untisopt.rules.rooms.weight import RoomWeight

CAPACITY, WEIGHT = RoomCapacity(), RoomWeight()
BASE = school("12 Arnd 7 H1 Mon1-2", groups=["H1 H2 H3"])


def seats(students: int | None, **rooms: int | None) -> School:
    """Lesson 12 has these students; rooms have these seats."""
    known = {name: replace(room, capacity=rooms.get(name)) for name, room in BASE.rooms.items()}
    return replace(stating(BASE, lessons={12: LessonTraits(students=students)}), rooms=known)


@pytest.mark.parametrize(
    ("students", "before", "after", "found"),
    [
        (28, 30, 28, 0),
        (28, 30, 24, 1),
        (28, 24, 26, 0),  # 2 seats are missing, 4 are today
        (28, 24, 24, 0),
        (28, 24, 23, 1),
        (28, None, 27, 1),
        (28, 30, None, 0),
        (None, 30, 1, 0),
    ],
)
def test_seats(students: int | None, before: int | None, after: int | None, found: int) -> None:
    of = seats(students, H1=before, H2=after)
    assert amount(CAPACITY, of, move(of, {}, {"12@1.1": "H1>H2"})) == found


def test_sentence_of_seats() -> None:
    of = seats(28, H1=30, H2=24)
    plan = move(of, {"12@1.1": "Mon3"}, {"12@1.2": "H1>H2"})
    assert where(CAPACITY, of, plan) == ["H2 Mon4"]
    assert sentence(CAPACITY, of, plan) == "S12 7 (lesson 12) at Mon 4 has 28 students, but H2 has 24 seats"


def test_a_room_that_is_too_small_today_may_remain() -> None:
    assert amount(CAPACITY, seats(28, H1=20, H2=30)) == 0


def test_seats_or_students_unknown() -> None:
    assert CAPACITY.missing(seats(None, H1=30)) == "no number of students is stated (GPU002)"
    assert CAPACITY.missing(seats(28)) == "no number of seats is stated (GPU005)"
    assert CAPACITY.missing(seats(28, H1=30)) == ""


ALTERNATIVES = {"H1": RoomTraits(alternative="H2", weight=4), "H2": RoomTraits(alternative="H1"), "H3": RoomTraits()}


def test_alternatives() -> None:
    of = stating(BASE, rooms=ALTERNATIVES)
    assert amount(WEIGHT, of, move(of, {}, {"12@1.1": "H1>H2", "12@1.2": "H1>H2"})) == 0
    plan = move(of, {}, {"12@1.1": "H1>H3"})
    assert where(WEIGHT, of, plan) == ["H3 Mon1"]
    assert sentence(WEIGHT, of, plan) == "S12 7 (lesson 12) at Mon 1 gets H3, which is no alternative of H1"


def test_the_chain_of_alternatives_in_both_directions() -> None:
    # H1 -> H2 -> H3: H3 may stand in for H1; and H1 for H3, because H3 may be the stand-in of today.
    chain = {
        "H1": RoomTraits(alternative="H2", weight=4),
        "H2": RoomTraits(alternative="H3"),
        "H3": RoomTraits(weight=4),
    }
    of = stating(BASE, rooms=chain)
    assert amount(WEIGHT, of, move(of, {}, {"12@1.1": "H1>H3"})) == 0
    assert not WEIGHT.refuses(of, 12, "H3", "H1")


def test_other_weights_allow_every_room() -> None:
    of = stating(BASE, rooms={"H1": RoomTraits(alternative="H2", weight=3)})
    assert amount(WEIGHT, of, move(of, {}, {"12@1.1": "H1>H3"})) == 0
    assert WEIGHT.missing(of) == "no room has room weight 4 (GPU005)"
    assert WEIGHT.missing(stating(BASE, rooms=ALTERNATIVES)) == ""
