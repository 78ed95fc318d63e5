"""From a school to the problem that all solvers get: what is kept, what is pinned, and that both sides count alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from benchmarks.peers.export import instance_of, plan_of
from benchmarks.peers.instance import BRANCH, MAIN, NOWHERE, Instance
from benchmarks.peers.judge import judge as judge_plainly
from benchmarks.peers.problem import Problem, of_one_week_class, problem_of
from tests.builders import grid, move, random_school, random_timetable, school
from untisopt.domain.calendar import TimeGrid
from untisopt.domain.school import School
from untisopt.domain.score import Score, Tier
from untisopt.policy import Policy
from untisopt.rules import judge


def problem(table: str, **options: object) -> Problem:
    return problem_of(school(table, **options), Policy())  # type: ignore[arg-type]


def stays(table: str, **options: object) -> dict[str, str]:
    return problem(table, **options).stays


def test_commonest_week_class_is_kept():
    of = school("1 Arnd 7 H1 Mon1 A\n2 Beck 7 H1 Mon1 B\n3 Cora 8 H2 Mon1 AB")
    # A and B are as common; the first one counts.
    one = of_one_week_class(of)
    assert set(one.lectures) == {"1@1.1", "3@1.1"}
    assert [found.name for found in one.week_classes] == [""]
    assert judge(one, one.as_is, Policy().rules).points(Tier.RULES) == 0


def test_line_that_is_held_in_other_weeks_goes():
    of = school("1 Arnd 7 H1 Mon1 AB\n1 Beck 8 H2 Mon1 B")
    one = of_one_week_class(of)
    assert one.lectures["1@1.1"].teachers == ("Arnd",)
    assert one.as_is["1@1.1"].rooms == (("H1",),)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("1 Arnd 7 H1 Mon1\n0 Arnd - - Mon2", "lesson number 0"),
        ("1 Arnd 7 H1 Mon1-3", "longer than two periods"),
        ("1 Arnd 7 H1 Mon2-3", "a double across the marks"),
        ("1 Arnd 7 H1 Mon1\n1 Beck 8 F1 Mon1", "at two sites"),
        ("1 Arnd 7 H1 Mon1\n1 Arnd 7 H2 Mon2", "other rooms in its second period"),
        ("1 Arnd 7 H1 Mon1\n1 Arnd 7 H1 Mon3", "the lesson stands twice on a day"),
        ("1 Arnd 7 H1 Mon1\n2 Arnd 8 F1 Mon1", "a teacher has parallel lectures at two sites"),
    ],
)
def test_what_the_rivals_cannot_move_stays(table, reason):
    assert reason in stays(table).values()


def test_pinned_lectures_stay_and_others_move():
    table = "1 Arnd 7 H1 Mon1\n2 Beck 7 H1 Mon2\n3 Beck 7 F1 Tue3-4"
    assert stays(table, pinned=["1@1.1"]) == {"1@1.1": "pinned in the export"}
    assert problem(table, pinned=["1@1.1"]).pinned == {"pinned in the export": 1}


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"sites": "H"}, "two sites, not 1"),
        ({"on": grid(times=False)}, "need the times"),
        ({"on": grid(unusable=[(2, 3)])}, "unusable for travel"),
        ({"travel": {("H", "F"): 20, ("F", "H"): 30}}, "one travel time"),
        ({"on": grid(short_days={5: 4})}, "same periods"),
    ],
)
def test_schools_that_the_rivals_cannot_read(options, why):
    with pytest.raises(ValueError, match=why):
        problem("1 Arnd 7 H1 Mon1\n2 Beck 7 H1 Mon2", **options)


def test_points_of_the_objective():
    # Arnd changes twice, the first time in no time, the second time in 20 minutes: 2 * 1000 + 2 * 100.
    found = problem("1 Arnd 7 H1 Mon1\n2 Arnd 8 F1 Mon2\n3 Arnd 7 H1 Mon3")
    assert found.objective.value(found.before) == 2200
    # 2 moves to Monday 5, two site changes and one too short (10:35-11:20, 11:30) are left: 1000 + 100 + 1.
    after = judge(found.school, move(found.school, {"2@1.2": "Mon4"}), found.policy.rules)
    assert found.objective.value(after) == 1101


def test_starts_and_names_of_the_instance():
    found = problem(
        "1 Arnd 7 H1 Mon1-2\n2 Arnd 7,8 F1 Tue2\n3 Beck 7 - Mon5\n4 Beck 8 H1 Wed1", blocked={"Arnd": "Tue4"}
    )
    of = instance_of(found, "hand")
    units = {unit.lesson: unit for unit in of.units}
    assert [(unit.site, unit.teachers) for unit in of.units] == [
        (MAIN, ("Arnd",)),
        (NOWHERE, ()),
        (BRANCH, ("Arnd",)),
        (MAIN, ("Beck",)),
    ]
    # Beck has a lecture without a room, so what keeps his lectures apart is not his name but a thing of its own.
    assert set(units[3].classes) & set(units[4].classes) == {"teacher Beck"}
    assert set(units[1].classes) == {"grade 7"}
    # Both teach and learn on Monday and Tuesday, 7 in periods 1 to 5; a double stands on the marks, not in Tuesday 4.
    assert units[1].starts == ((0, 0), (0, 2), (1, 0))
    assert (of.days, of.periods, of.travel) == (5, 10, 25)


def test_lessons_that_run_in_parallel_share_no_name():
    found = instance_of(problem("1 Arnd 11 H1 Mon1\n2 Beck 11 H2 Mon1\n3 Cora 11 H3 Mon2"), "hand")
    one, two, three = (set(unit.classes) for unit in found.units)
    assert not one & two
    assert one & three
    assert two & three


def test_pieces_of_a_block_that_stays():
    # A block of three periods at two sites: a piece per period and site, the class in one piece of each period.
    table = "1 Arnd 7 H1 Mon1-3\n1 Beck 7 F1 Mon1-3\n1 Arnd 7 H1 Wed1\n1 Beck 7 F1 Wed1\n2 Arnd 8 F2 Mon5"
    found = instance_of(problem(table), "hand")
    pieces = [unit for unit in found.units if unit.block == "1@1.1"]
    assert [(unit.home, unit.site, unit.teachers) for unit in pieces] == [
        ((0, period), site, (teacher,)) for period in range(3) for site, teacher in ((MAIN, "Arnd"), (BRANCH, "Beck"))
    ]
    assert [len(unit.classes) for unit in pieces] == [1, 0] * 3
    assert len({unit.lesson for unit in found.units}) == len(found.units)
    assert judge_plainly(found, found.homes).is_sound


def test_sibling_of_a_block_that_stays_keeps_off_its_day():
    found = problem("1 Arnd 7 H1 Mon1-3\n1 Arnd 7 H1 Tue1\n2 Arnd 7 H1 Wed1")
    of = instance_of(found, "hand")
    starts = {unit.block: {day for day, _ in unit.starts} for unit in of.units}
    assert starts["1@2.1"] == {1, 2}
    assert starts["2@3.1"] == {0, 1, 2}


# -- random schools ------------------------------------------------------------------------------------------------


def comparable(seeds: range) -> Iterator[tuple[Problem, Instance, Random]]:
    """Random schools that the rivals can read."""
    for seed in seeds:
        rng = Random(seed)
        of = random_school(rng, travel=True)
        usual = dict.fromkeys((("H", "F"), ("F", "H")), 25)
        regular = grid(len(of.grid.days), SIX, first=of.grid.numbers(1)[0])
        if len(of.sites) == 2 and fits(of, regular):
            of = replace(of, grid=regular, travel=replace(of.travel, minutes=usual))
            found = problem_of(of, Policy())
            yield found, instance_of(found, f"random {seed}"), rng


SIX = (0, 20, 5, 30, 0)


def fits(of: School, on: TimeGrid) -> bool:
    """Whether a school fits on a grid, and every block into one room: rivals change no rooms within a block."""
    one_room = all(len({of.as_is[id_].rooms for id_ in block.lectures}) == 1 for block in of.blocks)
    return one_room and all(placement.period in on for placement in of.as_is.values())


def worse(before: Score, after: Score) -> set[str]:
    """Rules about what is allowed that are broken more often; too short ways cost points only."""
    return set(after.newly_broken(before)) - {"teacher-travel"}


def test_both_sides_agree_on_random_plans_of_random_schools():
    sound = unsound = 0
    for found, of, rng in comparable(range(400)):
        for most in (0, 1, 1, 2):
            timetable = random_timetable(rng, found.school, rooms_change=False, most_moves=most)
            stay = {lecture for block in found.school.blocks if block.id in found.stays for lecture in block.lectures}
            timetable = timetable.replace({lecture: found.school.as_is[lecture] for lecture in stay})
            after = judge(found.school, timetable, found.policy.rules)
            plain = judge_plainly(of, plan_of(found, of, timetable))
            if plain.is_sound:
                sound += 1
                assert worse(found.before, after) == set()
                assert plain.score == found.objective.value(after)
                assert plain.moved_lectures == after.amount("moved-lectures")
            else:
                unsound += 1
                assert after.points(Tier.RULES) > 0
    assert sound > 200
    assert unsound > 100
