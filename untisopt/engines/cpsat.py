"""CP-SAT: the only place where it is run."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from math import ceil
from typing import Any

from ortools.sat.python import cp_model

from untisopt.engines.session import SolveOptions
from untisopt.errors import InternalError
from untisopt.model.literals import Literal

SEEDS = 1 << 31

ValueOf = Callable[[Literal], int]
OnSolution = Callable[[ValueOf, int], None]
"""Told how to look up the values of a solution, which works in this call only, and what it costs."""


class Status(Enum):
    """How a run ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    OPEN = "open"
    """Neither a solution nor a proof that there is none."""


_STATUSES = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
    cp_model.UNKNOWN: Status.OPEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How CP-SAT goes to work.

    Parameters
    ----------
    limit : float or None
        Seconds; units of deterministic time in deterministic mode. None: to the end.
    deterministic : bool
    seed : int
        >= 0; CP-SAT's own default is 1.
    workers : int
        Threads.
    others : mapping of str to object
        Parameters of CP-SAT by name; they overrule the above.
    """

    limit: float | None = None
    deterministic: bool = True
    seed: int = 1
    workers: int = 1
    others: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, options: SolveOptions, limit: float, **others: Any) -> Settings:
        """As the options of a search say, with one worker."""
        return cls(limit=limit, deterministic=options.deterministic, seed=options.seed, others=others)


@dataclass(frozen=True, slots=True)
class Solved:
    """The outcome of a run.

    Parameters
    ----------
    status : Status
    bound : int
        Where there is a solution: none costs less.
    units : float
        Deterministic time that was used.
    value : callable
        Looks up a literal in the best solution, where there is one.
    """

    status: Status
    bound: int
    units: float
    value: ValueOf

    @property
    def has_solution(self) -> bool:
        """Whether there is a solution."""
        return self.status in (Status.OPTIMAL, Status.FEASIBLE)


class CpSat:
    """One run at one model, in this thread or in the background.

    Parameters
    ----------
    cp : CpModel
    settings : Settings
    on_solution, on_bound : callable, optional
        Told every better solution and bound, in a thread of the solver.
    """

    def __init__(
        self,
        cp: cp_model.CpModel,
        settings: Settings,
        *,
        on_solution: OnSolution | None = None,
        on_bound: Callable[[int], None] | None = None,
    ) -> None:
        self._cp = cp
        self._solver = cp_model.CpSolver()
        _set(self._solver.parameters, settings)
        self._watch = None if on_solution is None else _Watch(on_solution)
        if on_bound is not None:
            self._solver.best_bound_callback = lambda bound: on_bound(_least(bound))
        self._thread = threading.Thread(target=self._work, name="cp-sat")
        self._solved: Solved | None = None
        self._error: Exception | None = None

    def run(self) -> Solved:
        """Solve, and come back when that has ended.

        Raises
        ------
        InternalError
            The solver does not take the model.
        """
        solver = self._solver
        status = solver.solve(self._cp, self._watch)
        if status not in _STATUSES:
            raise InternalError(f"the solver does not take the model: {self._cp.validate()}")

        def value(literal: Literal) -> int:
            return int(literal) if isinstance(literal, bool) else int(solver.boolean_value(literal))

        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        bound = _least(solver.best_objective_bound) if found else 0
        return Solved(_STATUSES[status], bound, float(solver.deterministic_time), value)

    # -- in the background -------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin in a thread of its own."""
        self._thread.start()

    def _work(self) -> None:
        try:
            self._solved = self.run()
        except Exception as error:  # noqa: BLE001  handed to the thread of the caller
            self._error = error

    @property
    def is_running(self) -> bool:
        """Whether it is at work."""
        return self._thread.is_alive()

    def wait(self, seconds: float) -> None:
        """Wait for the end, so long at most."""
        self._thread.join(seconds)

    def finish(self) -> Solved:
        """End it, if it has not ended, and say what was found; raises what went wrong in the background."""
        self._solver.stop_search()
        self._thread.join()
        if self._error is not None:
            raise self._error
        if self._solved is None:
            raise InternalError("a run of CP-SAT ended without an outcome")
        return self._solved


class _Watch(cp_model.CpSolverSolutionCallback):
    def __init__(self, on_solution: OnSolution) -> None:
        super().__init__()
        self._on_solution = on_solution

    def on_solution_callback(self) -> None:
        self._on_solution(self._value, round(self.objective_value))

    def _value(self, literal: Literal) -> int:
        return int(literal) if isinstance(literal, bool) else int(self.boolean_value(literal))


def _least(bound: float) -> int:
    """The least whole number that a bound leaves possible: every solution costs a whole number of points."""
    return ceil(bound - 1e-6)


def _set(parameters: Any, settings: Settings) -> None:
    # The program asks should_stop; the solver's own handler of Ctrl-C works in no other thread than the main one, and
    # would keep the signal from everybody else.
    parameters.catch_sigint_signal = False
    parameters.num_workers = settings.workers
    parameters.random_seed = settings.seed % SEEDS
    if settings.limit is not None and settings.deterministic:
        parameters.max_deterministic_time = settings.limit
    elif settings.limit is not None:
        parameters.max_time_in_seconds = settings.limit
    for name, value in settings.others.items():
        if isinstance(value, list):
            getattr(parameters, name).extend(value)
        else:
            setattr(parameters, name, value)
