"""Two solvers at one model: CP-SAT with its linear relaxation, and beside it, where it takes long, a MIP solver."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import Any

from untisopt.domain.timetable import Timetable
from untisopt.engines.build import hint
from untisopt.engines.clock import Clock
from untisopt.engines.cpsat import CpSat, Settings, Status, ValueOf
from untisopt.engines.incumbent import Incumbent
from untisopt.engines.mip.prover import MipSolver, prove
from untisopt.engines.session import ShouldStop, SolveOptions
from untisopt.model.timetable_model import TimetableModel

POLL_SECONDS = 0.02
PATIENCE_SECONDS = 3.0
"""How long CP-SAT works alone: a second solver has to translate the model first."""
TRANSLATED_A_SECOND = 10_000
"""Variables of a model that are translated in a second, generously: what takes longer than is left is not begun."""
FEW_WORKERS = 4
SMALL_MODEL = 10_000
"""Variables up to which all cuts pay; in larger models the prover would spend its time on them and prove nothing."""


class Style(Enum):
    """How CP-SAT goes to work."""

    PROVER = "prover"
    """With one thread, as is quickest for small models that are new every time."""
    OTHER = "other"
    """Without presolve and with another seed: to confirm what the others say."""
    IMPROVER = "improver"
    """With all threads at a large model with a known plan: most of them look for better plans."""


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


class _Race:
    """What the two solvers know together: the best plan and the best bound."""

    def __init__(
        self,
        model: TimetableModel,
        settings: Settings,
        should_stop: ShouldStop,
        on_news: Callable[[Answer], None] | None = None,
    ) -> None:
        self.model = model
        self.found: Incumbent[Timetable] = Incumbent()
        self.infeasible_by = ""
        self._asked_to_stop = should_stop
        self._on_news = on_news
        self._cp_sat = CpSat(
            model.cp, settings, on_solution=self._take, on_bound=lambda bound: self.raise_bound(bound, "cp-sat")
        )
        self._cp_sat.start()

    def heed(self, should_stop: ShouldStop, on_news: Callable[[Answer], None]) -> None:
        """Ask and tell others than so far."""
        self._asked_to_stop, self._on_news = should_stop, on_news

    def _take(self, value: ValueOf, points: int) -> None:
        self.found.offer(self.model.decisions.timetable(value), points)

    def raise_bound(self, bound: int, solver: str) -> None:
        """Take over a bound if it is better."""
        self.found.raise_bound(bound, solver)

    @property
    def settled(self) -> bool:
        """Whether the best plan is proved to be the best, or that there is none."""
        return self.found.known.is_settled or bool(self.infeasible_by)

    def answer(self) -> Answer:
        """What is known now."""
        if self.infeasible_by:
            return Answer(Verdict.INFEASIBLE, None, None, None, self.infeasible_by)
        known = self.found.known
        by = known.by or "cp-sat"
        if known.is_settled:
            return Answer(Verdict.OPTIMAL, known.plan, known.value, known.value, by)
        return Answer(Verdict.OPEN, known.plan, known.value, known.bound, by)

    def over(self) -> bool:
        """Whether nobody need go on: settled, stopped by the user, or CP-SAT is through."""
        if self._on_news is not None and self.found.news() is not None:
            self._on_news(self.answer())
        return self.settled or self._asked_to_stop() or not self._cp_sat.is_running

    def wait(self, seconds: float) -> None:
        """Wait until it is over, or for so many seconds."""
        clock = Clock(seconds)
        while not self.over() and not clock.is_late:
            self._cp_sat.wait(POLL_SECONDS)

    def finish(self) -> None:
        """End CP-SAT and take over what it proved."""
        solved = self._cp_sat.finish()
        if solved.has_solution:
            self.raise_bound(solved.bound, "cp-sat")
        elif solved.status is Status.INFEASIBLE and not self.infeasible_by:
            self.infeasible_by = "cp-sat"


def race(
    model: TimetableModel,
    *,
    seconds: float,
    options: SolveOptions,
    start: Timetable | None = None,
    style: Style = Style.PROVER,
    with_mip: bool = False,
    should_stop: ShouldStop,
    on_news: Callable[[Answer], None] | None = None,
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
    style : Style
    with_mip : bool
        Whether the MIP solver helps where it takes long and a second thread is allowed.
    should_stop : callable
        Asked often; once it says yes, what is known is returned.
    on_news : callable, optional
        Called in this thread with every better plan or bound.
    """
    if seconds <= 0:
        return Answer(Verdict.OPEN, None, None, None)
    clock = Clock(seconds)
    if start is not None:
        hint(model, start)
    running = _Race(model, _settings(model, seconds, options, style), should_stop, on_news)
    return _finished(running, clock.left, options, with_mip=with_mip)


def _finished(
    running: _Race, seconds: float, options: SolveOptions, *, with_mip: bool, patience: float = PATIENCE_SECONDS
) -> Answer:
    """Wait for a race that has begun; the MIP solver joins in once CP-SAT has worked alone for a while."""
    clock = Clock(seconds)
    alone = not with_mip or not _may_ask_both(options)
    try:
        running.wait(seconds if alone else min(seconds, patience))
        if not alone and not running.over() and clock.left > _size(running.model) / TRANSLATED_A_SECOND:
            _join_in(running, clock.left, options)
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
        self._clock = Clock(PATIENCE_SECONDS)
        self._race = _Race(model, _settings(model, seconds, options, Style.PROVER), should_stop)
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
        return _finished(self._race, seconds, options, with_mip=True, patience=max(0.0, self._clock.left))

    def stop(self) -> None:
        """End it."""
        self._finished = True
        self._race.finish()


def _may_ask_both(options: SolveOptions) -> bool:
    """Whether two solvers may work at the same time."""
    return options.threads > 1 and not options.deterministic


def _size(model: TimetableModel) -> int:
    return len(model.cp.proto.variables)


def _join_in(running: _Race, seconds: float, options: SolveOptions) -> None:
    """Work at the same model with the MIP solver until one of the two is through."""
    found = prove(
        running.model,
        seconds=seconds,
        solver=MipSolver.HIGHS,
        start=running.found.known.plan,
        on_bound=lambda bound: running.raise_bound(bound, "highs"),
        on_plan=running.found.offer,
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
    running = _Race(model, _settings(model, seconds, options, Style.OTHER), should_stop)
    try:
        if but != "highs" and _may_ask_both(options):
            _join_in(running, seconds, options)
        while not running.over():
            running.wait(seconds)
    finally:
        running.finish()
    return {"": "", "highs": "highs"}.get(running.infeasible_by, "cp-sat with other settings")


def _settings(model: TimetableModel, seconds: float, options: SolveOptions, style: Style) -> Settings:
    # Without the full relaxation a "no" that takes a tenth of a second with it can take longer than anybody waits, and
    # the bound stays near 0.
    others: dict[str, Any] = {"linearization_level": 2}
    if style is Style.PROVER:
        # The models are small and new at every level: a second round of presolve, probing and a search for symmetries
        # take longer than they save.
        others |= {"max_presolve_iterations": 1, "cp_model_probing_level": 0, "symmetry_level": 0}
        return Settings.of(options, seconds, **others)
    if style is Style.OTHER:
        other = replace(options, seed=options.seed + 1)
        return Settings.of(other, seconds, **others, cp_model_presolve=False)
    return replace(Settings.of(options, seconds, **others, **_improving(model, options)), workers=options.threads)


def _improving(model: TimetableModel, options: SolveOptions) -> Mapping[str, Any]:
    """Left to itself, a solver with few workers has none that proves with the full relaxation; here one does."""
    if options.deterministic:
        # Interleaved, the same subsolvers take turns in the same order, however many threads there are.
        return {"interleave_search": True}
    if 1 < options.threads <= FEW_WORKERS:
        return {"subsolvers": ["max_lp" if _size(model) <= SMALL_MODEL else "reduced_costs"]}
    return {}
