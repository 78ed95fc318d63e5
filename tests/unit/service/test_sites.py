"""Rooms that look like a site of their own."""

from __future__ import annotations

from tests.unit.service.exports import write_export
from untisopt.policy import Policy
from untisopt.service.check import check

SUBJECTS = ("Ma", "De", "En", "Ge", "Ek", "Bi", "Ku", "Mu", "PW")


def _rows(room_of):
    """Six teachers with five lessons each on four days; `room_of(teacher, day, period)`."""
    return "\n".join(
        f"T{t} {day} {p} {SUBJECTS[(t + p + day) % 9]} {room_of(t, day, p)} {100 + 25 * t + 5 * day + p} {t + 5}.1"
        for t in range(6)
        for day in range(1, 5)
        for p in range(1, 6)
    )


def _suggested(tmp_path, room_of):
    return check(write_export(tmp_path, _rows(room_of)), Policy()).suggestions


def test_rooms_in_which_people_stay_look_like_a_site(tmp_path):
    # Teachers 0 and 1 are always in the rooms B1 to B4, the others in 101 to 104: a third of the lectures, no
    # crossings.
    (found,) = _suggested(tmp_path, lambda t, _day, p: f"B{t * 2 + p % 2 + 1}" if t < 2 else f"10{t - 1}")
    assert (found.pattern, found.rooms) == ("B*", ("B1", "B2", "B3", "B4"))
    assert round(found.lectures, 2) == 0.33
    assert found.option == '--site "Branch=B*"'


def test_rooms_that_people_come_and_go_between_do_not(tmp_path):
    # Every second period in a room B*: everybody crosses at every step.
    assert _suggested(tmp_path, lambda t, _day, p: f"B{t}" if p % 2 else f"10{t}") == ()


def test_nothing_is_suggested_where_sites_are_known(tmp_path):
    assert check(write_export(tmp_path)).suggestions == ()
