"""Which moved lectures must leave before others can enter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from untisopt.domain.calendar import Period
from untisopt.domain.entry import on_plan
from untisopt.domain.resources import Kind
from untisopt.domain.runs import MovedRun
from untisopt.domain.school import Resource, School
from untisopt.domain.timetable import Placement

Cell = tuple[Resource, int, Period]
"""A person or room in a period of a week class."""


def cells(school: School, lecture: str, placement: Placement) -> Iterator[Cell]:
    """Everything that a lecture occupies at a placement; nothing while it is not on the plan."""
    if not on_plan(placement):
        return
    rooms = (((Kind.ROOM, room), mask) for room, mask in school.rooms_used(lecture, placement).items())
    for resource, mask in (*school.people[lecture].items(), *rooms):
        for week_class in range(len(school.week_classes)):
            if mask >> week_class & 1:
                yield resource, week_class, placement.period


def blockers(school: School, runs: Sequence[MovedRun]) -> list[frozenset[int]]:
    """For every run: the runs whose old places must be left before it can enter its new place.

    Two lectures that meet on a person or room in the plan before, or in the plan after, are no reason to wait: that
    clash is not one of the order. Neither are lessons that are declared compatible.

    Returns
    -------
    list of frozenset of int
        Indices into `runs`; a run never waits for itself.
    """
    old = _occupied(school, ((i, m.lecture, m.before) for i, run in enumerate(runs) for m in run.moves))
    new = _occupied(school, ((i, m.lecture, m.after) for i, run in enumerate(runs) for m in run.moves))
    found: list[set[int]] = [set() for _run in runs]
    for cell, entering in new.items():
        leaving = old.get(cell, {})
        for lecture, run in entering.items():
            for other, other_run in leaving.items():
                meet_anyway = lecture in leaving or other in entering
                if run != other_run and not meet_anyway and not school.may_overlap(cell[0], lecture, other):
                    found[run].add(other_run)
    return [frozenset(waits) for waits in found]


def _occupied(school: School, places: Iterable[tuple[int, str, Placement]]) -> dict[Cell, dict[str, int]]:
    """Lectures and their runs in every cell."""
    found: defaultdict[Cell, dict[str, int]] = defaultdict(dict)
    for run, lecture, placement in places:
        for cell in cells(school, lecture, placement):
            found[cell][lecture] = run
    return dict(found)
