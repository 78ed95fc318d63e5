"""Which blocks a plan with few changes can touch."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import at, school
from untisopt.domain.events import Event, away, kept_from
from untisopt.domain.limits import LessonSequence, Limits, SequenceKind
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.policy import Policy, RoomChanges
from untisopt.rules import ALL_RULES
from untisopt.solve.events.reach import IMPOSSIBLE, Reach
from untisopt.solve.events.rooms import PooledModel, limit_pools, pooled, pools_of

# A chain: 1 and 2 share grade 7, 2 and 3 the teacher Beck, 3 and 4 grade 9; 5 shares nothing with anybody.
CHAIN = """
1 Arnd 7 H1 Mon1
2 Beck 7 H2 Mon2
3 Beck 9 H3 Mon3
4 Dorn 9 H4 Mon4
5 Egon 5 H5 Mon5
"""


def reach(after: Event, policy: Policy | None = None) -> Reach:
    wanted = policy or Policy()
    rules = [rule for rule in wanted.rules if not rule.tier and not rule.missing(after.school)]
    return Reach(after.school, wanted, rules, after.required)


def leaves_home(of: School, lecture: str = "1@1.1") -> Event:
    return kept_from(of, lecture, [of.as_is[lecture].period])


def test_a_path_costs_what_its_lectures_cost():
    # One lecture more than the one that is hit reaches its neighbour 2, two more reach 3. Grade 9 is taught in Monday 3
    # and 4, grade 7 in Monday 1 and 2: 2, 3 and 4 each have another start, in the place of a neighbour.
    found = reach(leaves_home(school(CHAIN)))
    assert [block.id for block in found.hits] == ["1@1.1"]
    assert found.base == 1
    assert found.within(0).keys() == {"1@1.1"}
    assert found.within(1).keys() == {"1@1.1", "2@1.2"}
    assert found.within(None).keys() == {"1@1.1", "2@1.2", "3@1.3", "4@1.4"}


def test_lessons_of_a_sequence_hang_together():
    # Lesson 5 shares nobody with lesson 1; tied to it, it is as near as lesson 2.
    sequence = LessonSequence(name="Q", kind=SequenceKind.SIMULTANEOUS, lessons=(5, 1))
    of = school(CHAIN + "5 Egon 5 H5 Tue6")
    assert "5@1.5" not in reach(leaves_home(of)).within(None)
    assert "5@1.5" in reach(leaves_home(replace(of, limits=Limits(sequences=(sequence,))))).within(1)


def test_a_start_costs_whom_it_drives_out():
    # The only other period of grade 7 is Monday 2, and lesson 2 stands there.
    found = reach(leaves_home(school(CHAIN)))
    assert found.least_extra == 1
    assert found.within(0)["1@1.1"] == frozenset()
    assert found.within(1)["1@1.1"] == {at("Mon2")}


def test_nobody_drives_out_what_cannot_move():
    # Lesson 2 is pinned, so lesson 1 has no place at all.
    found = reach(leaves_home(school(CHAIN, pinned=["2@1.2"])))
    assert found.least_extra == IMPOSSIBLE
    assert found.within(None)["1@1.1"] == frozenset()


def test_a_changed_room_is_the_cheapest_way_out_of_a_closed_one():
    # The double 1 loses its room in both periods: two changed rooms cost as much as two moved lectures; where a changed
    # room costs nothing, the event costs nothing.
    of = school("1 Arnd 7 H1 Mon1-2\n2 Beck 7 H2 Tue1", groups=["H1 H2"])
    closed = away(of, (Kind.ROOM, "H1"), [at("Mon1"), at("Mon2")])
    free = tuple(rule for rule in ALL_RULES if rule.id != "changed-rooms")
    assert reach(closed, Policy(room_changes=RoomChanges.SAME_KIND)).base == 2
    assert reach(closed, Policy(room_changes=RoomChanges.SAME_KIND, rules=free)).base == 0
    assert reach(closed).base == 2


def test_rooms_that_stand_in_for_one_another_make_a_pool():
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 8 H2 Mon1\n3 Cohn 9 F1 Mon1", groups=["H1 H2 H3"])
    assert [pool.rooms for pool in pools_of(of)] == [("H1", "H2", "H3")]
    after = pooled(of, pools_of(of))
    assert after.rooms["H1"].group == {"any of H1"}
    assert after.rooms["F1"].group == frozenset()


def test_a_pool_serves_as_many_lectures_as_it_has_rooms():
    # H3 is blocked in Monday 1, where H1 and H2 are in use: two lectures at most. Both want the pool, neither its own
    # room: that is allowed; a third lecture moved there is not.
    of = school(
        "1 Arnd 7 H1 Mon1\n2 Beck 8 H2 Mon1\n3 Cohn 9 H1 Mon2\n4 Cohn 9 H1 Mon1",
        groups=["H1 H2 H3"],
        blocked={"H3": "Mon1"},
    )
    assert pools_of(of)
    model = PooledModel(pooled(of, pools_of(of)), rooms_change=True)
    limit_pools(model, pools_of(of), of.blocked)
    rows = [row.linear for row in model.cp.proto.constraints if row.has_linear()]
    limits = {row.domain[1] for row in rows if len(row.vars) > 2}
    # Lessons 1 and 4 share H1 today: as many lectures more as lessons do, which are two.
    assert 2 + 2 in limits
