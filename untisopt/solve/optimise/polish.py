"""CP-SAT as the second half: it removes needless moves, does what chains cannot, and gives the bound."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from untisopt.domain.timetable import Timetable
from untisopt.engines.build import hint
from untisopt.engines.session import ShouldStop, SolveOptions
from untisopt.errors import InternalError
from untisopt.model.literals import Literal
from untisopt.model.timetable_model import TimetableModel

POLL_SECONDS = 0.05
FEW_WORKERS = 4
SMALL_MODEL = 10_000
"""Variables up to which all cuts pay; in larger models the prover would spend its time on them and prove nothing."""


@dataclass(frozen=True, slots=True)
class Polished:
    """What CP-SAT made of a plan.

    Parameters
    ----------
    timetable : Timetable
        The plan that went in if nothing better was found.
    bound : int
        No plan has fewer points.
    proved : bool
        Whether no better plan exists.
    """

    timetable: Timetable
    bound: int
    proved: bool


OnPlan = Callable[[Timetable, int], None]
OnBound = Callable[[int], None]


class _Watch(cp_model.CpSolverSolutionCallback):
    """Keeps the latest solution, because a solver that is stopped may lose it."""

    def __init__(self, model: TimetableModel) -> None:
        super().__init__()
        self._model = model
        self._lock = threading.Lock()
        self._latest: tuple[Timetable, int] | None = None

    def on_solution_callback(self) -> None:
        def value(literal: Literal) -> int:
            return int(literal) if isinstance(literal, bool) else int(self.boolean_value(literal))

        found = self._model.decisions.timetable(value), round(self.objective_value)
        with self._lock:
            self._latest = found

    def take(self) -> tuple[Timetable, int] | None:
        """The latest solution that was not taken yet."""
        with self._lock:
            found, self._latest = self._latest, None
            return found


def polish(
    model: TimetableModel,
    start: Timetable,
    seconds: float,
    options: SolveOptions,
    *,
    on_plan: OnPlan,
    on_bound: OnBound,
    should_stop: ShouldStop,
) -> Polished:
    """Improve a plan with CP-SAT for some seconds.

    Parameters
    ----------
    model : TimetableModel
        With its objective.
    start : Timetable
        A plan that the model allows; becomes the hint.
    seconds : float
        Time limit; deterministic units in deterministic mode.
    on_plan, on_bound : callable
        Called in the thread of the caller with every better plan and every better bound.
    should_stop : callable
        Asked often; once it says yes, the best plan so far is returned.
    """
    hint(model, start)
    solver = cp_model.CpSolver()
    _set(solver, len(model.cp.proto.variables), seconds, options)
    bounds: list[int] = []
    solver.best_bound_callback = lambda bound: bounds.append(round(bound))
    watch = _Watch(model)
    statuses: list[object] = []
    errors: list[Exception] = []

    def search() -> None:
        try:
            statuses.append(solver.solve(model.cp, watch))
        except Exception as error:  # noqa: BLE001  handed to the thread of the caller
            errors.append(error)

    thread = threading.Thread(target=search, name="cp-sat")
    thread.start()
    best = start
    try:
        while thread.is_alive():
            thread.join(POLL_SECONDS)
            best = _pass_on(watch, bounds, best, on_plan, on_bound)
            if should_stop():
                solver.stop_search()
    finally:
        solver.stop_search()
        thread.join()
    if errors:
        raise errors[0]
    best = _pass_on(watch, bounds, best, on_plan, on_bound)
    return _outcome(statuses[0], solver, best)


def _pass_on(watch: _Watch, bounds: list[int], best: Timetable, on_plan: OnPlan, on_bound: OnBound) -> Timetable:
    while bounds:
        on_bound(bounds.pop(0))
    found = watch.take()
    if found is None:
        return best
    on_plan(*found)
    return found[0]


def _outcome(status: object, solver: cp_model.CpSolver, best: Timetable) -> Polished:
    if status in (cp_model.INFEASIBLE, cp_model.MODEL_INVALID):
        # The hint is a plan of this model, so this is a defect of ours, or of the solver.
        raise InternalError(f"CP-SAT calls a model with a known plan {status}")
    bound = 0 if status == cp_model.UNKNOWN else round(solver.best_objective_bound)
    return Polished(best, bound, status == cp_model.OPTIMAL)


def _set(solver: cp_model.CpSolver, variables: int, seconds: float, options: SolveOptions) -> None:
    parameters = solver.parameters
    # The program asks should_stop; the solver's own handler of Ctrl-C works in no other thread than the main one.
    parameters.catch_sigint_signal = False
    # One worker proves with the full linear relaxation, the others improve: left to itself, a solver with few workers
    # has none that uses the relaxation, and its bound stays near 0.
    parameters.linearization_level = 2
    if 1 < options.threads <= FEW_WORKERS and not options.deterministic:
        parameters.subsolvers.append("max_lp" if variables <= SMALL_MODEL else "reduced_costs")
    parameters.random_seed = options.seed % (1 << 31)
    parameters.num_workers = options.threads
    if options.deterministic:
        parameters.max_deterministic_time = seconds
        # Interleaved, the same subsolvers take turns in the same order, however many threads there are.
        parameters.interleave_search = True
    else:
        parameters.max_time_in_seconds = seconds
