"""Solves a linear programme in whole numbers with HiGHS or SCIP, and hears of its bounds while it runs."""

from __future__ import annotations

import math
import os
import queue
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ortools.math_opt import (  # type: ignore[import-untyped]
    model_parameters_pb2,
    model_pb2,
    parameters_pb2,
    result_pb2,
    rpc_pb2,
)

from untisopt.engines.mip import process as _mip_process
from untisopt.engines.mip.rows import LinearModel
from untisopt.errors import InternalError

POLL_SECONDS = 0.05
GRACE_SECONDS = 5.0
"""How long a solver may go on after its time limit before it is ended."""
MOST_SECONDS = 1e6
NUMERICAL_TROUBLE = b"HighsModelStatus was Unknown"
"""What MathOpt makes of an interior point method that came close to the solution but not close enough."""
INTEGRAL = 1e-6
"""How far a bound may lie above a whole number by rounding alone: 17.0000004 says 17, not 18."""
LOG_DIGITS = {"highs": 5e-10, "scip": 5e-7}
"""Half a unit of the last digit that the logs show, relative."""


class MipSolver(StrEnum):
    """The solvers that OR-Tools carries for linear programmes in whole numbers."""

    HIGHS = "highs"
    SCIP = "scip"


class MipStatus(StrEnum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    OPEN = "open"
    """Stopped before anything was proved."""


@dataclass(frozen=True, slots=True)
class MipResult:
    """The outcome of a solve.

    Parameters
    ----------
    status : MipStatus
    values : mapping of int to int, or None
        Value per variable of the best solution; None if none was found.
    points : int or None
        Its objective.
    bound : int
        No solution has less.
    """

    status: MipStatus
    values: Mapping[int, int] | None
    points: int | None
    bound: int


def whole(bound: float, relative: float = 0.0) -> int | None:
    """The least whole number that a bound of the solver leaves possible; None if it says nothing.

    Parameters
    ----------
    relative : float
        Relative error of the number.
    """
    if not math.isfinite(bound):
        return None
    return math.ceil(bound - max(INTEGRAL, abs(bound) * max(relative, 1e-9)))


def minimise(  # noqa: PLR0913  what a solver needs to know and whom it tells
    model: LinearModel,
    *,
    solver: MipSolver,
    seconds: float,
    seed: int = 0,
    nodes: int | None = None,
    start: Mapping[int, int] | None = None,
    enough: int | None = None,
    on_bound: Callable[[int], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> MipResult:
    """Minimise with one thread.

    Parameters
    ----------
    model : LinearModel
        All variables limited, all coefficients whole numbers, so every solution has whole points.
    seconds : float
        Time limit.
    nodes : int, optional
        Most nodes of the search tree: a limit that is the same on every machine.
    start : mapping of int to int, optional
        A solution to begin with, with a value for every variable.
    enough : int, optional
        Stop as soon as the bound is as high as that.
    on_bound : callable, optional
        Called in this thread with every better bound.
    should_stop : callable, optional
        Asked often; once it says yes, the solver is ended, and what it found last is lost but for its bound.

    Raises
    ------
    InternalError
        The solver failed.
    """
    if seconds <= 0:
        return MipResult(MipStatus.OPEN, None, None, _least(model))
    parameters = _parameters(solver, seconds, seed)
    if nodes is not None:
        parameters.node_limit = nodes
    request = _request(model.proto(), parameters, start)
    run = _Run(solver, _least(model), on_bound or (lambda _bound: None))
    with _Process(request) as process:
        deadline = time.monotonic() + seconds + GRACE_SECONDS
        while time.monotonic() < deadline:
            if (should_stop is not None and should_stop()) or (enough is not None and run.bound >= enough):
                break
            message = process.next(POLL_SECONDS)
            if message is not None and run.hear(*message):
                break
    return run.result()


def _least(model: LinearModel) -> int:
    """What the bounds of the variables alone say about the objective."""
    ends = ((model.lower[v], model.upper[v], a) for v, a in model.objective.items())
    return round(model.offset + sum(min(low * a, high * a) for low, high, a in ends))


def dual_values(
    model: LinearModel, *, seconds: float, should_stop: Callable[[], bool] | None = None
) -> list[float] | None:
    """Solve the model without the demand for whole numbers, by an interior point method.

    Returns
    -------
    list of float or None
        The multiplier per row of the dual solution, close to the best one; None if there was no time to find it, or
        rounding errors kept the solver from it.

    Raises
    ------
    InternalError
        The solver failed.
    """
    parameters = _parameters(MipSolver.HIGHS, seconds, 0)
    parameters.lp_algorithm = parameters_pb2.LP_ALGORITHM_BARRIER
    # A vertex would take longer than the solution itself, and any multipliers give a bound.
    parameters.highs.string_options["run_crossover"] = "off"
    run = _Run(MipSolver.HIGHS, 0, lambda _bound: None)
    with _Process(_request(model.proto(relaxed=True), parameters, None)) as process:
        deadline = time.monotonic() + seconds + GRACE_SECONDS
        while time.monotonic() < deadline and not (should_stop is not None and should_stop()):
            message = process.next(POLL_SECONDS)
            if message is None or message[0] == _mip_process.LOG:
                continue
            if NUMERICAL_TROUBLE in message[1] or run.hear(*message):
                break
    return run.dual_values(len(model.rows))


def _parameters(solver: MipSolver, seconds: float, seed: int) -> parameters_pb2.SolveParametersProto:
    parameters = parameters_pb2.SolveParametersProto(
        enable_output=False, random_seed=seed % (1 << 31), absolute_gap_tolerance=0.999, relative_gap_tolerance=0.0
    )
    parameters.time_limit.FromMilliseconds(max(1, round(min(seconds, MOST_SECONDS) * 1000)))
    if solver is MipSolver.SCIP:
        parameters.threads = 1
    else:
        # HiGHS takes the number of threads under its own name only.
        parameters.highs.int_options["threads"] = 1
    return parameters


def _request(
    model: model_pb2.ModelProto, parameters: parameters_pb2.SolveParametersProto, start: Mapping[int, int] | None
) -> bytes:
    highs = "threads" in parameters.highs.int_options
    kind = parameters_pb2.SOLVER_TYPE_HIGHS if highs else parameters_pb2.SOLVER_TYPE_GSCIP
    hints = model_parameters_pb2.ModelSolveParametersProto()
    if start is not None:
        columns = sorted(start)
        values = hints.solution_hints.add().variable_values
        values.ids.extend(columns)
        values.values.extend(float(start[column]) for column in columns)
    request = rpc_pb2.SolveRequest(solver_type=kind, parameters=parameters, model_parameters=hints)
    request.model.CopyFrom(model)
    return bytes(request.SerializeToString())


class _Process:
    """The solver's process and the messages that come from it."""

    def __init__(self, request: bytes) -> None:
        self._request = request
        self._messages: queue.Queue[tuple[bytes, bytes]] = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", _mip_process.__name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        self._thread = threading.Thread(target=self._serve, daemon=True, name="mip")
        self._thread.start()

    def _serve(self) -> None:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            return
        try:
            with stdin:
                stdin.write(self._request)
        except OSError:
            return  # ended before it had read everything
        while (message := _mip_process.receive(stdout)) is not None:
            self._messages.put(message)
        self._messages.put((_mip_process.FAILURE, b"the solver's process ended without an answer"))

    def next(self, seconds: float) -> tuple[bytes, bytes] | None:
        """The next message, waiting for it so long at most."""
        try:
            return self._messages.get(timeout=seconds)
        except queue.Empty:
            return None

    def __enter__(self) -> _Process:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._thread.join()
        if self._process.stdout is not None:
            self._process.stdout.close()


class _Run:
    """What is known of a solve so far."""

    def __init__(self, solver: MipSolver, least: int, on_bound: Callable[[int], None]) -> None:
        self.solver = solver
        self.bound = least
        self._on_bound = on_bound
        self._result: result_pb2.SolveResultProto | None = None

    def hear(self, kind: bytes, content: bytes) -> bool:
        """Take in one message; whether it was the last."""
        if kind == _mip_process.FAILURE:
            raise InternalError(f"{self.solver} failed: {content.decode(errors='replace')}")
        if kind == _mip_process.LOG:
            for line in content.decode(errors="replace").splitlines():
                self._raise(whole(_bound_in(line, self.solver), LOG_DIGITS[self.solver]))
            return False
        self._result = result_pb2.SolveResultProto.FromString(content)
        return True

    def _raise(self, bound: int | None) -> None:
        if bound is not None and bound > self.bound:
            self.bound = bound
            self._on_bound(bound)

    def result(self) -> MipResult:
        """The outcome."""
        if self._result is None:
            return MipResult(MipStatus.OPEN, None, None, self.bound)
        termination = self._result.termination
        if termination.reason in (
            result_pb2.TERMINATION_REASON_INFEASIBLE,
            # Every variable is limited, so nothing can be unbounded.
            result_pb2.TERMINATION_REASON_INFEASIBLE_OR_UNBOUNDED,
        ):
            return MipResult(MipStatus.INFEASIBLE, None, None, self.bound)
        self._raise(whole(termination.objective_bounds.dual_bound))
        values, points = _best(self._result)
        status = MipStatus.OPTIMAL if points is not None and self.bound >= points else MipStatus.OPEN
        return MipResult(status, values, points, self.bound if points is None else min(self.bound, points))

    def dual_values(self, rows: int) -> list[float] | None:
        """The multiplier per row; None if there is no dual solution."""
        found = [] if self._result is None else [s for s in self._result.solutions if s.HasField("dual_solution")]
        if not found:
            return None
        values = [0.0] * rows
        duals = found[0].dual_solution.dual_values
        for row, value in zip(duals.ids, duals.values, strict=True):
            values[row] = value
        return values


def _best(result: result_pb2.SolveResultProto) -> tuple[Mapping[int, int] | None, int | None]:
    """Values and points of the best solution."""
    found = [s.primal_solution for s in result.solutions if s.HasField("primal_solution")]
    if not found:
        return None, None
    best = min(found, key=lambda solution: float(solution.objective_value))
    values = dict(zip(best.variable_values.ids, map(round, best.variable_values.values), strict=True))
    return values, round(best.objective_value)


_HIGHS_LINE = re.compile(r"^ ?[A-Za-z]? +\S+ +\S+ +\S+ +[0-9.]+% +(\S+) +\S+ +\S+")


def _bound_in(line: str, solver: MipSolver) -> float:
    """The bound in a line of the solver's table; minus infinity in any other line."""
    if solver is MipSolver.HIGHS:
        match = _HIGHS_LINE.match(line)
        text = match[1] if match else ""
    else:
        cells = line.split("|")
        # | dualbound | primalbound | gap | compl.
        text = cells[-4].strip() if len(cells) >= 15 else ""
    try:
        return float(text)
    except ValueError:
        return -math.inf
