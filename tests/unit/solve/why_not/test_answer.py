"""Why a wish cannot be met: cores and ways out by hand, and against the search for the fewest changes."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.builders import at, describe, random_school, school
from untisopt.domain.conditions import MOST_CHANGES, Condition
from untisopt.domain.events import away, put_at, twins_of
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.engines.clock import Clock
from untisopt.engines.session import SolveOptions
from untisopt.policy import Policy, RoomChanges
from untisopt.rules import judge
from untisopt.solve.events.search import ExactStatus, fewest_changes
from untisopt.solve.why_not.answer import Demand, Verdict, WhyNot, why_not
from untisopt.solve.why_not.conditions import Conditions
from untisopt.solve.why_not.cores import Cores
from untisopt.solve.why_not.model import Models
from untisopt.solve.why_not.small_solves import cheapest_hitting

OPTIONS = SolveOptions(time_limit=60.0, workers=1, deterministic=True)
NONE = (ExactStatus.IMPOSSIBLE, ExactStatus.IMPOSSIBLE_UNCONFIRMED)
CLASH_7 = Condition("grade-clash", Kind.GRADE, "7")
DAY_7 = Condition("grade-day", Kind.GRADE, "7")
FREE_BECK = Condition("teacher-free-day", Kind.TEACHER, "Beck", 1)

# Grade 7 is taught on Monday and Wednesday in period 1 only. Lesson 1 wants the place of lesson 2. That one may not
# stay there (grade 7), not go to another period (the times of grade 7), and not to Monday (Beck has it free): three.
THREE = """
1 Arnd 7 H1 Mon1
2 Beck 7 H2 Wed1
3 Arnd 8 H3 Wed3
"""
# Lesson 1 wants the place of lesson 2, which could have that of lesson 1.
TWO = """
1 Arnd 7 H1 Mon1
2 Beck 7 H2 Mon2
"""


def asked(of: School, lectures: str, place: str, policy: Policy | None = None, **options: Any) -> WhyNot:
    """Ask for one of some lectures at a place; `lectures` are ids with blanks between them."""
    wanted = policy or Policy()
    demand = Demand(places=tuple((lecture, at(place)) for lecture in lectures.split()))
    before = judge(of, of.as_is, wanted.rules)
    return why_not(of, wanted, demand, options.pop("search", OPTIONS), before=before, **options)


def core(found: WhyNot, index: int = 0) -> set[Condition]:
    return set(found.cores[index].conditions)


# -- by hand --


def test_stands_there_already():
    assert asked(school(TWO), "1@1.1", "Mon1").verdict is Verdict.THERE


def test_a_lecture_like_it_stands_there_already():
    # Nobody can tell the two lectures of lesson 1 from one another; a third one of other people is not like them.
    of = school("1 Arnd 7 H1 Mon1\n1 Arnd 7 H1 Tue1\n2 Beck 7 H1 Wed1")
    assert asked(of, "1@1.1", "Tue1").verdict is Verdict.THERE
    assert asked(of, "1@1.1", "Wed1").verdict is not Verdict.THERE


def test_possible_with_the_fewest_changes():
    # Lesson 2 has to leave Monday 2, so two lectures move at least; an exchange does it.
    found = asked(school(TWO), "1@1.1", "Mon2")
    assert found.verdict is Verdict.POSSIBLE
    assert found.plan is not None
    assert (found.plan.moved, found.plan.bound, found.plan.is_minimum) == (2, 2, True)
    assert found.plan.timetable["1@1.1"].period == at("Mon2")


def test_one_of_several_lectures_is_enough():
    # Lesson 1 on Tuesday 1 can go to Monday 3, which is free; its pinned lecture on Monday 1 cannot.
    of = school(
        "1 Arnd 7 H1 Mon1\n1 Arnd 7 H1 Tue1\n2 Arnd 7 H1 Mon3\n4 Beck 7 H1 Mon2\n3 Arnd 7 H1 Tue2", pinned=["1@1.1"]
    )
    found = asked(of, "1@1.1 1@2.1", "Tue2")
    assert found.verdict is Verdict.POSSIBLE
    assert found.plan is not None
    assert found.plan.timetable["1@1.1"].period == at("Mon1")
    assert found.plan.timetable["1@2.1"].period == at("Tue2")


def test_core_of_one():
    # Arnd is blocked there, whoever else moves. Without that it is the exchange of two lectures.
    found = asked(school(TWO, blocked={"Arnd": "Mon2"}), "1@1.1", "Mon2")
    assert found.verdict is Verdict.IMPOSSIBLE
    assert core(found) == {Condition("availability", Kind.TEACHER, "Arnd", 1)}
    assert found.cores[0].confirmed
    assert found.cores[0].smallest
    (way,) = found.ways
    assert way.given_up == found.cores[0].conditions
    assert (way.plan.moved, way.plan.bound) == (2, 2)
    assert found.ways_complete


def test_core_of_two():
    found = asked(school(TWO, pinned=["2@1.2"]), "1@1.1", "Mon2")
    assert core(found) == {CLASH_7, Condition("pinned", None, "2@1.2")}
    assert found.cores[0].smallest
    # The pin is what can be given up; nobody can be in two lessons at once, so that is no second way.
    (way,) = found.ways
    assert way.given_up == (Condition("pinned", None, "2@1.2"),)
    assert way.plan.moved == 2
    assert way.after.amount("pinned") == 1


def test_core_of_three_and_its_ways():
    found = asked(school(THREE), "1@1.1", "Wed1")
    assert core(found) == {CLASH_7, DAY_7, FREE_BECK}
    assert found.cores[0].smallest
    assert len(found.cores) == 1
    # Without the times of grade 7, lesson 2 goes to Wednesday 2; with Beck on Monday the two change places.
    assert [way.given_up for way in found.ways] == [(DAY_7,), (FREE_BECK,)]
    assert [way.plan.moved for way in found.ways] == [2, 2]
    assert [way.price for way in found.ways] == [10, 10]
    assert found.ways[0].after.amount("grade-day") == 1
    assert found.ways[1].after.amount("teacher-free-day") == 1


def test_every_reason_has_to_be_given_up():
    # As above, but Arnd has no Wednesday either: that alone is a reason, and after it the three from above.
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 7 H2 Wed1")
    free_arnd = Condition("teacher-free-day", Kind.TEACHER, "Arnd", 3)
    found = asked(of, "1@1.1", "Wed1")
    assert [set(one.conditions) for one in found.cores] == [{free_arnd}, {CLASH_7, DAY_7, FREE_BECK}]
    assert [way.given_up for way in found.ways] == [(DAY_7, free_arnd), (free_arnd, FREE_BECK)]
    assert [way.price for way in found.ways] == [20, 20]


def test_limit_of_moved_lectures():
    found = asked(school(TWO), "1@1.1", "Mon2", Policy(max_changes=1))
    assert core(found) == {CLASH_7, Condition(MOST_CHANGES)}
    assert found.ways[0].given_up == (Condition(MOST_CHANGES),)
    assert found.ways[0].plan.moved == 2


def test_what_nobody_can_give_up_is_said_if_nothing_else_helps():
    # Lesson number 0 never moves, so only grade 7 in two places would help.
    found = asked(school("1 Arnd 7 H1 Mon1\n0 - 7 - Mon2"), "1@1.1", "Mon2")
    assert core(found) == {CLASH_7}
    (way,) = found.ways
    assert way.is_physical
    assert way.plan.moved == 1
    assert way.after.amount("grade-clash") == 1


def test_room_in_the_way():
    of = school("1 Arnd 7 H1 Mon1\n5 Arnd 7 H3 Mon3\n2 Beck 8 H1 Mon2", pinned=["2@1.2", "5@1.3"])
    found = asked(of, "1@1.1", "Mon2")
    assert core(found) == {Condition("room-clash", Kind.ROOM, "H1"), Condition("pinned", None, "2@1.2")}


def test_other_rooms_instead():
    # Lesson 1 can have H2 instead of H1 on Monday 2: one lecture moves, and nothing has to be given up.
    of = school("1 Arnd 7 H1 Mon1\n5 Arnd 7 H3 Mon3\n2 Beck 8 H1 Mon2", pinned=["2@1.2", "5@1.3"], groups=["H1 H2"])
    found = asked(of, "1@1.1", "Mon2")
    first = found.ways[0]
    assert first.other_rooms
    assert first.given_up == ()
    assert (first.plan.moved, first.plan.timetable["1@1.1"].rooms) == (1, (("H2",),))
    # Where the policy lets rooms change, there is nothing to ask.
    assert asked(of, "1@1.1", "Mon2", Policy(room_changes=RoomChanges.SAME_KIND)).verdict is Verdict.POSSIBLE


def test_double_wants_more_than_is_there():
    # The double of Arnd needs Monday 1-2, where a pinned lecture of the grade stands in period 2.
    of = school("1 Arnd 7 H1 Tue1-2\n2 Beck 7 H2 Mon2\n3 Arnd 7 H1 Mon1\n4 Arnd 7 H2 Mon3", pinned=["2@1.2"])
    found = asked(of, "1@2.1", "Mon1")
    assert found.verdict is Verdict.IMPOSSIBLE
    assert core(found) == {CLASH_7, Condition("pinned", None, "2@1.2")}


def test_not_decided_in_time():
    of = school(THREE)
    assert asked(of, "1@1.1", "Wed1", search=SolveOptions(time_limit=1e-9)).verdict is Verdict.UNDECIDED
    assert asked(of, "1@1.1", "Wed1", should_stop=lambda: True).verdict is Verdict.UNDECIDED


def test_event_that_leaves_no_place():
    # Arnd is away on Monday; grade 7 has only two periods besides, and the free days of Beck and Arnd hold.
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 7 H2 Tue1")
    event = away(of, (Kind.TEACHER, "Arnd"), [at("Mon1")])
    before = judge(of, of.as_is, Policy().rules)
    found = why_not(event.school, Policy(), Demand(required=event.required), OPTIONS, before=before)
    assert found.verdict is Verdict.IMPOSSIBLE
    assert found.cores[0].confirmed
    # Grade 7 is taught in period 1 of Monday and Tuesday only: on Monday Arnd is away, Tuesday is free for him.
    assert core(found) == {DAY_7, Condition("teacher-free-day", Kind.TEACHER, "Arnd", 2)}


def test_event_that_nobody_can_meet():
    # Arnd is away in every period of the grid.
    of = school(TWO)
    event = away(of, (Kind.TEACHER, "Arnd"), of.grid.periods)
    before = judge(of, of.as_is, Policy().rules)
    found = why_not(event.school, Policy(), Demand(required=event.required), OPTIONS, before=before)
    assert found.verdict is Verdict.IMPOSSIBLE
    assert core(found) == set()
    assert found.ways == ()


def test_what_an_event_leaves_no_period_to():
    # Arnd is away in every period: lesson 1 has nowhere to go, lesson 2 has.
    of = school(TWO)
    event = away(of, (Kind.TEACHER, "Arnd"), of.grid.periods)
    before = judge(of, of.as_is, Policy().rules)
    found = why_not(event.school, Policy(), Demand(required=event.required), OPTIONS, before=before)
    assert [block.lectures for block in found.stuck] == [("1@1.1",)]


# -- rooms of one lecture --

SAME_KIND = Policy(room_changes=RoomChanges.SAME_KIND)


def closed(of: School, room: str, *places: str) -> WhyNot:
    """Ask whether a room can be closed, all week or in some periods, where rooms of one kind stand in for another."""
    event = away(of, (Kind.ROOM, room), [at(place) for place in places] or of.grid.periods)
    before = judge(of, of.as_is, SAME_KIND.rules)
    return why_not(event.school, SAME_KIND, Demand(required=event.required), OPTIONS, before=before)


def test_two_courses_do_not_move_into_one_room():
    # Both courses of lesson 1 stand in periods of their own; H1 is closed, and H2, the other one of its kind, is taken
    # by the second course wherever the lesson goes.
    of = school("1 Arnd 7 H1 Mon1\n1 Beck 7 H2 Mon1", groups=["H1 H2"])
    found = closed(of, "H1")
    assert found.verdict is Verdict.IMPOSSIBLE
    assert core(found) == set()
    assert [block.id for block in found.stuck] == ["1@1.1"]
    assert found.ways == ()


def test_the_search_for_cores_keeps_the_rooms_of_courses_apart():
    # The same without the search for the fewest changes, which is asked first.
    of = school("1 Arnd 7 H1 Mon1\n1 Beck 7 H2 Mon1", groups=["H1 H2"])
    event = away(of, (Kind.ROOM, "H1"), of.grid.periods)
    conditions = Conditions(event.school, SAME_KIND, judge(of, of.as_is, SAME_KIND.rules), is_event=True)
    models = Models(conditions, Demand(required=event.required))
    found = Cores(conditions, models, Clock.of(OPTIONS), OPTIONS.seed).find()
    assert found.plan is None
    assert found.core is not None
    assert found.core.confirmed


@pytest.mark.parametrize(
    ("table", "rooms"),
    [
        # A third room of the kind is free.
        ("1 Arnd 7 H1 Mon1\n1 Beck 7 H2 Mon1", (("H3",), ("H2",))),
        # The courses share their room today, so they may share another one: whichever it is, it is one.
        ("1 Arnd 7 H1 Mon1\n1 Beck 7 H1 Mon1", None),
    ],
)
def test_what_two_courses_can_have_instead(table, rooms):
    found = closed(school(table, groups=["H1 H2 H3"], rooms=["H2", "H3"]), "H1")
    assert found.verdict is Verdict.POSSIBLE
    assert found.plan is not None
    now = found.plan.timetable["1@1.1"].rooms
    assert now == rooms if rooms else len(set(now)) == 1 and now[0][0] in ("H2", "H3")


def test_courses_of_different_weeks_may_have_one_room():
    # One course is taught in weeks A, the other one in weeks B: nobody meets anybody in H2.
    of = school("1 Arnd 7 H1 Mon1 A\n1 Beck 7 H2 Mon1 B", groups=["H1 H2"])
    found = closed(of, "H1")
    assert found.verdict is Verdict.POSSIBLE
    assert found.plan is not None
    assert {rooms for place in found.plan.timetable.values() for rooms in place.rooms} == {("H2",)}


# -- what the search for the fewest changes knows --


def test_a_proof_stands_though_no_time_is_left_for_reasons():
    of = school("1 Arnd 7 H1 Mon1\n1 Beck 7 H2 Mon1", groups=["H1 H2"])
    event = away(of, (Kind.ROOM, "H1"), of.grid.periods)
    before = judge(of, of.as_is, SAME_KIND.rules)
    found = why_not(
        event.school,
        SAME_KIND,
        Demand(required=event.required),
        OPTIONS,
        before=before,
        should_stop=lambda: True,
        was_sought=True,
        is_impossible=True,
    )
    assert (found.verdict, found.cores, found.plan) == (Verdict.IMPOSSIBLE, (), None)


def test_cheapest_hitting_set():
    # 1 or (2 and 3) hits both sets; 1 costs 5, the others 2 each; without 1 only they are left.
    price = {1: 5, 2: 2, 3: 2}
    sets = [{1, 2}, {1, 3}]
    assert cheapest_hitting(sets, price.__getitem__, int) == frozenset({2, 3})
    assert cheapest_hitting(sets, price.__getitem__, int, refused=[{2, 3}]) == frozenset({1})
    assert cheapest_hitting(sets, price.__getitem__, int, refused=[{2, 3}, {1}]) is None
    assert cheapest_hitting([set(), {1}], price.__getitem__, int) is None


# -- at random --


@pytest.mark.parametrize("seed", range(12))
def test_agrees_with_the_fewest_changes(seed):
    rng = Random(seed)
    of = random_school(rng)
    policy = Policy(room_changes=rng.choice(list(RoomChanges)))
    movable = [block for block in of.blocks if block.lesson]
    if not movable:
        return
    lecture = rng.choice(movable).lectures[0]
    # Where a lecture stands from which nobody can tell this one, there is nothing to wish for.
    taken = {of.as_is[twin].period for twin in twins_of(of, lecture)}
    place = rng.choice([start for start in of.grid.starts(of.block_of[lecture].length) if start not in taken])
    before = judge(of, of.as_is, policy.rules)
    found = why_not(of, policy, Demand(places=((lecture, place),)), OPTIONS, before=before)
    exact = fewest_changes(of, policy, OPTIONS, before=before, required=put_at(of, lecture, place).required)
    told = describe(of)
    assert (found.verdict is Verdict.IMPOSSIBLE) == (exact.status in NONE), told
    if found.plan is not None:
        assert found.plan.points == exact.points, told
    conditions = Conditions(of, policy, before)
    for way in found.ways:
        # Whoever becomes an exception of a rule is one on every day.
        given_up = {(c.rule, c.name) for c in way.given_up}
        broken = {(c.rule, c.name) for c in conditions.broken(way.plan.timetable)}
        assert broken <= given_up or way.other_rooms, told
        assert way.plan.timetable[lecture].period == place
    for one in found.cores:
        assert all(set(way.given_up) & set(one.conditions) for way in found.ways if not way.other_rooms), told
        _check_needed(conditions, one.conditions, (lecture, place))


def _check_needed(conditions, members, place):
    """Without any of its members, a core leaves a plan that keeps all others of them."""
    models = Models(conditions, Demand(places=(place,)))
    for member in members:
        others = Cores(conditions, models, Clock.of(OPTIONS), OPTIONS.seed)
        rest = frozenset(members) - {member}
        found = others._solve(rest, near=False)
        assert found.timetable is not None
        assert not conditions.broken(found.timetable) & rest
