"""The fewest changes after events that name no lecture, and the best plan where not everything has a place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, islice, product
from random import Random
from typing import Any

import pytest
from hypothesis import event, given, note

from tests.builders import at, describe, grid, random_school, runs, school
from tests.contract.solving import examples, randoms
from untisopt.domain.calendar import Period
from untisopt.domain.events import (
    Added,
    Away,
    Coupled,
    Event,
    Happening,
    HoursLimited,
    KeptFrom,
    PeriodsDropped,
    Removed,
    Replaced,
    Shortened,
    TravelChanged,
    combined,
)
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Score, Tier
from untisopt.domain.timetable import Timetable
from untisopt.engines.session import SolveOptions
from untisopt.policy import Policy, RoomChanges
from untisopt.rules import judge
from untisopt.rules.days.most_per_day import GradeMostPerDay
from untisopt.rules.lessons.block_kept import BlockKept
from untisopt.solve.events.partial import ExactPartial, best_partial
from untisopt.solve.events.search import ExactRepair, ExactStatus, fewest_changes

OPTIONS = SolveOptions(time_limit=20.0, workers=1, deterministic=True)


def repaired(of: School, *happenings: Happening, policy: Policy | None = None, **options: Any) -> ExactRepair:
    wanted = policy or Policy()
    after = combined(of, happenings)
    before = judge(of, of.as_is, wanted.rules)
    return fewest_changes(after.school, wanted, OPTIONS, before=before, required=after.required, **options)


def partly(of: School, *happenings: Happening, policy: Policy | None = None, **options: Any) -> ExactPartial:
    wanted = policy or Policy()
    after = combined(of, happenings)
    before = judge(of, of.as_is, wanted.rules)
    return best_partial(after.school, wanted, OPTIONS, before=before, required=after.required, **options)


def places(*names: str) -> frozenset[Period]:
    return frozenset(map(at, names))


def away(name: str, *names: str) -> Away:
    return Away(kind=Kind.TEACHER, name=name, periods=places(*names))


# -- nobody says which lecture has to leave --


def test_of_two_lectures_of_one_teacher_one_moves():
    # Beck takes over lesson 1 and has lesson 2 at the same time. Grade 7 has Monday 1 and 3, grade 8 Monday 1 and 2; 2
    # is free for 7, 3 for nobody else. One lecture moves.
    of = school("1 Arnd 7 H1 Mon1\n3 Cohn 7 H1 Mon3\n2 Beck 8 H2 Mon1\n4 Cohn 8 H2 Mon2", on=grid(1))
    found = repaired(of, Replaced(old="Arnd", new="Beck"))
    assert (found.status, found.points, found.bound, found.hit) == (ExactStatus.MINIMUM, 1, 1, ())
    assert found.timetable is not None
    assert found.timetable["1@1.1"].period == at("Mon2")


def test_a_takeover_that_clashes_with_nothing_moves_nothing():
    found = repaired(school("1 Arnd 7 H1 Mon1\n2 Beck 8 H2 Mon2"), Replaced(old="Arnd", new="Beck"))
    assert (found.status, found.points) == (ExactStatus.MINIMUM, 0)


def test_free_days_of_the_new_teacher_stay_free():
    # Beck teaches on Monday only; lesson 1 has to come there, where grade 7 has period 2 free between 1 and 3.
    of = school("1 Arnd 7 H1 Tue1\n3 Cohn 7 H1 Mon1\n4 Cohn 7 H1 Mon3\n2 Beck 8 H2 Mon1", on=grid(2))
    found = repaired(of, Replaced(old="Arnd", new="Beck"))
    assert (found.status, found.moved, found.hit) == (ExactStatus.MINIMUM, 1, ("1@2.1",))
    assert found.timetable is not None
    assert found.timetable["1@2.1"].period == at("Mon2")
    assert repaired(of, Replaced(old="Arnd", new="Beck", any_day=True)).points == 0


def test_a_longer_journey_drives_a_lecture_away():
    # Arnd goes from H to F between Monday 6 and 7 (30 minutes). With 40 he needs a free period: 7 has period 8 free.
    table = "1 Arnd 7 H1 Mon6\n2 Arnd 8 F1 Mon7\n3 Beck 8 F1 Mon6\n4 Beck 8 F1 Tue8\n5 Beck 8 F1 Mon8"
    of = school(table, travel=30)
    found = repaired(of, TravelChanged(origin="H", target="F", minutes=40))
    # Lesson 2 changes places with 5 (8 has no free place on a day of Arnd), or 1 moves: 7 is taught in period 6 only.
    assert (found.status, found.points, found.bound) == (ExactStatus.MINIMUM, 2, 2)
    assert repaired(of, TravelChanged(origin="H", target="F", minutes=30)).points == 0


def test_coupled_lessons_come_together():
    # Lessons 1 and 2 of grade 7 stand on Monday 1 and Tuesday 1. One of them goes to the other: one lecture. What
    # remains is a gap nowhere, because 7 has nothing else.
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 7 H2 Tue1\n3 Arnd 8 H3 Tue2\n4 Beck 8 H3 Mon2", on=grid(2))
    found = repaired(of, Coupled(one=1, other=2))
    assert (found.status, found.points, found.bound) == (ExactStatus.MINIMUM, 1, 1)
    assert found.timetable is not None
    assert found.timetable["1@1.1"].period == found.timetable["2@2.1"].period


def test_lessons_that_are_together_already():
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 8 H2 Mon1")
    assert repaired(of, Coupled(one=1, other=2)).points == 0


def test_a_dropped_period_hits_everybody_but_duties():
    # Lesson 0 stays; lesson 1 goes to Monday 2, where grade 7 is taught today.
    of = school("0 Arnd - - Mon1\n1 Arnd 7 H1 Mon1\n2 Beck 7 H1 Mon3\n3 Beck 7 H1 Tue2", on=grid(2))
    found = repaired(of, PeriodsDropped(periods=places("Mon1")))
    assert (found.status, found.points, found.hit) == (ExactStatus.MINIMUM, 1, ("1@1.1",))


def test_removed_lessons_need_nothing():
    assert repaired(school("1 Arnd 7 H1 Mon1\n2 Beck 7 H1 Mon2"), Removed(lesson=1)).points == 0


def test_changes_that_count_by_people():
    # Lesson 1 must leave Monday 1. Monday 2 is taken by lesson 2 with three grades, Monday 3 by lesson 3 with one.
    # Exchanged with 2: 1 (2 people) and 2 (4 people) are 6; with 3: 2 + 2 = 4.
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 7,8,9 H1 Mon2\n3 Cohn 7 H1 Mon3", on=grid(1, (0, 0)))
    event = KeptFrom(lectures=("1@1.1",), periods=places("Mon1"))
    assert repaired(of, event).points == 2
    found = repaired(of, event, by_people=True)
    assert (found.status, found.points, found.bound) == (ExactStatus.MINIMUM, 4, 4)
    assert found.timetable is not None
    assert found.timetable["2@1.2"] == of.as_is["2@1.2"]


# -- not everything has a place --

FULL = "1 Arnd 7 H1 Mon1\n2 Beck 7 H1 Mon2\n3 Arnd 7 H1 Tue1\n4 Beck 7 H1 Tue2"


def test_what_has_no_place_leaves_the_plan():
    # Arnd is away but for Tuesday 2: one of his two lectures fits there, lesson 4 goes where that one was.
    found = partly(school(FULL), away("Arnd", "Mon1", "Mon2", "Tue1"))
    assert (len(found.unplaced), found.left, found.least, found.is_best) == (1, 1, 1, True)
    assert (found.least_unplaced, found.least_moved) == (1, found.moved)
    assert found.timetable[found.unplaced[0]].period.day < 1
    kept = ({"1@1.1", "3@2.1"} - {*found.unplaced}).pop()
    assert found.timetable[kept].period == at("Tue2")


def test_what_leaves_the_plan_leaves_no_gap_to_close():
    # Lesson 2 stands between 1 and 3 and has no other place: grade 7 keeps the hole, and nothing else changes.
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 7 H1 Mon2\n3 Arnd 7 H1 Mon3", on=grid(1, (0, 0)))
    found = partly(of, away("Beck", "Mon1", "Mon2", "Mon3"))
    assert (found.unplaced, found.moved, found.is_best) == (("2@1.2",), 0, True)
    assert {v.rule for v in found.remaining} <= {"grade-gaps"}


def test_an_added_lesson_without_a_place():
    found = partly(school(FULL), Added(subject="Ma", teacher="Arnd", grades=("7",), lengths=(1,)))
    assert (len(found.unplaced), found.least, found.moved) == (1, 1, 0)


def test_hours_cut_as_few_lectures_as_they_must():
    # Arnd has a double and a single: three periods, two allowed. The single goes, and nothing else changes; with one
    # allowed the double goes, with none both.
    of = school("1 Arnd 7 H1 Mon1-2\n2 Arnd 8 H2 Tue1\n3 Beck 7 H1 Tue1")
    for most, cut in ((3, set()), (2, {"2@2.1"}), (1, {"1@1.1", "1@1.2"}), (0, {"1@1.1", "1@1.2", "2@2.1"})):
        found = partly(of, HoursLimited(teacher="Arnd", most=most))
        assert (set(found.cut), found.unplaced, found.moved) == (cut, (), 0)
        assert (found.least, found.is_best) == (len(cut), True)


def test_hours_count_week_by_week():
    # One lecture every week, one in A weeks, one in B weeks: two periods in any week, not three.
    of = school("1 Arnd 7 H1 Mon1 AB\n2 Arnd 8 H2 Tue1 A\n3 Arnd 9 H2 Tue1 B")
    assert partly(of, HoursLimited(teacher="Arnd", most=2)).cut == ()
    assert partly(of, HoursLimited(teacher="Arnd", most=1)).cut == ("1@1.1",)


def test_a_shorter_lesson_leaves_no_gap():
    # Lesson 1 stands on Monday 1 and 3, 2 and 3 on 2 and 4: the first goes, because the third would leave a gap.
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 7 H1 Mon2\n1 Arnd 7 H1 Mon3\n3 Beck 7 H1 Mon4", on=grid(1, (0, 0, 0)))
    found = partly(of, Shortened(lesson=1, periods=1))
    assert (found.cut, found.moved, found.least) == (("1@1.1",), 0, 1)


def test_a_gap_that_nothing_closes_has_to_remain():
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 7 H1 Mon2\n3 Arnd 7 H1 Mon3", on=grid(1, (0, 0)), pinned=["1@1.1", "3@1.3"])
    found = partly(of, Shortened(lesson=2, periods=1))
    assert (found.cut, found.moved) == (("2@1.2",), 0)


def test_what_remains_broken_is_told():
    # The journey takes a day now, and both lectures are pinned: Arnd's way remains too short, and nothing leaves.
    of = school("1 Arnd 7 H1 Mon6\n2 Arnd 8 F1 Mon7", travel=25, pinned=["1@1.6", "2@1.7"])
    event = TravelChanged(origin="H", target="F", minutes=500)
    assert repaired(of, event, seek_nearest=False).status is ExactStatus.IMPOSSIBLE
    found = partly(of, event)
    assert (found.unplaced, found.moved) == ((), 0)
    assert [v.rule for v in found.remaining] == ["teacher-travel"]
    # Nothing says how many lectures have no place in a plan that mends the way instead.
    assert (found.left, found.least, found.least_unplaced, found.is_whole_impossible) == (1, 1, 0, True)


def test_what_one_person_breaks_no_more_is_no_leave_for_another():
    # Arnd's way is too short today. Dorn takes over both lectures, which are pinned: Arnd breaks nothing any more, and
    # that Dorn does is new, though it is no more in all.
    of = school("1 Arnd 7 H1 Mon6\n2 Arnd 8 F1 Mon7", travel=40, pinned=["1@1.6", "2@1.7"])
    event = Replaced(old="Arnd", new="Dorn")
    assert repaired(of, event, seek_nearest=False).status is ExactStatus.IMPOSSIBLE
    found = partly(of, event)
    assert (found.left, found.least, found.moved, found.is_whole_impossible) == (1, 1, 0, True)


# -- against every plan there is --

MOST_PLANS = 400


@pytest.mark.parametrize("kind", ["replaced", "travel", "coupled", "dropped"])
def test_no_plan_has_fewer_changes(kind: str):
    @given(rng=randoms)
    @examples(12)
    def compare(rng: Random) -> None:
        for _ in range(20):
            of = random_school(rng, travel=kind == "travel")
            happening = drawn(rng, of, kind)
            if happening is not None and len(of.blocks) <= 6:
                check(of, [happening])
                return

    compare()


def drawn(rng: Random, of: School, kind: str) -> Happening | None:
    teachers = sorted(name for one, name in of.lectures_of if one is Kind.TEACHER)
    if kind == "replaced" and len(teachers) > 1:
        old, new = rng.sample(teachers, 2)
        return Replaced(old=old, new=new, any_day=rng.random() < 0.5)
    if kind == "travel" and len(of.sites) > 1:
        origin, target = rng.sample(sorted(of.sites), 2)
        return TravelChanged(origin=origin, target=target, minutes=rng.choice([20, 40, 80]))
    if kind == "dropped":
        return PeriodsDropped(periods=frozenset({rng.choice(of.grid.periods)}))
    pairs = [pair for pair in combinations(sorted(of.blocks_of_lesson), 2) if can_be_coupled(of, *pair)]
    return Coupled(one=pairs[0][0], other=pairs[0][1]) if kind == "coupled" and pairs else None


def can_be_coupled(of: School, one: int, other: int) -> bool:
    blocks = [of.blocks_of_lesson[lesson] for lesson in (one, other)]
    teachers = [{t for b in found for id_ in b.lectures for t in of.lectures[id_].teachers} for found in blocks]
    lengths = [sorted(block.length for block in found) for found in blocks]
    return lengths[0] == lengths[1] and not teachers[0] & teachers[1]


def check(of: School, happenings: Sequence[Happening]) -> None:
    after = combined(of, happenings)
    before = judge(of, of.as_is, Policy().rules)
    note(f"{describe(of)}\n{happenings}")
    found = repaired(of, *happenings, seek_nearest=False)
    event(found.status.value)
    assert found.status in (ExactStatus.MINIMUM, ExactStatus.IMPOSSIBLE)
    if found.timetable is not None:
        assert found.points == found.bound == moved(after.school, found.timetable)
        assert is_satisfied(after, found.timetable)
        assert not judge(after.school, found.timetable, Policy().rules).newly_broken(before)
        part = partly(of, *happenings)
        assert (part.left, part.least, part.unplaced, part.is_whole_impossible) == (0, 0, (), False)
        assert part.points is not None
        assert part.points <= found.points
    for plan in islice(cheaper(after.school, found.points), MOST_PLANS):
        assert not (is_satisfied(after, plan) and is_clean(after.school, plan, before)), describe(after.school, plan)


def moved(of: School, plan: Timetable) -> int:
    return sum(place.period != of.as_is[id_].period for id_, place in plan.items())


def is_satisfied(after: Event, plan: Timetable) -> bool:
    of, required = after.school, after.required
    for id_, place in plan.items():
        people = of.people[id_] if of.lectures[id_].lesson else {}
        if any(place.period in required.vacated.get(person, ()) for person in people):
            return False
        if of.lectures[id_].lesson and place.period in {*required.dropped, *required.forbidden.get(id_, ())}:
            return False
    starts = [
        [sorted((plan[b.lectures[0]].period, b.length) for b in of.blocks_of_lesson[lesson]) for lesson in pair]
        for pair in required.together
    ]
    return all(one == other for one, other in starts)


def is_clean(of: School, plan: Timetable, before: Score) -> bool:
    """Whether a plan breaks nothing of the first tier but what is broken in just this way before."""
    found = judge(of, plan, Policy().rules)
    return all(found.rules[v.rule].tier is not Tier.RULES or v in before.violations for v in found.violations)


def cheaper(of: School, points: int | None) -> Any:
    """All plans with fewer moved lectures; None: all plans."""
    free = [block for block in of.blocks if block.lesson]
    for size in range(len(free) + 1):
        for chosen in combinations(free, size):
            if points is not None and sum(block.length for block in chosen) >= points:
                continue
            for starts in product(*(runs(of.grid, block.length) for block in chosen)):
                yield of.as_is.replace(
                    {
                        id_: of.as_is[id_].at(period)
                        for block, start in zip(chosen, starts, strict=True)
                        for id_, period in zip(block.lectures, of.grid.run(start, block.length), strict=True)
                    }
                )


def test_rooms_that_are_unfit_are_left():
    # H1 has 20 seats and stands in for H2 with 30; lesson 1 has 25 pupils: one changed room.
    from tests.unit.domain.test_happenings import sized
    from untisopt.domain.events import GroupGrown

    of = sized(school("1 Arnd 7 H1 Mon1\n2 Beck 8 H2 Tue1", groups=["H1 H2"]), H1=20, H2=30)
    policy = Policy(room_changes=RoomChanges.SAME_KIND)
    found = repaired(of, GroupGrown(lesson=1, students=25), policy=policy)
    assert (found.status, found.moved, found.changed_rooms) == (ExactStatus.MINIMUM, 0, 1)
    assert found.timetable is not None
    assert found.timetable["1@1.1"].rooms == (("H2",),)


# -- cuts beside other events, and what was broken before in another way --


def test_a_shorter_lesson_of_somebody_who_is_away():
    # Lesson 1 loses one of its two periods, and Arnd is away all week: the other one has no place, and is not gone.
    of = school("1 Arnd 7 H1 Mon1\n1 Arnd 7 H1 Tue1\n2 Beck 7 H1 Mon2\n3 Beck 7 H1 Tue2", on=grid(2))
    week = [f"{day}{number}" for day in ("Mon", "Tue") for number in range(1, 11)]
    found = partly(of, Shortened(lesson=1, periods=1), away("Arnd", *week))
    assert (len(found.cut), found.cut, len(found.unplaced)) == (1, found.gone, 1)
    assert {*found.cut, *found.unplaced} == {"1@1.1", "1@2.1"}
    assert (found.left, found.least, found.is_best) == (2, 2, True)


def test_fewer_hours_of_somebody_who_is_away():
    # Two of Arnd's three lectures may be held, and he is away on both days: one goes as wanted, two have no place.
    of = school("1 Arnd 7 H1 Mon1\n1 Arnd 7 H1 Tue1\n2 Arnd 8 H1 Mon2\n3 Beck 9 H2 Tue2", on=grid(2))
    week = [f"{day}{number}" for day in ("Mon", "Tue") for number in range(1, 11)]
    found = partly(of, HoursLimited(teacher="Arnd", most=2), away("Arnd", *week))
    assert (len(found.cut), found.gone, len(found.unplaced), found.least) == (1, (), 2, 3)


def test_a_shorter_lesson_of_somebody_with_fewer_hours():
    # Arnd has four periods, two may be held; lesson 1 loses one of three for good, so one more of any goes.
    of = school("1 Arnd 7 H1 Mon1\n1 Arnd 7 H1 Tue1\n1 Arnd 7 H1 Wed1\n2 Arnd 8 H1 Mon2")
    found = partly(of, HoursLimited(teacher="Arnd", most=2), Shortened(lesson=1, periods=1))
    assert (len(found.cut), len(found.gone), found.unplaced, found.least) == (2, 1, (), 2)


def test_what_is_less_broken_by_an_event_needs_no_mending():
    # The triple of lesson 1 lies across the break between 6 and 7. Without its first lecture the rest still does, and
    # that is what is broken today.
    of = school("1 Arnd 7 H1 Mon5-7\n2 Beck 7 H1 Tue1")
    rules = tuple(BlockKept(never_across=("6-7",)) if rule.id == "block-kept" else rule for rule in Policy().rules)
    found = repaired(of, Removed(lesson=1, lectures=("1@1.5",)), policy=Policy(rules=rules))
    assert (found.status, found.points) == (ExactStatus.MINIMUM, 0)


def test_what_leaves_the_plan_does_not_count_against_limits():
    # Grade 7 has two periods a day at most. Lesson 1 has to leave Monday and cannot come to Tuesday, which is full; so
    # there is room on Monday for lesson 2, which has to leave Tuesday: one lecture has no place, one moves.
    of = school(
        "1 Arnd 7 H1 Mon1-2\n2 Beck 7 H2 Tue1-2", on=grid(2, (0, 0, 0)), blocked={"Arnd": "Tue1 Tue2 Tue3 Tue4"}
    )
    rules = tuple(GradeMostPerDay(most=2) if rule.id == "grade-most-per-day" else rule for rule in Policy().rules)
    rules = tuple(rule for rule in rules if rule.id not in ("grade-day", "teacher-free-day"))
    week = {day: [f"{day}{number}" for number in range(1, 5)] for day in ("Mon", "Tue")}
    events = (away("Arnd", *week["Mon"]), away("Beck", "Mon1", "Mon2", *week["Tue"]))
    found = partly(of, *events, policy=Policy(rules=rules))
    assert (found.unplaced, found.moved, found.least, found.is_best) == (("1@1.1", "1@1.2"), 2, 2, True)


def test_what_leaves_the_edge_of_a_day_makes_no_gap():
    # Lesson 1 of grade 7 has no place but Monday 1, where Arnd is away. Lesson 2 has to leave Monday 2 for 3 or 4, and
    # nothing stands before it then.
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 7 H2 Mon2", on=grid(1, (0, 0, 0)))
    rules = tuple(rule for rule in Policy().rules if rule.id != "grade-day")
    events = (away("Arnd", "Mon1", "Mon2", "Mon3", "Mon4"), away("Beck", "Mon1", "Mon2"))
    found = partly(of, *events, policy=Policy(rules=rules))
    assert (found.unplaced, found.moved, found.least, found.is_best) == (("1@1.1",), 1, 1, True)
