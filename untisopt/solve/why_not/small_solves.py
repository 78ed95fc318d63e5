"""One small solve: is there a plan, and which; and the cheapest way to hit every set of a family."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from ortools.sat.python import cp_model

from untisopt.domain.timetable import Timetable
from untisopt.engines.build import hint
from untisopt.engines.session import ShouldStop, SolveOptions
from untisopt.errors import InternalError
from untisopt.model.literals import Literal
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


class Clock:
    """What time is left for all solves together.

    Parameters
    ----------
    options : SolveOptions
        Its time limit; in deterministic mode the deterministic time of all solves counts.
    should_stop : callable
    """

    def __init__(self, options: SolveOptions, should_stop: ShouldStop) -> None:
        self.options = options
        self._should_stop = should_stop
        self._began = time.monotonic()
        self._used = 0.0

    @property
    def remaining(self) -> float:
        """Seconds, or deterministic units, that are left."""
        used = self._used if self.options.deterministic else time.monotonic() - self._began
        return self.options.time_limit - used

    @property
    def is_over(self) -> bool:
        """Whether no solve may begin any more."""
        return self.remaining <= 0 or self._should_stop()

    def use(self, units: float) -> None:
        """Take note of deterministic time that was used."""
        self._used += units


def solve(
    model: TimetableModel, clock: Clock, *, near: bool = False, other: bool = False, like: Timetable | None = None
) -> Solved:
    """Look for a plan.

    Parameters
    ----------
    model : TimetableModel
    clock : Clock
    near : bool
        Whether the model has an objective, and a better plan is worth a little time.
    like : Timetable or None
        A plan that need not satisfy the model: the first one that is found is to be like it.
    other : bool
        Go to work in another way, without presolve and with other search, to confirm what a first solve said.
    """
    if clock.is_over:
        return Solved(Found.UNKNOWN)
    solver = _solver(clock, other=other)
    if near:
        solver.parameters.max_deterministic_time = min(NEAR_UNITS, solver.parameters.max_deterministic_time)
    if like is not None:
        hint(model, like)
        solver.parameters.stop_after_first_solution = not near
    status = solver.solve(model.cp)
    clock.use(float(solver.response_proto.deterministic_time))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):

        def value(literal: Literal) -> int:
            return int(literal) if isinstance(literal, bool) else int(solver.boolean_value(literal))

        return Solved(Found.PLAN, model.decisions.timetable(value))
    if status == cp_model.INFEASIBLE:
        return Solved(Found.NONE)
    if status == cp_model.MODEL_INVALID:
        raise InternalError(f"the solver does not take the model: {model.cp.validate()}")
    return Solved(Found.UNKNOWN)


def _solver(clock: Clock, *, other: bool) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    # The program asks should_stop; the solver's own handler of Ctrl-C works in no other thread than the main one.
    parameters.catch_sigint_signal = False
    parameters.num_workers = 1
    parameters.random_seed = (clock.options.seed + other) % (1 << 31)
    # Many small models: probing and a search for symmetries take longer than they save.
    parameters.cp_model_probing_level = 0
    parameters.symmetry_level = 0
    if other:
        parameters.linearization_level = 0
        parameters.cp_model_presolve = False
    if clock.options.deterministic:
        parameters.max_deterministic_time = clock.remaining
    else:
        parameters.max_time_in_seconds = clock.remaining
    return solver


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
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    return frozenset(member for member in members if solver.boolean_value(taken[member]))
