"""Orders of entries: hand-made schools with known minimum, and random ones against brute force."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from tests.builders import at, describe, grid, move, random_school, random_timetable, school
from tests.unit.solve.entry.entries import check, fewest_parkings, off, random_target
from untisopt.domain.entry import EntryList, StepKind, on_plan
from untisopt.domain.school import School
from untisopt.domain.timetable import Timetable
from untisopt.solve.entry.order import entry_order
from untisopt.solve.entry.schedule import schedule

PARKED = [StepKind.PARK, StepKind.UNPARK]


def order(of: School, after: Timetable, **options: object) -> EntryList:
    """The list, checked."""
    found = entry_order(of, of.as_is, after, **options)  # type: ignore[arg-type]
    check(of, after, found)
    return found


def numbers(found: EntryList) -> tuple[int, int, int]:
    return found.parkings, found.least_parkings, found.set_asides


def kinds(found: EntryList) -> list[StepKind]:
    return [step.kind for step in found.steps]


def test_nothing_moves():
    of = school("1 Arnd 5a H1 Mon1")
    assert order(of, of.as_is) == EntryList(steps=())


def test_swap_needs_one_parking():
    # Both need Arnd, so neither can enter before the other has left.
    of = school("1 Arnd 5a H1 Mon1\n2 Arnd 5b H2 Mon2")
    found = order(of, move(of, {"1@1.1": "Mon2", "2@1.2": "Mon1"}))
    assert numbers(found) == (1, 1, 0)
    assert found.proved
    away, moved, back = found.steps
    assert (away.kind, moved.kind, back.kind) == (StepKind.PARK, StepKind.MOVE, StepKind.UNPARK)
    assert (away.partner, moved.partner, back.partner) == (3, None, 1)
    # Same day, near, free in both plans: Monday 3; the room is free there and kept.
    assert (away.after.period, away.after.rooms) == (at("Mon3"), (("H1",),))


def test_chain_is_entered_from_its_free_end():
    # 3 goes to a free place, 2 to where 3 was, 1 to where 2 was: one order only.
    of = school("1 Arnd 5a H1 Mon1\n2 Arnd 5b H2 Mon2\n3 Arnd 5c H3 Mon3")
    found = order(of, move(of, {"1@1.1": "Mon2", "2@1.2": "Mon3", "3@1.3": "Mon4"}))
    assert numbers(found) == (0, 0, 0)
    assert [step.lesson for step in found.steps] == [3, 2, 1]
    assert set(kinds(found)) == {StepKind.MOVE}


def test_two_circles_that_share_nothing():
    of = school("1 Arnd 5a H1 Mon1\n2 Arnd 5b H2 Mon2\n3 Beck 6a H3 Mon1\n4 Beck 6b H4 Mon2")
    found = order(of, move(of, {"1@1.1": "Mon2", "2@1.2": "Mon1", "3@1.1": "Mon2", "4@1.2": "Mon1"}))
    assert numbers(found) == (2, 2, 0)
    # What is put away comes back before the next circle begins.
    assert kinds(found) == [StepKind.PARK, StepKind.MOVE, StepKind.UNPARK] * 2


def test_nested_circles_with_one_lecture_in_common():
    # The coupling 3 (Arnd and Beck) changes places with 1 (Arnd) and with 2 (Beck): it is in both circles.
    of = school("1 Arnd 5a H1 Mon1\n2 Beck 5b H2 Mon1\n3 Arnd 6a H3 Mon2\n3 Beck 6b H4 Mon2")
    found = order(of, move(of, {"1@1.1": "Mon2", "2@1.1": "Mon2", "3@1.2": "Mon1"}))
    assert numbers(found) == (1, 1, 0)
    assert [step.lesson for step in found.steps if step.kind is StepKind.PARK] == [3]


def test_circle_without_any_free_place():
    # Two periods in the week, and Arnd teaches in both: there is nowhere to put a lecture.
    of = school("1 Arnd 5a H1 Mon1\n2 Arnd 5b H2 Mon2", on=grid(1, (0,)))
    found = order(of, move(of, {"1@1.1": "Mon2", "2@1.2": "Mon1"}))
    assert numbers(found) == (1, 1, 1)
    assert kinds(found) == [StepKind.SET_ASIDE, StepKind.MOVE, StepKind.PLACE]
    assert not on_plan(found.steps[0].after)
    assert found.steps[0].partner == 3


def test_lecture_with_a_free_place_is_put_away_rather():
    # 1 (Arnd, 5a) has none: 5a is taught in all other periods. 2 (Arnd, 5b) can stand at Mon3.
    of = school("1 Arnd 5a H1 Mon1\n2 Arnd 5b H2 Mon2\n9 Beck 5a H3 Mon3", on=grid(1, (0, 0)))
    found = order(of, move(of, {"1@1.1": "Mon2", "2@1.2": "Mon1"}))
    assert numbers(found) == (1, 1, 0)
    assert found.steps[0].lesson == 2
    assert found.steps[0].after.period == at("Mon3")


def test_rooms_change_places():
    # Only the rooms are swapped: one lecture gives up its room for the moment and stays at its period.
    of = school("1 Arnd 5a H1 Mon1\n2 Beck 5b H2 Mon1", groups=["H1 H2"])
    after = move(of, {}, {"1@1.1": "H1>H2", "2@1.1": "H2>H1"})
    found = order(of, after)
    assert numbers(found) == (1, 1, 0)
    assert kinds(found) == [StepKind.PARK, StepKind.ROOMS, StepKind.UNPARK]
    assert (found.steps[0].after.period, found.steps[0].after.rooms) == (at("Mon1"), ((),))


def test_room_alone_changes():
    of = school("1 Arnd 5a H1 Mon1", rooms=["H2"])
    assert kinds(order(of, move(of, {}, {"1@1.1": "H1>H2"}))) == [StepKind.ROOMS]


def test_weeks_that_never_meet():
    # The same two lectures of Arnd as in the swap, but one in A weeks and one in B weeks.
    of = school("1 Arnd 5a H1 Mon1 A\n2 Arnd 5b H2 Mon2 B")
    found = order(of, move(of, {"1@1.1": "Mon2", "2@1.2": "Mon1"}))
    assert numbers(found) == (0, 0, 0)


def test_double_moves_by_one_period():
    # Its second period goes where... the first one goes where the second one was: that is no reason to wait.
    of = school("1 Arnd 5a H1 Mon1-2")
    found = order(of, move(of, {"1@1.1": "Mon2"}))
    assert numbers(found) == (0, 0, 0)
    assert [(step.kind, step.periods) for step in found.steps] == [(StepKind.MOVE, 2)]


def test_torn_double_waits_for_itself():
    # The halves change places: two runs of one block, in a circle.
    of = school("1 Arnd 5a H1 Mon1-2")
    found = order(of, of.as_is.replace({"1@1.1": of.as_is["1@1.2"], "1@1.2": of.as_is["1@1.1"]}))
    assert numbers(found) == (1, 1, 0)


def test_lessons_that_are_compatible_do_not_wait():
    # 1 and 2 run in parallel in 5a today (Mon1), so they may also meet on the way.
    of = school("1 Arnd 5a H1 Mon1\n2 Beck 5a H2 Mon1\n1 Arnd 5a H1 Mon2\n2 Beck 5a H2 Mon3")
    found = order(of, move(of, {"1@1.2": "Mon3", "2@1.3": "Mon2"}))
    assert numbers(found) == (0, 0, 0)


def test_clashes_of_the_wanted_plan_are_no_clashes_of_a_step():
    of = school("1 Arnd 5a H1 Mon1\n2 Arnd 5b H2 Mon2")
    assert numbers(order(of, move(of, {"1@1.1": "Mon2"}))) == (0, 0, 0)


def test_parked_double_is_kept_whole():
    of = school("1 Arnd 5a H1 Mon1-2\n2 Arnd 5b H2 Mon3-4")
    found = order(of, move(of, {"1@1.1": "Mon3", "2@1.3": "Mon1"}))
    assert numbers(found) == (1, 1, 0)
    assert found.steps[0].after.period == at("Mon5")
    assert [step.periods for step in found.steps] == [2, 2, 2]


def test_parked_without_a_room_where_its_room_is_taken():
    # Three periods: Arnd is free in the third, the room H1 is not.
    of = school("1 Arnd 5a H1 Mon1\n2 Arnd 5b H1 Mon2\n9 Beck 5c H1 Mon3", on=grid(1, (0, 0)))
    found = order(of, move(of, {"1@1.1": "Mon2", "2@1.2": "Mon1"}))
    assert numbers(found) == (1, 1, 0)
    assert (found.steps[0].after.period, found.steps[0].after.rooms) == (at("Mon3"), ((),))


def test_free_times_are_respected_where_there_is_a_choice():
    of = school("1 Arnd 5a H1 Mon1\n2 Arnd 5b H2 Mon2", blocked={"Arnd": "Mon3 Mon4"})
    found = order(of, move(of, {"1@1.1": "Mon2", "2@1.2": "Mon1"}))
    assert found.steps[0].after.period == at("Mon5")


def test_steps_of_a_lesson_stand_together_by_number():
    table = "5 Arnd 5a H1 Mon1\n3 Beck 5b H2 Mon2\n5 Arnd 5a H1 Tue1\n3 Beck 5b H2 Tue2"
    of = school(table)
    after = move(of, {"5@1.1": "Wed1", "3@1.2": "Wed2", "5@2.1": "Thu1", "3@2.2": "Thu2"})
    assert [step.lesson for step in order(of, after).steps] == [3, 3, 5, 5]
    packages = {"5@1.1": 1, "3@2.2": 1, "3@1.2": 2}
    found = order(of, after, packages=packages)
    assert [step.lectures[0] for step in found.steps] == ["3@2.2", "5@1.1", "3@1.2", "5@2.1"]


def test_lesson_that_is_new_on_the_plan_and_one_that_leaves_it():
    of = school("1 Arnd 5a H1 Mon1\n2 Arnd 5b H2 Mon2")
    before = of.as_is.replace({"1@1.1": off(of.as_is["1@1.1"], 1, 0)})
    after = of.as_is.replace({"1@1.1": of.as_is["1@1.1"].at(at("Mon2")), "2@1.2": off(of.as_is["2@1.2"], 2, 0)})
    found = entry_order(of, before, after)
    check(of, after, found, before)
    # 2 has to leave Mon2 before 1 can stand there.
    assert kinds(found) == [StepKind.SET_ASIDE, StepKind.PLACE]
    assert [step.partner for step in found.steps] == [None, None]


def test_other_lectures_are_refused():
    of = school("1 Arnd 5a H1 Mon1")
    with pytest.raises(ValueError, match="same lectures"):
        entry_order(of, of.as_is, Timetable({}))


@pytest.mark.parametrize("seed", range(150))
def test_random_plans_without_new_clashes(seed):
    rng = Random(seed)
    of = random_school(rng)
    after = random_target(rng, of, 25)
    found = order(of, after)
    assert found.proved
    assert found.parkings == fewest_parkings(of, after), describe(of, after)


@pytest.mark.parametrize("seed", range(60))
def test_random_plans_with_clashes(seed):
    rng = Random(seed)
    of = random_school(rng)
    after = random_timetable(rng, of, rooms_change=True)
    assert order(of, after).proved


def test_random_plans_are_no_child_s_play():
    # That the two tests above cannot pass for want of circles.
    parkings = [entry_order(of, of.as_is, after).parkings for of, after in map(_drawn, range(150))]
    assert sum(count == 1 for count in parkings) > 20
    assert sum(count > 1 for count in parkings) > 5


def _drawn(seed: int) -> tuple[School, Timetable]:
    rng = Random(seed)
    of = random_school(rng)
    return of, random_target(rng, of, 25)


def test_same_list_every_time():
    of, after = next(
        pair for pair in map(_drawn, range(150)) if entry_order(pair[0], pair[0].as_is, pair[1]).parkings > 1
    )
    first = entry_order(of, of.as_is, after)
    again = replace(of, lectures=dict(reversed(list(of.lectures.items()))))
    assert entry_order(again, again.as_is, after) == first


def test_circle_that_is_not_cut_is_refused():
    with pytest.raises(ValueError, match="waits for itself"):
        schedule([{1}, {0}], ())
