"""A second, different solver for the model of a repair: HiGHS or SCIP, which prove by linear programming."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from untisopt.domain.timetable import Timetable
from untisopt.engines.mip.rows import linear_model
from untisopt.engines.mip.run import MipResult, MipSolver, MipStatus, minimise
from untisopt.errors import InternalError
from untisopt.model.literals import Literal, literal_value
from untisopt.model.timetable_model import TimetableModel

__all__ = ["MipOutcome", "MipSolver", "prove"]


@dataclass(frozen=True, slots=True)
class MipOutcome:
    """What the solver found and proved.

    Parameters
    ----------
    timetable : Timetable or None
        The best plan known, the start included; None if there is none.
    points : int or None
        Its points in the objective of the model.
    bound : int
        No plan has fewer points.
    proved : bool
        Whether no plan is better than `timetable`.
    infeasible : bool
        Whether the model allows no plan at all.
    """

    timetable: Timetable | None
    points: int | None
    bound: int
    proved: bool
    infeasible: bool


def prove(  # noqa: PLR0913  what a solver needs to know and whom it tells
    model: TimetableModel,
    *,
    seconds: float,
    solver: MipSolver = MipSolver.HIGHS,
    start: Timetable | None = None,
    cutoff: int | None = None,
    on_bound: Callable[[int], None] | None = None,
    on_plan: Callable[[Timetable, int], object] | None = None,
    should_stop: Callable[[], bool] | None = None,
    seed: int = 0,
) -> MipOutcome:
    """Minimise the objective of a model with one thread, in a process of its own.

    Parameters
    ----------
    model : TimetableModel
        With its objective, in whole points.
    seconds : float
        Time limit, the translation of the model included.
    solver : MipSolver
    start : Timetable, optional
        A plan that the model allows.
    cutoff : int, optional
        Only plans with fewer points are of interest: the solve ends when the bound reaches it.
    on_bound, on_plan : callable, optional
        Called in the thread of the caller with every better bound while the solver runs, and with a plan better than
        the start at its end.
    should_stop : callable, optional
        Asked often; once it says yes, the solver is ended at once: its bound is kept, its latest plan is lost.
    seed : int
        Of the solver, >= 0.

    Raises
    ------
    InternalError
        The solver failed, or it calls a model infeasible that allows `start`.
    """
    began = time.monotonic()
    linear = linear_model(model.cp)
    values = None if start is None else linear.completed(model.assignment(start))
    known = None if values is None else linear.value(values)
    result = minimise(
        linear,
        solver=solver,
        seconds=seconds - (time.monotonic() - began),
        seed=seed,
        start=values,
        enough=min((limit for limit in (known, cutoff) if limit is not None), default=None),
        on_bound=on_bound,
        should_stop=should_stop,
    )
    if result.status is MipStatus.INFEASIBLE:
        if start is not None:
            raise InternalError(f"{solver} calls a model with a known plan infeasible")
        return MipOutcome(None, None, result.bound, proved=False, infeasible=True)
    return _outcome(model, result, start, known, on_plan)


def _outcome(
    model: TimetableModel,
    result: MipResult,
    start: Timetable | None,
    known: int | None,
    on_plan: Callable[[Timetable, int], object] | None,
) -> MipOutcome:
    timetable, points = start, known
    if result.values is not None and result.points is not None and (points is None or result.points < points):
        values = result.values

        def value(literal: Literal) -> int:
            return literal_value(literal, values)

        timetable, points = model.decisions.timetable(value), result.points
        if on_plan is not None:
            on_plan(timetable, points)
    bound = result.bound if points is None else min(result.bound, points)
    return MipOutcome(timetable, points, bound, proved=points is not None and bound >= points, infeasible=False)
