"""The fewest changes after an event: by hand, and against every plan there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, islice, product
from random import Random
from typing import Any

import pytest
from hypothesis import assume, event, given, note

from tests.builders import ALL_WEEKS, at, describe, random_school, runs, school
from tests.contract.solving import examples, new_breaches, randoms
from tests.limits import CEILING
from untisopt.domain.calendar import Period
from untisopt.domain.events import Event, away, kept_from, lesson_added, put_at
from untisopt.domain.lessons import Block, Course
from untisopt.domain.limits import Limits, RoomTraits
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.timetable import Placement, Timetable
from untisopt.engines import race as _exact_race
from untisopt.engines.session import SolveOptions
from untisopt.policy import Policy, RoomChanges
from untisopt.rules import ALL_RULES, judge
from untisopt.rules.changes.moved_lectures import MovedLectures
from untisopt.solve.events import search as exact
from untisopt.solve.events.search import ExactProgress, ExactRepair, ExactStatus, Level, fewest_changes

SAME_KIND = Policy(room_changes=RoomChanges.SAME_KIND)
ARND = (Kind.TEACHER, "Arnd")

# Grade 7 is taught in periods 1 and 2 of Monday and Tuesday, so it must stay there, and all four are taken.
FULL = """
1 Arnd 7 H1 Mon1
2 Beck 7 H1 Mon2
3 Arnd 7 H1 Tue1
4 Beck 7 H1 Tue2
"""


def repaired(after: Event, policy: Policy | None = None, **options: Any) -> ExactRepair:
    wanted = policy or Policy()
    of = after.school
    before = judge(of, of.as_is, wanted.rules)
    chosen = SolveOptions(**{"time_limit": 20.0, "workers": 1, "deterministic": True, **options})
    return fewest_changes(of, wanted, chosen, before=before, required=after.required)


def places(*names: str) -> frozenset[Period]:
    return frozenset(map(at, names))


# -- by hand --


def test_free_place_is_enough():
    # Without lesson 4 Tuesday 2 is free. Arnd is away on Monday 1: lesson 1 goes there, one lecture, and no plan can
    # leave it where it is.
    of = school("\n".join(FULL.strip().splitlines()[:3]))
    found = repaired(away(of, ARND, places("Mon1")))
    assert (found.status, found.moved, found.points, found.bound) == (ExactStatus.MINIMUM, 1, 1, 1)
    assert found.level is Level.HIT
    assert found.hit == ("1@1.1",)
    assert found.timetable is not None
    assert found.timetable["1@1.1"].period == at("Tue2")


def test_alternative_of_a_room_of_weight_four():
    # H1 is closed on Monday 1. Its weight allows nothing but its alternative H2, which is free: one room changes.
    traits = {"H1": RoomTraits(alternative="H2", weight=4), "H2": RoomTraits(alternative="H1", weight=4)}
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 7 H4 Mon2", rooms=["H2"], groups=["H1 H2"])
    of = replace(of, limits=Limits(rooms=traits))
    found = repaired(away(of, (Kind.ROOM, "H1"), places("Mon1")), SAME_KIND)
    assert (found.status, found.moved, found.changed_rooms) == (ExactStatus.MINIMUM, 0, 1)
    assert found.timetable is not None
    assert found.timetable["1@1.1"].rooms == (("H2",),)


def test_closed_room_of_a_pinned_lecture():
    # The pin holds the period and the room, so nothing can be done, though H2 is free.
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 7 H4 Mon2", rooms=["H2"], groups=["H1 H2"], pinned=["1@1.1"])
    found = repaired(away(of, (Kind.ROOM, "H1"), places("Mon1")), SAME_KIND)
    assert found.status is ExactStatus.IMPOSSIBLE
    assert found.unmet == ("1@1.1",)


def test_exchange_where_everything_is_taken():
    # Every place of grade 7 is taken, so lesson 1 needs the place of another one: two lectures.
    found = repaired(away(school(FULL), ARND, places("Mon1")))
    assert (found.status, found.moved, found.points, found.bound) == (ExactStatus.MINIMUM, 2, 2, 2)
    assert found.level is Level.NEAR


def test_double_drives_out_two():
    # Grade 7 has the double 1 on Monday and the singles 3 and 4 on Tuesday; Arnd is away on Monday. His double fits
    # nowhere but in the place of 3 and 4, and those two fill Monday: four lectures.
    of = school("1 Arnd 7 H1 Mon1-2\n3 Beck 7 H1 Tue1\n4 Beck 7 H1 Tue2\n5 Arnd 8 H2 Tue4\n6 Beck 8 H2 Mon4")
    found = repaired(away(of, ARND, places("Mon1", "Mon2", "Mon4")))
    assert (found.status, found.moved, found.bound) == (ExactStatus.MINIMUM, 4, 4)


def test_nobody_is_hit():
    of = school(FULL)
    found = repaired(away(of, ARND, places("Wed1")))
    assert (found.status, found.points, found.bound, found.hit) == (ExactStatus.MINIMUM, 0, 0, ())
    assert found.timetable == of.as_is


def test_impossible_is_confirmed_and_says_what_remains():
    # Arnd teaches on Monday and Tuesday; the other days are free and stay so. Away on both, he can teach nowhere.
    of = school(FULL)
    found = repaired(away(of, ARND, places("Mon1", "Mon2", "Tue1", "Tue2")))
    assert found.status is ExactStatus.IMPOSSIBLE
    assert found.timetable is None
    assert found.unmet == ("1@1.1", "3@2.1")
    assert found.level is Level.SCHOOL
    assert len(found.solvers) == 2


def test_as_much_as_possible_is_satisfied_where_not_everything_is():
    # Arnd is away on Monday and in Tuesday 1: only Tuesday 2 is left for his two lectures. One of them stays unmet, the
    # other takes the place of lesson 4.
    of = school(FULL)
    found = repaired(away(of, ARND, places("Mon1", "Mon2", "Tue1")))
    assert found.status is ExactStatus.IMPOSSIBLE
    assert len(found.unmet) == 1
    assert found.nearest is not None
    assert found.nearest[({"1@1.1", "3@2.1"} - {*found.unmet}).pop()].period == at("Tue2")


def test_pinned_lecture_cannot_leave():
    found = repaired(away(school(FULL, pinned=["1@1.1"]), ARND, places("Mon1")))
    assert (found.status, found.unmet) == (ExactStatus.IMPOSSIBLE, ("1@1.1",))


def test_lesson_number_0_is_not_asked_to_leave():
    of = school("0 Arnd - - Mon1\n2 Arnd 7 H1 Tue1")
    found = repaired(away(of, ARND, places("Mon1")))
    assert (found.status, found.points) == (ExactStatus.MINIMUM, 0)


def test_closed_room_is_replaced_by_one_of_its_kind():
    # H1 is closed in Monday 1, H2 may stand in and is free: one room changes, nothing moves.
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 8 H2 Mon2\n3 Beck 8 H2 Mon1", groups=["H1 H2 H3"])
    found = repaired(away(of, (Kind.ROOM, "H1"), places("Mon1")), SAME_KIND)
    assert (found.status, found.moved, found.changed_rooms, found.points) == (ExactStatus.MINIMUM, 0, 1, 1)
    assert found.timetable is not None
    assert found.timetable["1@1.1"].rooms == (("H3",),)


def test_closed_room_without_stand_in_moves_its_lecture():
    # No room may stand in. Lesson 1 moves to Monday 2; then grade 7 has period 2 only, which is no gap.
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 7 H2 Tue1\n3 Beck 7 H2 Tue2")
    found = repaired(away(of, (Kind.ROOM, "H1"), places("Mon1")), SAME_KIND)
    assert (found.moved, found.changed_rooms, found.bound) == (1, 0, 1)


def test_double_keeps_one_room_though_the_pool_has_one_in_every_period():
    # H1 is closed on Monday 1 and 2, where the double 1 has it. In period 1 only H2 is free, in period 2 only H3: the
    # pool has room for it, yet no single room has. Grade 7 is taught in 1 and 2 of Monday only, and Arnd on Monday: the
    # double cannot move. Lesson 2 or lesson 3 changes rooms as well: two rooms of the double, one of the other.
    of = school("1 Arnd 7 H1 Mon1-2\n2 Beck 8 H3 Mon1\n3 Cohn 9 H2 Mon2", groups=["H1 H2 H3"])
    found = repaired(away(of, (Kind.ROOM, "H1"), places("Mon1", "Mon2")), SAME_KIND)
    assert (found.status, found.moved, found.changed_rooms) == (ExactStatus.MINIMUM, 0, 3)
    assert found.points == found.bound == 3


def test_added_lesson_gets_a_place():
    # Grade 7 is taught in periods 1 to 3 of Monday (1, 2) and Tuesday (1, 2, 3); a place is free on Monday 3, nothing
    # need move for it.
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 7 H1 Mon2\n3 Arnd 7 H1 Tue1\n4 Beck 7 H1 Tue2\n5 Beck 7 H1 Tue3")
    found = repaired(lesson_added(of, [(Course(9, "Ma", "Arnd", ("7",), ALL_WEEKS), ("H1",))], [1]))
    assert (found.status, found.points, found.placed, found.moved) == (ExactStatus.MINIMUM, 0, 1, 0)
    assert found.timetable is not None
    assert found.timetable["9@0.1"].period == at("Mon3")


def test_added_lesson_without_any_place():
    found = repaired(lesson_added(school(FULL), [(Course(9, "Ma", "Arnd", ("7",), ALL_WEEKS), ("H1",))], [1]))
    assert (found.status, found.unmet) == (ExactStatus.IMPOSSIBLE, ("9@0.1",))


def test_lecture_put_at_a_place():
    # Lesson 1 is wanted on Tuesday 2, where lesson 4 is: they change places.
    found = repaired(put_at(school(FULL), "1@1.1", at("Tue2")))
    assert (found.status, found.moved) == (ExactStatus.MINIMUM, 2)
    assert found.timetable is not None
    assert found.timetable["1@1.1"].period == at("Tue2")


def test_lecture_kept_from_its_place():
    found = repaired(kept_from(school(FULL), "1@1.1", places("Mon1", "Mon2", "Tue1")))
    assert found.timetable is not None
    assert found.timetable["1@1.1"].period == at("Tue2")


def test_limit_of_moved_lectures_is_kept():
    hit = away(school(FULL), ARND, places("Mon1"))
    assert repaired(hit, Policy(max_changes=2)).moved == 2
    assert repaired(hit, Policy(max_changes=1)).status is ExactStatus.IMPOSSIBLE


def test_changes_cost_what_the_rules_say():
    # Two lectures at 3 points each.
    rules = tuple(MovedLectures(weight=3) if rule.id == "moved-lectures" else rule for rule in ALL_RULES)
    found = repaired(away(school(FULL), ARND, places("Mon1")), Policy(rules=rules))
    assert (found.moved, found.points, found.bound) == (2, 6, 6)


def test_deterministic_mode_does_the_same_twice():
    hit = away(school(FULL), ARND, places("Mon1"))
    plans = [repaired(hit, deterministic=True, workers=workers).timetable for workers in (1, 2, 2)]
    assert plans[0] is not None
    assert plans == plans[:1] * 3


def test_stopped_before_it_began():
    of = school(FULL)
    hit = away(of, ARND, places("Mon1"))
    before = judge(of, of.as_is, ALL_RULES)
    options = SolveOptions(time_limit=20.0, workers=1, deterministic=True)
    found = fewest_changes(
        hit.school, Policy(), options, before=before, required=hit.required, should_stop=lambda: True
    )
    # Nothing was searched, but lesson 1 must leave, and every place it could have is taken by a lecture.
    assert (found.status, found.timetable, found.bound) == (ExactStatus.UNDECIDED, None, 2)


def test_progress_goes_one_way():
    told: list[ExactProgress] = []
    hit = away(school(FULL), ARND, places("Mon1"))
    before = judge(hit.school, hit.school.as_is, ALL_RULES)
    options = SolveOptions(time_limit=20.0, workers=1, deterministic=True)
    fewest_changes(hit.school, Policy(), options, before=before, required=hit.required, on_progress=told.append)
    assert told
    assert [t.bound for t in told] == sorted(t.bound for t in told)
    assert told[-1].points == told[-1].bound == 2


def test_quality_comes_second():
    # Lesson 1 must leave Monday 1. Both Monday 2 and Tuesday 2 are free, one move each, but on Tuesday Arnd teaches at
    # the branch in period 5: two site changes more than on Monday, where he is at the main building only.
    of = school(
        "1 Arnd 7 H1 Mon1\n2 Arnd 7 H1 Tue1\n3 Beck 7 H1 Tue2\n4 Arnd 8 F1 Tue5\n5 Arnd 8 H1 Mon3\n6 Cohn 9 H2 Wed2"
    )
    hit = kept_from(of, "1@1.1", places("Mon1"))
    before = judge(of, of.as_is, ALL_RULES)
    options = SolveOptions(time_limit=20.0, workers=1, deterministic=True)
    found = fewest_changes(of, Policy(), options, before=before, required=hit.required, quality_seconds=5.0)
    assert (found.status, found.moved) == (ExactStatus.MINIMUM, 1)
    assert found.timetable is not None
    assert judge(of, found.timetable, ALL_RULES).amount("teacher-site-changes") == 1


@pytest.mark.parametrize("extras", [(), (0, 1, 3)], ids=["whole school at once", "level by level"])
def test_solvers_beside_one_another_agree(monkeypatch: pytest.MonkeyPatch, extras: tuple[int, ...]):
    # Without levels the whole school is free at once and the MIP solver joins at once; with levels every one of them
    # counts as hard, so the look at the whole school goes on beside. The answers are those of one solver alone.
    monkeypatch.setattr(_exact_race, "PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(exact, "EASY", -1)
    monkeypatch.setattr(exact, "EXTRAS", extras)
    of = school(FULL)
    racing: dict[str, Any] = {"workers": 2, "deterministic": False, "time_limit": CEILING}
    possible = repaired(away(of, ARND, places("Mon1")), **racing)
    assert (possible.status, possible.points, possible.bound) == (ExactStatus.MINIMUM, 2, 2)
    impossible = repaired(away(of, ARND, places("Mon1", "Mon2", "Tue1")), **racing)
    assert (impossible.status, len(impossible.unmet)) == (ExactStatus.IMPOSSIBLE, 1)
    assert len(set(impossible.solvers)) == 2


# -- against every plan there is --


@given(rng=randoms)
@examples(20)
def test_no_plan_has_fewer_changes(rng: Random) -> None:
    drawn = random_event(rng, random_school(rng))
    compare(drawn, Policy(), rooms=False)


@given(rng=randoms)
@examples(15)
def test_no_plan_has_fewer_changes_where_rooms_change(rng: Random) -> None:
    drawn = random_event(rng, random_school(rng))
    assume(len(drawn.school.blocks) <= 5)
    compare(drawn, SAME_KIND, rooms=True)


MOST_PLANS = 500


def compare(drawn: Event, policy: Policy, *, rooms: bool) -> None:
    """The fewest changes are those of the cheapest plan among all that there are, as far as that can be seen."""
    of = drawn.school
    note(f"{describe(of)}\n{drawn.required}")
    found = repaired(drawn, policy)
    note(str(found))
    event(found.status.value)
    assert found.status in (ExactStatus.MINIMUM, ExactStatus.IMPOSSIBLE)
    if found.timetable is not None:
        assert found.points == found.bound == cost(of, found.timetable) == found.moved + found.changed_rooms
        assert is_satisfied(drawn, found.timetable)
        assert new_breaches(of, found.timetable, policy.judged(of)) == []
    cheaper = plans_cheaper_than(drawn, found.points, rooms=rooms)
    for plan in islice(cheaper, MOST_PLANS):
        assert not is_satisfied(drawn, plan) or breaks_something(of, plan, policy), describe(of, plan)
    event("some plans were not looked at" if next(cheaper, None) else "all plans were looked at")


def breaks_something(of: School, plan: Timetable, policy: Policy) -> bool:
    return any(new_breaches(of, plan, [rule]) for rule in policy.judged(of))


def random_event(rng: Random, of: School) -> Event:
    """Somebody is away, a room is closed, a lecture must leave, or a lesson of one lecture is added."""
    regular = [lecture for block in of.blocks if block.lesson for lecture in block.lectures]
    assume(regular)
    lecture = rng.choice(regular)
    period = of.as_is[lecture].period
    day = [p for p in of.grid.periods if p.day == period.day]
    choice = rng.randrange(4)
    users = (
        [*of.people[lecture]]
        if choice == 0
        else [(Kind.ROOM, room) for room in of.rooms_used(lecture, of.as_is[lecture])]
    )
    if choice < 2 and users:
        return away(of, rng.choice(users), rng.choice([[period], day]))
    if choice == 2:
        course = of.lectures[lecture].courses[0]
        added = Course(90, "new", course.teacher, course.grades, course.weeks)
        return lesson_added(of, [(added, of.as_is[lecture].rooms[0])], [rng.choice([1, 1, 2])])
    return kept_from(of, lecture, {period, *rng.sample(of.grid.periods, 2)})


def is_satisfied(drawn: Event, plan: Timetable) -> bool:
    of, required = drawn.school, drawn.required
    for lecture, placement in plan.items():
        if not of.lectures[lecture].lesson:
            continue
        used = [*of.people[lecture], *((Kind.ROOM, room) for room in of.rooms_used(lecture, placement))]
        if placement.period.day < 1 or placement.period in required.forbidden.get(lecture, ()):
            return False
        if any(placement.period in required.vacated.get(resource, ()) for resource in used):
            return False
    return True


def cost(of: School, plan: Timetable) -> int:
    """Moved lectures and changed rooms, lectures that had no place left out of the first."""
    total = 0
    for lecture, placement in plan.items():
        today = of.as_is[lecture]
        total += today.period.day >= 1 and placement.period != today.period
        for one, other in zip(today.rooms, placement.rooms, strict=True):
            total += sum(a != b for a, b in zip(one, other, strict=True))
    return total


def plans_cheaper_than(drawn: Event, points: int | None, *, rooms: bool) -> Iterator[Timetable]:
    """All plans with changes of less than so many points in which whoever must leave does; None: all plans."""
    of = drawn.school
    free = [block for block in of.blocks if block.lesson]
    must = {block.id for block in free if not is_satisfied(Event(of, drawn.required), only(of, block))}
    for size in range(len(must), len(free) + 1):
        for changed in combinations(free, size):
            if not must <= {block.id for block in changed}:
                continue
            least = sum(block.length for block in changed if of.is_placed(block.id))
            if points is not None and not rooms and least >= points:
                continue
            for placements in product(*(elsewhere(drawn, block, rooms=rooms) for block in changed)):
                plan = of.as_is.replace({id_: p for placed in placements for id_, p in placed.items()})
                if points is None or cost(of, plan) < points:
                    yield plan


def only(of: School, block: Block) -> Timetable:
    """The lectures of one block, where they are today."""
    return Timetable({lecture: of.as_is[lecture] for lecture in block.lectures})


def elsewhere(drawn: Event, block: Block, *, rooms: bool) -> list[dict[str, Placement]]:
    """All placements of a block but today's that satisfy what is required of it and break no rule by themselves."""
    of = drawn.school
    found = []
    slots = of.room_slots[block.id]
    choices = [(slot.room, *sorted(of.rooms[slot.room].group)) if rooms else (slot.room,) for slot in slots]
    for start in {*runs(of.grid, block.length), of.as_is[block.id].period}:
        for chosen in product(*choices):
            exchange = dict(zip((slot.room for slot in slots), chosen, strict=True))
            found.append(
                {
                    lecture: Placement(
                        Period(start.day, start.number + i),
                        tuple(tuple(exchange[room] for room in course) for course in of.as_is[lecture].rooms),
                    )
                    for i, lecture in enumerate(block.lectures)
                }
            )
    return [
        placed
        for placed in found
        if any(placed[lecture] != of.as_is[lecture] for lecture in block.lectures)
        and is_satisfied(drawn, Timetable(placed))
        and not any(new_breaches(of, of.as_is.replace(placed), [rule]) for rule in ALL_RULES[:4])
    ]


@pytest.mark.parametrize(("halls", "lessons"), [("H1 H2 H3", 2), ("H1 H2", 3)])
def test_lessons_that_share_several_rooms_stay_possible(halls: str, lessons: int):
    # They run in parallel in all the halls today. The event keeps another lecture away from its place: two lectures
    # move, as they do where no room may change.
    parallel = "\n".join(f"{10 + i} P{i} 9.{i} {'+'.join(halls.split())} Mon1" for i in range(lessons))
    rest = "1 Arnd 10.1 H9 Mon2\n2 Bert 10.1 H9 Mon3\n3 Arnd 10.1 H9 Tue2\n4 Arnd 10.1 H9 Tue1\n5 Carl 10.1 H9 Mon1"
    after = kept_from(school(f"{parallel}\n{rest}", groups=[halls]), "1@1.2", {at("Mon2")})
    for changes in RoomChanges:
        found = repaired(after, Policy(room_changes=changes))
        assert (found.status, found.moved) == (ExactStatus.MINIMUM, 2)
