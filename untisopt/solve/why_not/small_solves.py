"""One small solve: is there a plan, and which; and the cheapest way to hit every set of a family."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from ortools.sat.python import cp_model

from untisopt.domain.timetable import Timetable
from untisopt.engines.build import hint
from untisopt.engines.clock import Clock
from untisopt.engines.cpsat import CpSat, Settings, Status
from untisopt.model.timetable_model import TimetableModel

NEAR_UNITS = 0.25
"""Deterministic time for a plan that is near today's: any plan will do, a near one tells more."""

Item = TypeVar("Item")


class Found(Enum):
    """What a solve says."""

    PLAN = "plan"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Solved:
    """The outcome of a solve; a timetable where there is a plan."""

    found: Found
    timetable: Timetable | None = None


def solve(
    model: TimetableModel,
    clock: Clock,
    seed: int,
    *,
    near: bool = False,
    other: bool = False,
    like: Timetable | None = None,
) -> Solved:
    """Look for a plan.

    Parameters
    ----------
    model : TimetableModel
    clock : Clock
        Of all solves together.
    seed : int
    near : bool
        Whether the model has an objective, and a better plan is worth a little time.
    like : Timetable or None
        A plan that need not satisfy the model: the first one that is found is to be like it.
    other : bool
        Go to work in another way, without presolve and with other search, to confirm what a first solve said.
    """
    if clock.is_over:
        return Solved(Found.UNKNOWN)
    # Many small models: probing and a search for symmetries take longer than they save.
    others: dict[str, object] = {"cp_model_probing_level": 0, "symmetry_level": 0}
    if other:
        others |= {"linearization_level": 0, "cp_model_presolve": False}
    if near:
        others["max_deterministic_time"] = min(NEAR_UNITS, clock.left) if clock.deterministic else NEAR_UNITS
    if like is not None:
        hint(model, like)
        others["stop_after_first_solution"] = not near
    settings = Settings(limit=clock.left, deterministic=clock.deterministic, seed=seed + other, others=others)
    solved = CpSat(model.cp, settings).run()
    clock.use(solved.units)
    if solved.has_solution:
        return Solved(Found.PLAN, model.decisions.timetable(solved.value))
    return Solved(Found.NONE if solved.status is Status.INFEASIBLE else Found.UNKNOWN)


def cheapest_hitting(
    sets: Sequence[Collection[Item]],
    price: Callable[[Item], int],
    order: Callable[[Item], object],
    refused: Sequence[Collection[Item]] = (),
) -> frozenset[Item] | None:
    """The cheapest set that has a member in common with every one of `sets`.

    Parameters
    ----------
    sets : sequence of collection
    price : callable
        What a member costs, at least 1.
    order : callable
        A key for sorting, so that the same sets give the same answer.
    refused : sequence of collection
        Sets of which not all members may be taken.

    Returns
    -------
    frozenset or None
        None if no set hits all.
    """
    members = sorted({member for one in sets for member in one}, key=order)  # type: ignore[arg-type]
    model = cp_model.CpModel()
    taken = {member: model.new_bool_var(f"m{i}") for i, member in enumerate(members)}
    for one in sets:
        model.add_bool_or([taken[member] for member in sorted(one, key=order)])  # type: ignore[arg-type]
    for one in refused:
        if all(member in taken for member in one):
            model.add_bool_or([taken[member].negated() for member in sorted(one, key=order)])  # type: ignore[arg-type]
    # Among equally cheap sets the one whose members come first: there are few sets, so small weights are enough.
    model.minimize(sum((price(member) * 1000 + min(i, 999)) * taken[member] for i, member in enumerate(members)))
    solved = CpSat(model, Settings()).run()
    if solved.status is not Status.OPTIMAL:
        return None
    return frozenset(member for member in members if solved.value(taken[member]))
