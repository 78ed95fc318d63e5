"""Give free places to lectures that a search which ran out of time has left without one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from untisopt.domain.lessons import Block
from untisopt.domain.score import Facts
from untisopt.domain.timetable import Timetable
from untisopt.rules import Rule, judge
from untisopt.solve.events.reach import Reach

Found = dict[tuple[str, Facts], int]


def filled(
    reach: Reach,
    rules: Sequence[Rule],
    timetable: Timetable,
    blocks: Iterable[Block],
    is_late: Callable[[], bool] = lambda: False,
) -> Timetable:
    """Place blocks where that breaks nothing: at their own places if they are free, else at the earliest ones.

    Parameters
    ----------
    reach : Reach
    rules : sequence of Rule
        Those that must hold.
    timetable : Timetable
    blocks : iterable of Block
        Without a place in it.
    is_late : callable
        Asked before every attempt; once it says yes, what has no place yet gets none.
    """
    school = reach.school
    paired = {lesson for pair in reach.required.together for lesson in pair}
    known = _found(reach, rules, timetable)
    for block in blocks:
        if block.lesson in paired:
            continue  # its other half would have to come along
        home = school.as_is[block.lectures[0]].period
        for start in sorted(reach.possible(block), key=lambda period: (period != home, period)):
            if is_late():
                return timetable
            run = school.grid.run(start, block.length)
            places = {id_: timetable[id_].at(period) for id_, period in zip(block.lectures, run, strict=True)}
            tried = timetable.replace(places)
            found = _found(reach, rules, tried)
            if reach.satisfies(block, tried) and all(amount <= known.get(key, 0) for key, amount in found.items()):
                timetable, known = tried, found
                break
    return timetable


def cost(reach: Reach, timetable: Timetable) -> int:
    """What the changes of a plan in which everything has a place cost."""
    school, prices = reach.school, reach.prices
    points = 0
    for block in school.blocks:
        before = school.as_is[block.lectures[0]].period
        if not reach.is_unplaced(block) and timetable[block.lectures[0]].period != before:
            points += prices.of_move(school, block)
        for slot in school.room_slots[block.id]:
            lecture, course, i = slot.positions[0]
            if timetable[lecture].rooms[course][i] != school.as_is[lecture].rooms[course][i]:
                points += prices.of_room(school, slot)
    return points


def _found(reach: Reach, rules: Sequence[Rule], timetable: Timetable) -> Found:
    found: Found = {}
    for violation in judge(reach.school, timetable, rules).violations:
        key = violation.rule, violation.facts
        found[key] = found.get(key, 0) + violation.amount
    return found
