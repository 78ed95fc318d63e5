"""Builds a school of size `small` or `ong`: staff, frames, timetable, numbers.

Draws anew with derived seeds until all promises hold.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from untisopt.demo.board import Block, Board, blocks_of
from untisopt.demo.checks import broken_promises, outside_windows
from untisopt.demo.curriculum import DUMMY, Activity, activities_of
from untisopt.demo.frames import frames_of
from untisopt.demo.model import DemoSchool, Teacher
from untisopt.demo.numbering import numbered
from untisopt.demo.plans import SizePlan, plan_of
from untisopt.demo.rooms import allocate, build_rooms
from untisopt.demo.scheduling import Goal, construct, improve
from untisopt.demo.staffing import assign, fix_absences, hire
from untisopt.demo.subjects import ALL_SUBJECTS
from untisopt.demo.wishes import duties_of, requests_of

__all__ = ["House", "build_house"]

_ATTEMPTS = 100
_TIED_STEPS = 4_000
_REPAIR_STEPS_PER_BLOCK = 15
_STEPS_PER_BLOCK = 40
_ROUNDS = 3
_ANYTHING = Goal((0, 10_000), (0, 10_000))


class House:
    """What tells the houses of a school apart; a school of one house has the defaults.

    Parameters
    ----------
    prefix
        Put before the names of grades and rooms, after the dummy's name; must not begin with `F`.
    first_number
        Lesson numbers begin here.
    taken
        Lower-case teacher names that other houses use; extended by those of this house.
    """

    def __init__(self, prefix: str = "", first_number: int = 1, taken: set[str] | None = None) -> None:
        self.prefix = prefix
        self.first_number = first_number
        self.taken = taken if taken is not None else set()


def build_house(size: str, seed: int, house: House) -> DemoSchool:
    """Return a school of size `small` or `ong`; equal arguments give equal schools.

    Raises
    ------
    RuntimeError
        If no attempt gives a school that keeps all promises; the message names the last broken one.
    """
    plan = plan_of(size)
    problem = ""
    for attempt in range(_ATTEMPTS):
        taken = set(house.taken)
        school = _attempt(
            size, seed, plan, Random(seed * 1000 + attempt), House(house.prefix, house.first_number, taken)
        )
        if school is None:
            problem = problem or "the frames could not be filled without clashes"
            continue
        problems = broken_promises(school) + outside_windows(school, plan)
        if not problems:
            house.taken |= taken
            return school
        problem = problems[0]
    raise RuntimeError(f"demo school {size} with seed {seed}: {problem}")


def _attempt(size: str, seed: int, plan: SizePlan, rng: Random, house: House) -> DemoSchool | None:
    """Draw a school; None if its timetable does not work out."""
    activities = activities_of(plan, rng)
    teachers = hire(plan, activities, rng, DUMMY + house.prefix, house.taken)
    if not assign(plan, activities, teachers, rng):
        return None
    blocks, solved = _timetable(activities, teachers, plan, rng)
    if not solved:
        return None
    grades, rooms = build_rooms(plan, house.prefix)
    _rename_grades(activities, house.prefix)
    places = allocate(activities, blocks, grades, rooms)
    lessons, placements = numbered(activities, blocks, teachers, places, house.first_number, rng)
    requests = requests_of(teachers, grades, rng)
    school = DemoSchool(
        size, seed, tuple(teachers), tuple(grades), tuple(rooms), ALL_SUBJECTS, lessons, placements, (), requests
    )
    return replace(school, duties=duties_of(school, plan.duties, rng))


def _timetable(
    activities: list[Activity], teachers: list[Teacher], plan: SizePlan, rng: Random
) -> tuple[list[Block], bool]:
    """Return the placed blocks and whether no rule is broken.

    Couplings and bands come first. Then the teachers get their days off and obligations (in place), then everything
    else is placed, and finally the site changes are steered into their windows.
    """
    frames = frames_of(plan, activities, rng)
    names, pools = list(frames), list(plan.rooms)
    blocks = blocks_of(activities, names, pools, teachers)
    capacities = [plan.rooms[pool] for pool in pools]
    board = Board(blocks, [frames[name] for name in names], capacities, teachers, len(activities))
    tied = [index for index, block in enumerate(blocks) if len(block.grades) > 1 or activities[block.activity].band]
    rest = sorted(set(range(len(blocks))) - set(tied))
    if not construct(board, tied, rng) or not _repaired(board, _ANYTHING, rng, _TIED_STEPS):
        return blocks, False
    teachers[:] = fix_absences(teachers, board.busy(), rng)
    board.block_out(teachers)
    board.firm = set(tied)
    goal = Goal(plan.aim, plan.aim_short)
    steps = _STEPS_PER_BLOCK * len(blocks)
    if not construct(board, rest, rng) or not _repaired(board, goal, rng, _REPAIR_STEPS_PER_BLOCK * len(blocks)):
        return blocks, False
    for weight in (4, 6, 10, 16):
        improve(board, replace(goal, weight=weight), rng, steps)
        if weight > 4 and not goal.distance(board.changes, board.short):
            break
    return blocks, not board.hard


def _repaired(board: Board, goal: Goal, rng: Random, steps: int) -> bool:
    for _ in range(_ROUNDS):
        improve(board, goal, rng, steps)
        if not board.hard:
            return True
    return False


def _rename_grades(activities: list[Activity], prefix: str) -> None:
    for activity in activities:
        activity.grades = tuple(prefix + grade for grade in activity.grades)
        for plan in activity.lessons:
            plan.lines = [(post, subject, tuple(prefix + grade for grade in own)) for post, subject, own in plan.lines]
