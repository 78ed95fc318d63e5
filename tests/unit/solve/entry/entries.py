"""Checks of entry lists that know nothing of how they are made: clashes are those of the clash rules."""

from __future__ import annotations

from itertools import combinations
from random import Random

from tests.builders import chance, random_placements
from untisopt.domain.changes import apply, changes
from untisopt.domain.entry import EntryList, on_plan
from untisopt.domain.runs import MovedRun, moved_runs
from untisopt.domain.school import School
from untisopt.domain.score import Facts
from untisopt.domain.timetable import Placement, Timetable
from untisopt.rules.clashes.clash import GradeClash, RoomClash, TeacherClash

RULES = (TeacherClash(), GradeClash(), RoomClash())


def clashes(of: School, timetable: Timetable) -> set[Facts]:
    """All clashes by the rules; lectures off the plan meet nobody, because every one has a weekday of its own."""
    return {violation.facts for rule in RULES for violation in rule.check(of, timetable)}


def check(of: School, after: Timetable, found: EntryList, before: Timetable | None = None) -> None:
    """Every step starts where its lectures stand and makes no clash, and the last one leads to the plan."""
    now = of.as_is if before is None else before
    allowed = clashes(of, now) | clashes(of, after)
    for number, step in enumerate(found.steps, 1):
        assert step.number == number
        assert all(move.after.period in of.grid for move in step.moves if on_plan(move.after))
        now = apply(step.moves, now)
        assert clashes(of, now) <= allowed, f"step {number}"
    assert now == after


def fewest_parkings(of: School, after: Timetable) -> int:
    """By trying all sets of runs, the small ones first, until one of them off the plan lets all others in."""
    runs = moved_runs(of, changes(of.as_is, after))
    for count in range(len(runs) + 1):
        if any(_works(of, after, runs, aside) for aside in combinations(range(len(runs)), count)):
            return count
    raise AssertionError("with all runs off the plan, all can enter")


def _works(of: School, after: Timetable, runs: list[MovedRun], aside: tuple[int, ...]) -> bool:
    """Nobody who has entered is ever in the way of others, so whoever can enter may do it at once."""
    allowed = clashes(of, of.as_is) | clashes(of, after)
    now = of.as_is
    for index in aside:
        now = now.replace({m.lecture: off(m.before, index + 1, i) for i, m in enumerate(runs[index].moves)})
    left = dict(enumerate(runs))
    while left:
        entered = None
        for index, run in left.items():
            then = now.replace({m.lecture: m.after for m in run.moves})
            if clashes(of, then) <= allowed:
                entered, now = index, then
                break
        if entered is None:
            return False
        del left[entered]
    return True


def off(placement: Placement, day: int, i: int) -> Placement:
    """A place off the plan."""
    return placement.at(placement.period._replace(day=-day, number=1 + i))


def random_target(rng: Random, of: School, tries: int) -> Timetable:
    """A plan without new clashes: blocks change places with one another, or go where there is room."""
    free = [block for block in of.blocks if block.lesson]
    now, today = of.as_is, clashes(of, of.as_is)
    for _ in range(tries if free else 0):
        block = rng.choice(free)
        then = now.replace(random_placements(rng, of, block, rooms_change=chance(rng, 50)))
        others = [other for other in free if other.length == block.length and other != block]
        if others and chance(rng, 70):
            other = rng.choice(others)
            pairs = list(zip(block.lectures, other.lectures, strict=True))
            then = now.replace({a: now[a].at(now[b].period) for a, b in pairs})
            then = then.replace({b: now[b].at(now[a].period) for a, b in pairs})
        if clashes(of, then) <= today:
            now = then
    return now
