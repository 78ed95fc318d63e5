"""An entry list carried out step by step, by counting who has what: it knows nothing of how the list was made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from untisopt.domain.changes import apply
from untisopt.domain.entry import Step, on_plan
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.timetable import Placement, Timetable
from untisopt.errors import InternalError
from untisopt.i18n import _
from untisopt.wording import enumerated, place

Cell = tuple[Resource, int, int, int]
"""A person or room, week class, day and period."""
Clash = tuple[Cell, frozenset[str]]


def replay(school: School, timetable: Timetable, steps: Sequence[Step]) -> Timetable:
    """Carry out the steps one after the other.

    A step clashes if after it two lectures that are not declared compatible have the same teacher, grade or room in a
    week, unless they clash there in the plan at the beginning or at the end as well.

    Parameters
    ----------
    school : School
    timetable : Timetable
        The plan at the beginning.
    steps : sequence of Step

    Returns
    -------
    Timetable
        The plan at the end.

    Raises
    ------
    InternalError
        A step clashes, starts where its lecture does not stand, or leads out of the time grid.
    """
    allowed = _Counter(school, timetable).clashes() | _Counter(school, _end(school, timetable, steps)).clashes()
    counter = _Counter(school, timetable)
    for step in steps:
        new = set(counter.carry_out(step)) - allowed
        if new:
            (_kind, name), *_rest = min(new)[0]
            lectures = sorted({lecture for _cell, pair in new for lecture in pair})
            text = _("entry list: step {number} clashes for {name}: {lectures}")
            raise InternalError(text.format(number=step.number, name=name, lectures=enumerated(lectures)))
    return counter.timetable


def _end(school: School, timetable: Timetable, steps: Sequence[Step]) -> Timetable:
    for step in steps:
        for move in step.moves:
            if on_plan(move.after) and move.after.period not in school.grid:
                text = _("entry list: step {number} leads to {place}, which is no period of the time grid")
                raise InternalError(text.format(number=step.number, place=place(move.after.period)))
        try:
            timetable = apply(step.moves, timetable)
        except ValueError:
            text = _("entry list: step {number} starts where its lecture does not stand: {lectures}")
            raise InternalError(text.format(number=step.number, lectures=enumerated(step.lectures))) from None
    return timetable


class _Counter:
    """Who has what at the moment."""

    def __init__(self, school: School, timetable: Timetable) -> None:
        self._school = school
        self._lectures: defaultdict[Cell, set[str]] = defaultdict(set)
        self._places = dict(timetable)
        for lecture, placement in timetable.items():
            for cell in self._cells(lecture, placement):
                self._lectures[cell].add(lecture)

    @property
    def timetable(self) -> Timetable:
        """The plan at the moment."""
        return Timetable(self._places)

    def clashes(self) -> set[Clash]:
        """All of them."""
        return {clash for cell in self._lectures for clash in self._clashes_in(cell)}

    def carry_out(self, step: Step) -> Iterator[Clash]:
        """Move the lectures of a step; the clashes that they then have."""
        for move in step.moves:
            for cell in self._cells(move.lecture, self._places[move.lecture]):
                self._lectures[cell].discard(move.lecture)
        for move in step.moves:
            self._places[move.lecture] = move.after
            for cell in self._cells(move.lecture, move.after):
                self._lectures[cell].add(move.lecture)
        for move in step.moves:
            for cell in self._cells(move.lecture, move.after):
                yield from self._clashes_in(cell)

    def _clashes_in(self, cell: Cell) -> Iterator[Clash]:
        for one, other in combinations(sorted(self._lectures[cell]), 2):
            if not self._school.may_overlap(cell[0], one, other):
                yield cell, frozenset((one, other))

    def _cells(self, lecture: str, placement: Placement) -> Iterator[Cell]:
        """What a lecture occupies, line by line; nothing while it is not on the plan."""
        if not on_plan(placement):
            return
        day, number = placement.period
        for course, rooms in zip(self._school.lectures[lecture].courses, placement.rooms, strict=True):
            used: set[Resource] = {(Kind.GRADE, grade) for grade in course.grades}
            used |= {(Kind.ROOM, room) for room in rooms}
            if course.teacher:
                used.add((Kind.TEACHER, course.teacher))
            for week_class in self._school.classes(course.weeks):
                yield from ((resource, week_class, day, number) for resource in used)
