"""Which moved lectures must leave before others can enter."""

from __future__ import annotations

from collections.abc import Sequence

from untisopt.domain.calendar import Period
from untisopt.domain.runs import MovedRun
from untisopt.domain.school import Resource, School
from untisopt.domain.standing import Standing


def blockers(school: School, runs: Sequence[MovedRun]) -> list[frozenset[int]]:
    """For every run: the runs whose old places must be left before it can enter its new place.

    Two lectures that meet on a person or room in the plan before, or in the plan after, are no reason to wait: that
    clash is not one of the order. Neither are lessons that are declared compatible.

    Returns
    -------
    list of frozenset of int
        Indices into `runs`; a run never waits for itself.
    """
    moves = [(i, move) for i, run in enumerate(runs) for move in run.moves]
    old = Standing(school, ((move.lecture, move.before, i) for i, move in moves))
    new = Standing(school, ((move.lecture, move.after, i) for i, move in moves))
    found: list[set[int]] = [set() for _run in runs]
    for run, move in moves:
        period = move.after.period
        for meeting in old.in_the_way(move.lecture, move.after):
            anyway = _weeks(old, meeting.resource, period, move.lecture) | _weeks(
                new, meeting.resource, period, meeting.other
            )
            if run != meeting.note and meeting.weeks & ~anyway:
                found[run].add(meeting.note)
    return [frozenset(waits) for waits in found]


def _weeks(where: Standing[int], resource: Resource, period: Period, lecture: str) -> int:
    """Bit mask of the week classes in which a lecture has a person or room in a period."""
    return next((stands.weeks for stands in where.at(resource, period) if stands.lecture == lecture), 0)
