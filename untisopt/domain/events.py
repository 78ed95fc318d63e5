"""What happens to a school: somebody is away, a room is closed, a lecture must stand elsewhere, a lesson is added.

An event gives the school as it is afterwards, its plan still that of today, and what a plan must then satisfy.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block, Course, Lecture
from untisopt.domain.school import Resource, School
from untisopt.domain.timetable import Placement, Timetable


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirements:
    """What every plan must satisfy, whatever the plan of today does.

    Lectures of lesson number 0 are left out of it: they never move. Lectures without a place must get one in any case.

    Parameters
    ----------
    vacated : mapping of (Kind, str) to frozenset of Period
        Periods in which a person or room is not to be used.
    forbidden : mapping of str to frozenset of Period
        Lecture id to the periods in which it must not stand.
    """

    vacated: Mapping[Resource, frozenset[Period]] = field(default_factory=dict)
    forbidden: Mapping[str, frozenset[Period]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """A school after something happened, and what its plan must satisfy.

    Parameters
    ----------
    school : School
        Its plan of today is the one from before the event.
    required : Requirements
    """

    school: School
    required: Requirements


def away(school: School, resource: Resource, periods: Collection[Period]) -> Event:
    """A teacher or grade is away, or a room is closed, in these periods."""
    vacated = frozenset(periods)
    blocked = {**school.blocked, resource: school.blocked.get(resource, frozenset()) | vacated}
    return Event(replace(school, blocked=blocked), Requirements(vacated={resource: vacated}))


def kept_from(school: School, lecture: str, periods: Collection[Period]) -> Event:
    """A lecture must not stand in these periods."""
    return Event(school, Requirements(forbidden={lecture: frozenset(periods)}))


def put_at(school: School, lecture: str, period: Period) -> Event:
    """A lecture must stand in this period."""
    return kept_from(school, lecture, frozenset(school.grid.periods) - {period})


def lesson_added(school: School, lines: Sequence[tuple[Course, tuple[str, ...]]], lengths: Sequence[int]) -> Event:
    """A lesson is added, without a place so far.

    Parameters
    ----------
    school : School
    lines : sequence of (Course, tuple of str)
        Its coupling lines, all with one lesson number that is new in the school, and their rooms.
    lengths : sequence of int
        Periods of each of its blocks, at least 1.

    Raises
    ------
    ValueError
        The school and the lesson do not fit together.
    """
    numbers = {course.lesson for course, _rooms in lines}
    if len(numbers) != 1 or numbers & {0, *school.blocks_of_lesson}:
        raise ValueError(f"an added lesson needs one new lesson number, not {sorted(numbers)}")
    lesson = numbers.pop()
    ordered = sorted(lines, key=lambda line: line[0].sort_key)
    lowest = min((school.as_is[block.lectures[0]].period.day for block in school.unplaced), default=1)
    lectures: dict[str, Lecture] = {}
    places: dict[str, Placement] = {}
    blocks: list[Block] = []
    for i, length in enumerate(lengths, start=1):
        run = school.grid.run(Period(lowest - i, 1), length)
        ids = tuple(f"{lesson}@{period.day}.{period.number}" for period in run)
        for id_, period in zip(ids, run, strict=True):
            lectures[id_] = Lecture(id_, lesson, tuple(course for course, _rooms in ordered))
            places[id_] = Placement(period, tuple(rooms for _course, rooms in ordered))
        blocks.append(Block(ids[0], lesson, ids))
    after = replace(
        school,
        lectures={**school.lectures, **lectures},
        blocks=(*school.blocks, *blocks),
        as_is=Timetable({**school.as_is, **places}),
    )
    return Event(after, Requirements())
