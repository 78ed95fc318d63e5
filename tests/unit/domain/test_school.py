"""The school: validation, and the questions that rules and model ask it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import WEEKS_A, WEEKS_B, grid, move, school
from untisopt.domain.calendar import Period, WeekSet
from untisopt.domain.lessons import Block
from untisopt.domain.limits import LessonSequence, Limits, SequenceKind
from untisopt.domain.resources import Kind, Travel
from untisopt.domain.school import OccupiedPeriod, School
from untisopt.domain.timetable import Placement, Timetable

TABLE = "1 Arnd 7 H1 Mon1-2\n2 Beck 8 F1 Tue1"
OF = school(TABLE)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"week_classes": ()}, "there is no week class"),
        ({"as_is": Timetable({})}, "the plan and the lectures differ"),
        ({"blocks": OF.blocks[:1]}, "not every lecture is in exactly one block"),
        ({"blocks": (*OF.blocks, OF.blocks[0])}, "not every lecture is in exactly one block"),
        ({"teachers": {}}, "lecture 1@1.1: unknown teacher Arnd"),
        ({"grades": {}}, "lecture 2@2.1: unknown grade 8"),
        ({"rooms": {}}, "lecture 1@1.1: unknown room H1"),
        ({"sites": {}}, "unknown site F; unknown site H"),
        ({"grid": grid(1)}, r"lecture 2@2.1: unknown period 2\.1"),
        ({"as_is": move(OF, {"1@1.2": "Mon5"})}, "block 1@1.1 is not a run of consecutive periods"),
        ({"as_is": move(OF, {"1@1.2": "Tue2"})}, "block 1@1.1 is not a run of consecutive periods"),
        (
            {"as_is": OF.as_is.replace({"2@2.1": Placement(Period(2, 1), ())})},
            "lecture 2@2.1: unknown rooms for each course",
        ),
    ],
)
def test_references_that_do_not_hold(change: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=rf"the school does not fit together: .*{problem}"):
        replace(OF, **change)


def test_all_problems_at_once() -> None:
    with pytest.raises(ValueError, match=r"unknown teacher Arnd.*unknown teacher Beck.*unknown site F"):
        replace(OF, teachers={}, sites={})


def test_blocks_and_lectures() -> None:
    assert OF.blocks == (Block("1@1.1", 1, ("1@1.1", "1@1.2")), Block("2@2.1", 2, ("2@2.1",)))
    assert OF.block_of["1@1.2"] is OF.blocks[0]
    assert OF.lectures_of[Kind.TEACHER, "Arnd"] == ("1@1.1", "1@1.2")
    assert OF.lectures_of[Kind.GRADE, "8"] == ("2@2.1",)
    assert (Kind.ROOM, "H1") not in OF.lectures_of


def test_lesson_number_0_has_no_blocks_of_a_lesson() -> None:
    assert set(school(TABLE + "\n0 Arnd - - Fri1").blocks_of_lesson) == {1, 2}


# -- weeks --

TWO_WEEKS = school("1 Arnd 7 H1 Mon1 AB\n1 Beck 7,8 F1+H2 Mon1 B\n2 Cern 8 - Mon2 A")


def test_classes_of_weeks() -> None:
    assert TWO_WEEKS.classes(WEEKS_A) == (0,)
    assert TWO_WEEKS.classes(WEEKS_A | WEEKS_B) == (0, 1)
    assert TWO_WEEKS.classes(WeekSet.of([50])) == ()
    assert TWO_WEEKS.class_mask(WEEKS_B) == 0b10


def test_people_per_line_and_week() -> None:
    # Class 0 is A (bit 1), class 1 is B (bit 2).
    assert TWO_WEEKS.people["1@1.1"] == {
        (Kind.TEACHER, "Arnd"): 0b11,
        (Kind.GRADE, "7"): 0b11,
        (Kind.TEACHER, "Beck"): 0b10,
        (Kind.GRADE, "8"): 0b10,
    }


def test_rooms_and_sites_per_line_and_week() -> None:
    placement = TWO_WEEKS.as_is["1@1.1"]
    assert TWO_WEEKS.rooms_used("1@1.1", placement) == {"H1": 0b11, "F1": 0b10, "H2": 0b10}

    def sites(kind: Kind, name: str, week_class: int) -> frozenset[str]:
        return TWO_WEEKS.sites_of((kind, name), "1@1.1", placement, week_class)

    assert sites(Kind.GRADE, "7", 0) == {"H"}
    assert sites(Kind.GRADE, "7", 1) == {"H", "F"}
    assert sites(Kind.GRADE, "8", 1) == {"H", "F"}
    assert sites(Kind.TEACHER, "Arnd", 1) == {"H"}
    assert sites(Kind.TEACHER, "Beck", 0) == set()


def test_room_without_a_site() -> None:
    of = school("1 Arnd 7 x1 Mon1")
    assert of.sites_of((Kind.TEACHER, "Arnd"), "1@1.1", of.as_is["1@1.1"], 0) == set()


# -- rooms of blocks --


def test_room_slots() -> None:
    of = school("1 Arnd 7 H1 Mon1-2\n1 Beck 8 H1+H2 Mon1-2")
    (block,) = of.blocks
    # The line of Arnd comes first. H1 stands in both lines of both lectures, H2 in the second line.
    found = {slot.room: slot.positions for slot in of.room_slots[block.id]}
    assert found["H1"] == (("1@1.1", 0, 0), ("1@1.1", 1, 0), ("1@1.2", 0, 0), ("1@1.2", 1, 0))
    assert found["H2"] == (("1@1.1", 1, 1), ("1@1.2", 1, 1))


# -- what may overlap --


def test_lessons_that_sequences_tie() -> None:
    def sequence(*lessons: int) -> LessonSequence:
        return LessonSequence(name="Q", kind=SequenceKind.WEEKLY, lessons=lessons)

    of = school("1 A 7 - Mon1\n2 B 8 - Mon2\n3 C 9 - Mon3\n4 D 10 - Mon4\n5 E 11 - Mon5\n6 F 12 - Mon6")
    # 99 is no lesson of the school and ties nothing; 5 is in no sequence.
    of = replace(of, limits=Limits(sequences=(sequence(3, 2), sequence(4, 99), sequence(6, 99), sequence(1, 3))))
    assert of.tied_lessons(1) == of.tied_lessons(2) == of.tied_lessons(3) == (1, 2, 3)
    assert of.tied_lessons(4) == (4,)
    assert of.tied_lessons(5) == (5,)
    # Lesson 2 moves, and 1 and 3 share nobody with it.
    assert of.part_around(of.as_is, move(of, {"2@1.2": "Tue1"})).lectures.keys() == {"1@1.1", "2@1.2", "3@1.3"}


def test_party() -> None:
    of = school("1 Arnd 7 - Mon1-2\n0 Arnd - - Mon1")
    assert of.party("1@1.1") == of.party("1@1.2") == "1"
    assert of.party("0@1.1") == "0@1.1"


def test_compatible_per_resource() -> None:
    monday = "1 Arnd 7 H1 Mon1\n2 Arnd 8 H2 Mon1\n3 Beck 7 H1 Mon2\n"
    of = school(monday + "1 Arnd 7 H1 Tue1\n2 Arnd 8 H2 Tue2\n3 Cern 8 H2 Tue2")
    assert of.compatible == {
        (Kind.TEACHER, "Arnd"): {frozenset("12")},
        (Kind.GRADE, "8"): {frozenset("23")},
        (Kind.ROOM, "H2"): {frozenset("23")},
    }
    assert of.may_overlap((Kind.TEACHER, "Arnd"), "1@2.1", "2@2.2")
    assert not of.may_overlap((Kind.TEACHER, "Arnd"), "1@1.1", "1@2.1")
    assert not of.may_overlap((Kind.GRADE, "7"), "1@1.1", "2@1.1")


def test_lectures_in_different_weeks_do_not_become_compatible() -> None:
    assert school("1 Arnd 7 - Mon1 A\n2 Arnd 8 - Mon1 B").compatible == {}


# -- occupancy --


def test_occupancy_of_a_day() -> None:
    of = school("1 Arnd 12 H1 Mon3\n2 Beck 12 F1 Mon3\n3 Cern 12 - Mon1")
    one, three = of.today.day((Kind.GRADE, "12"), 0, 1)
    assert one == OccupiedPeriod(1, ("3@1.1",), frozenset())
    assert three == OccupiedPeriod(3, ("1@1.3", "2@1.3"), frozenset("HF"))
    assert of.today.day((Kind.GRADE, "12"), 0, 2) == ()
    (room,) = of.today.day((Kind.ROOM, "H1"), 0, 1)
    assert room == OccupiedPeriod(3, ("1@1.3",), frozenset())


def test_occupancy_lists_its_days_in_order() -> None:
    of = school("1 Beck 7 - Tue1\n2 Arnd 7 - Mon1 A")
    assert [day for (kind, _name), _class, day in of.today.days if kind is Kind.GRADE] == [1]
    weekly = school("1 Beck 7 - Tue1\n2 Arnd 7 - Mon1")
    assert [day for (kind, _name), _class, day in weekly.today.days if kind is Kind.GRADE] == [1, 2]


def test_occupancy_is_that_of_the_timetable_asked_for() -> None:
    one, other = move(OF, {"2@2.1": "Wed3"}), move(OF, {"2@2.1": "Wed4"})
    beck = (Kind.TEACHER, "Beck")
    for _ in range(2):
        assert [o.number for o in OF.occupancy(one).day(beck, 0, 3)] == [3]
        assert [o.number for o in OF.occupancy(other).day(beck, 0, 3)] == [4]
        assert [o.number for o in OF.occupancy(OF.as_is).day(beck, 0, 2)] == [1]


def test_travel_times() -> None:
    travel = Travel({("H", "F"): 25})
    assert travel.between("H", "F") == 25
    assert travel.between("F", "H") is None
    assert travel.between("G", "G") == 0


def test_school_is_not_compared_by_value() -> None:
    assert isinstance(OF, School)
    assert school(TABLE) != OF
