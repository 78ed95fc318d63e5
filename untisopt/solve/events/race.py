"""Two solvers at one model: CP-SAT with its linear relaxation, and beside it, where it takes long, a MIP solver."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum

from ortools.sat.python import cp_model

from untisopt.domain.timetable import Timetable
from untisopt.engines.build import hint
from untisopt.engines.mip.prover import MipSolver, prove
from untisopt.engines.session import ShouldStop, SolveOptions
from untisopt.model.literals import Literal
from untisopt.model.timetable_model import TimetableModel

POLL_SECONDS = 0.02
PATIENCE_SECONDS = 3.0
"""How long CP-SAT works alone: a second solver has to translate the model first."""


TRANSLATED_A_SECOND = 10_000
"""Variables of a model that are translated in a second, generously: what takes longer than is left is not begun."""


class Style(Enum):
    """How CP-SAT goes to work."""

    PROVER = "prover"
    """As is quickest for small models that are new every time."""
    OTHER = "other"
    """Without presolve and with another seed: to confirm what the others say."""


class Verdict(StrEnum):
    """What a solve proved."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a solve.

    Parameters
    ----------
    verdict : Verdict
    timetable : Timetable or None
        The best plan found.
    value : int or None
        Its objective.
    bound : int or None
        No plan of the model has less; None if nothing is known, or if there is no plan.
    solver : str
        Who proved it.
    """

    verdict: Verdict
    timetable: Timetable | None
    value: int | None
    bound: int | None
    solver: str = "cp-sat"


class _Watch(cp_model.CpSolverSolutionCallback):
    """Keeps the latest solution."""

    def __init__(self, race: _Race) -> None:
        super().__init__()
        self._race = race

    def on_solution_callback(self) -> None:
        def value(literal: Literal) -> int:
            return int(literal) if isinstance(literal, bool) else int(self.boolean_value(literal))

        self._race.offer(self._race.model.decisions.timetable(value), round(self.objective_value))


class _Race:
    """What the two solvers know together: the best plan and the best bound."""

    def __init__(self, model: TimetableModel, should_stop: ShouldStop, on_news: Callable[[Answer], None]) -> None:
        self.model = model
        self.timetable: Timetable | None = None
        self.value: int | None = None
        self.bound: int | None = None
        self.infeasible_by = ""
        self._asked_to_stop = should_stop
        self._on_news = on_news
        self._told: tuple[int | None, int | None] = (None, None)
        self._lock = threading.Lock()
        self._bound_by = "cp-sat"
        self._cp_sat = cp_model.CpSolver()
        self._thread: threading.Thread | None = None
        self._errors: list[Exception] = []
        self._status: object = cp_model.UNKNOWN

    def heed(self, should_stop: ShouldStop, on_news: Callable[[Answer], None]) -> None:
        """Ask and tell others than so far."""
        self._asked_to_stop, self._on_news = should_stop, on_news

    def offer(self, timetable: Timetable, value: int) -> None:
        """Take over a plan if it is better."""
        with self._lock:
            if self.value is None or value < self.value:
                self.timetable, self.value = timetable, value

    def raise_bound(self, bound: int, solver: str) -> None:
        """Take over a bound if it is better."""
        with self._lock:
            if self.bound is None or bound > self.bound:
                self.bound, self._bound_by = bound, solver

    @property
    def size(self) -> int:
        """Variables of the model."""
        return len(self.model.cp.proto.variables)

    @property
    def settled(self) -> bool:
        """Whether the best plan is proved to be the best, or that there is none."""
        with self._lock:
            met = self.value is not None and self.bound is not None and self.bound >= self.value
            return met or bool(self.infeasible_by)

    def answer(self) -> Answer:
        """What is known now."""
        if self.infeasible_by:
            return Answer(Verdict.INFEASIBLE, None, None, None, self.infeasible_by)
        verdict = Verdict.OPTIMAL if self.settled else Verdict.OPEN
        # Plan and price belong together: the solver's thread replaces both.
        with self._lock:
            timetable, value = self.timetable, self.value
        bound = value if verdict is Verdict.OPTIMAL else self.bound
        return Answer(verdict, timetable, value, bound, self._bound_by)

    def over(self) -> bool:
        """Whether nobody need go on: settled, stopped by the user, or CP-SAT is through."""
        self._tell()
        return self.settled or self._asked_to_stop() or not self.is_running

    def _tell(self) -> None:
        if (self.value, self.bound) != self._told:
            self._told = (self.value, self.bound)
            self._on_news(self.answer())

    # -- CP-SAT ------------------------------------------------------------------------------------------------------

    def start(self, seconds: float, options: SolveOptions, style: Style) -> None:
        """Let CP-SAT begin in a thread of its own."""
        _set(self._cp_sat, seconds, options, style)
        self._cp_sat.best_bound_callback = lambda bound: self.raise_bound(round(bound), "cp-sat")
        self._thread = threading.Thread(target=self._search, name="cp-sat")
        self._thread.start()

    def _search(self) -> None:
        try:
            self._status = self._cp_sat.solve(self.model.cp, _Watch(self))
        except Exception as error:  # noqa: BLE001  handed to the thread of the caller
            self._errors.append(error)

    @property
    def is_running(self) -> bool:
        """Whether CP-SAT is at work."""
        return self._thread is not None and self._thread.is_alive()

    def wait(self, seconds: float) -> None:
        """Wait until it is over, or for so many seconds."""
        until = time.monotonic() + seconds
        while not self.over() and time.monotonic() < until:
            if self._thread is not None:
                self._thread.join(POLL_SECONDS)

    def finish(self) -> None:
        """End CP-SAT and take over what it proved."""
        if self._thread is None:
            return
        self._cp_sat.stop_search()
        self._thread.join()
        if self._errors:
            raise self._errors[0]
        if self._status == cp_model.OPTIMAL:
            self.raise_bound(round(self._cp_sat.best_objective_bound), "cp-sat")
        elif self._status == cp_model.INFEASIBLE and not self.infeasible_by:
            self.infeasible_by = "cp-sat"


def race(
    model: TimetableModel,
    *,
    seconds: float,
    options: SolveOptions,
    start: Timetable | None = None,
    with_mip: bool = False,
    should_stop: ShouldStop,
    on_news: Callable[[Answer], None],
) -> Answer:
    """Minimise the objective of a model.

    In deterministic mode CP-SAT works alone, because nobody knows how far two solvers get in the same time.

    Parameters
    ----------
    model : TimetableModel
        With its objective.
    seconds : float
        Time limit; deterministic units in deterministic mode.
    options : SolveOptions
        Threads, seed, deterministic mode.
    start : Timetable, optional
        A plan that the model allows.
    with_mip : bool
        Whether the MIP solver helps where it takes long and a second thread is allowed.
    should_stop : callable
        Asked often; once it says yes, what is known is returned.
    on_news : callable
        Called in this thread with every better plan or bound.
    """
    if seconds <= 0:
        return Answer(Verdict.OPEN, None, None, None)
    began = time.monotonic()
    if start is not None:
        hint(model, start)
    running = _Race(model, should_stop, on_news)
    running.start(seconds, options, Style.PROVER)
    return _finished(running, seconds - (time.monotonic() - began), options, with_mip=with_mip)


def _finished(
    running: _Race, seconds: float, options: SolveOptions, *, with_mip: bool, patience: float = PATIENCE_SECONDS
) -> Answer:
    """Wait for a race that has begun; the MIP solver joins in once CP-SAT has worked alone for a while."""
    began = time.monotonic()
    alone = not with_mip or options.deterministic or options.threads < 2
    try:
        running.wait(seconds if alone else min(seconds, patience))
        left = seconds - (time.monotonic() - began)
        if not alone and not running.over() and left > running.size / TRANSLATED_A_SECOND:
            _join_in(running, seconds - (time.monotonic() - began), options)
        # CP-SAT keeps its own time limit; in deterministic mode that is no time on the clock.
        while not running.over():
            running.wait(seconds)
    finally:
        running.finish()
    return running.answer()


class Outlook:
    """CP-SAT at a model in the background: says early that there is no plan, or what every plan costs at least.

    Parameters
    ----------
    model : TimetableModel
        Nobody else may use it meanwhile.
    seconds : float
        Time limit.
    options : SolveOptions
    should_stop : callable
        Asked whenever somebody asks what is known.
    """

    def __init__(self, model: TimetableModel, seconds: float, options: SolveOptions, should_stop: ShouldStop) -> None:
        self._began = time.monotonic()
        self._race = _Race(model, should_stop, lambda _answer: None)
        self._race.start(seconds, options, Style.PROVER)
        self._finished = False

    def answer(self) -> Answer:
        """What is known now."""
        if not self._finished and self._race.over():
            self.stop()
        return self._race.answer()

    def go_on(
        self, seconds: float, options: SolveOptions, should_stop: ShouldStop, on_news: Callable[[Answer], None]
    ) -> Answer:
        """Wait until it is through, as :func:`race` does with a model of its own."""
        self._finished = True
        self._race.heed(should_stop, on_news)
        patience = max(0.0, PATIENCE_SECONDS - (time.monotonic() - self._began))
        return _finished(self._race, seconds, options, with_mip=True, patience=patience)

    def stop(self) -> None:
        """End it."""
        self._finished = True
        self._race.finish()


def _join_in(running: _Race, seconds: float, options: SolveOptions) -> None:
    """Work at the same model with the MIP solver until one of the two is through."""
    found = prove(
        running.model,
        seconds=seconds,
        solver=MipSolver.HIGHS,
        start=running.timetable,
        on_bound=lambda bound: running.raise_bound(bound, "highs"),
        on_plan=running.offer,
        should_stop=running.over,
        seed=options.seed,
    )
    running.raise_bound(found.bound, "highs")
    if found.infeasible:
        running.infeasible_by = "highs"


def confirms_infeasible(
    model: TimetableModel, *, seconds: float, options: SolveOptions, should_stop: ShouldStop, but: str
) -> str:
    """Who else finds that a model allows no plan; empty if nobody does in time.

    CP-SAT tries it in another way, and where a second thread is allowed the MIP solver beside it.

    Parameters
    ----------
    model : TimetableModel
    seconds : float
        Time limit.
    but : str
        The solver that says so already.
    """
    running = _Race(model, should_stop, lambda _answer: None)
    running.start(seconds, options, Style.OTHER)
    try:
        if but != "highs" and not options.deterministic and options.threads > 1:
            _join_in(running, seconds, options)
        while not running.over():
            running.wait(seconds)
    finally:
        running.finish()
    return {"": "", "highs": "highs"}.get(running.infeasible_by, "cp-sat with other settings")


def _set(solver: cp_model.CpSolver, seconds: float, options: SolveOptions, style: Style) -> None:
    parameters = solver.parameters
    # The program asks should_stop; the solver's own handler of Ctrl-C works in no other thread than the main one.
    parameters.catch_sigint_signal = False
    parameters.num_workers = 1
    parameters.random_seed = options.seed % (1 << 31)
    # Without the full relaxation a "no" that takes a tenth of a second with it can take longer than anybody waits.
    parameters.linearization_level = 2
    if style is Style.PROVER:
        # The models are small and new at every level: a second round of presolve, probing and a search for symmetries
        # take longer than they save.
        parameters.max_presolve_iterations = 1
        parameters.cp_model_probing_level = 0
        parameters.symmetry_level = 0
    else:
        parameters.cp_model_presolve = False
        parameters.random_seed = (options.seed + 1) % (1 << 31)
    if options.deterministic:
        parameters.max_deterministic_time = seconds
    else:
        parameters.max_time_in_seconds = seconds
