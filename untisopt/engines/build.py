"""From a school and a policy to a CP-SAT model with all rules and the objective."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from ortools.sat.python import cp_model

from untisopt.domain.school import School
from untisopt.domain.score import Score
from untisopt.domain.timetable import Timetable
from untisopt.engines.objective import Objective
from untisopt.model.timetable_model import TimetableModel
from untisopt.policy import Policy, RoomChanges
from untisopt.rules import Phase, encode


def build_model(school: School, policy: Policy, objective: Objective, before: Score) -> TimetableModel:
    """Build the strict model of a repair.

    Parameters
    ----------
    before : Score
        Of the plan of today.
    """
    model = _empty(school, policy, before)
    with _no_collection():
        for rule in policy.judged(school):
            encode(rule, model)
    model.decisions.complete()
    if policy.max_changes is not None:
        model.limit_moved_lectures(policy.max_changes)
    model.cp.minimize(
        cp_model.LinearExpr.sum([factor * model.points(rule) for rule, factor in objective.factors.items()])
    )
    return model


def build_starts(school: School, policy: Policy, before: Score) -> TimetableModel:
    """Build only the candidate starts of all blocks and their prices: all that the chains need, in little time.

    Parameters
    ----------
    before : Score
        Of the plan of today.
    """
    model = _empty(school, policy, before)
    with _no_collection():
        for rule in policy.judged(school):
            if rule.phase is Phase.STARTS:
                rule.encode(model)
    return model


def _empty(school: School, policy: Policy, before: Score) -> TimetableModel:
    """A strict model that knows what is broken today, and no rule yet."""
    rooms_change = policy.room_changes is RoomChanges.SAME_KIND
    return TimetableModel(school, before=before.by_rule, rooms_change=rooms_change)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Building makes a million small objects that all live on: looking for garbage among them is time lost."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def hint(model: TimetableModel, timetable: Timetable) -> None:
    """Give a timetable to the solver as a complete hint, in place of any other."""
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    for index, value in model.assignment(timetable).items():
        model.cp.add_hint(model.cp.get_int_var_from_proto_index(index), value)
