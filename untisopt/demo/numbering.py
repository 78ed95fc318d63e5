"""Turns placed activities into lessons with Untis lesson numbers and the placements of their lines."""

from __future__ import annotations

from random import Random

from untisopt.demo.board import Block
from untisopt.demo.curriculum import Activity, LessonPlan
from untisopt.demo.draws import below
from untisopt.demo.grid import PERIODS
from untisopt.demo.model import Lesson, Line, Placement, Teacher

__all__ = ["numbered"]

Places = dict[tuple[int, int], tuple[str, ...]]


def numbered(
    activities: list[Activity],
    blocks: list[Block],
    teachers: list[Teacher],
    places: Places,
    first_number: int,
    rng: Random,
) -> tuple[tuple[Lesson, ...], tuple[Placement, ...]]:
    """Return lessons, numbered with holes as in every plan that grew over years, and where their lines lie.

    Parameters
    ----------
    activities, blocks, teachers
        The finished timetable in the indices of the search.
    places
        (block, post) -> rooms, see `rooms.allocate`.
    first_number
        The lowest lesson number.
    rng
        Source of the holes.
    """
    lessons: list[Lesson] = []
    placements: list[Placement] = []
    number = first_number
    for index, activity in enumerate(activities):
        own = [block for block, data in enumerate(blocks) if data.activity == index]
        for plan in activity.lessons:
            lessons.append(_lesson(number, activity, plan, teachers))
            for block in own:
                placements += _placements(number, plan, blocks[block], block, places)
            number += 1 + below(rng, 2)
    return tuple(lessons), tuple(sorted(placements))


def _lesson(number: int, activity: Activity, plan: LessonPlan, teachers: list[Teacher]) -> Lesson:
    lines = tuple(
        Line(teachers[activity.posts[post].teacher].short, subject, grades) for post, subject, grades in plan.lines
    )
    return Lesson(number, lines, plan.weeks, activity.blocks, plan.locked, activity.band)


def _placements(number: int, plan: LessonPlan, data: Block, block: int, places: Places) -> list[Placement]:
    return [
        Placement(number, line, slot // PERIODS + 1, slot % PERIODS + 1, places[block, post])
        for line, (post, _, _) in enumerate(plan.lines)
        for slot in range(data.slot, data.slot + data.length)
    ]
