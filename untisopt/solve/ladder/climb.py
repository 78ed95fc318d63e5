"""The ladder: for more and more moved lectures, the best plan and what is proved about it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from untisopt.domain.school import School
from untisopt.domain.score import Score
from untisopt.domain.timetable import Timetable
from untisopt.engines.bounds.relaxation import Relaxation
from untisopt.engines.clock import Clock
from untisopt.engines.kempe.annealer import Compilation
from untisopt.engines.kempe.problem import KempeProblem
from untisopt.engines.session import ShouldStop, SolveOptions
from untisopt.errors import InternalError
from untisopt.policy import Policy
from untisopt.solve.ladder.bounds import PROVABLE, WAIT_SECONDS, Bounds, Budget, Prover, reach
from untisopt.solve.ladder.plans import LadderPlans
from untisopt.solve.ladder.search import PricedChains, prices
from untisopt.solve.optimise.search import repair

STEPS = (10, 12, 15, 20, 25, 30, 40, 50, 60, 80)
"""Budgets, in tenths of every power of ten: about geometric, and easy to remember."""
FEW_STEPS = (10, 20, 30, 50, 80)
"""The same where time is short."""
SHORT_TIME = 60.0
"""Seconds up to which fewer budgets are better than less time for each."""
PASS_SHARE = 0.4
"""Share of the time left for one pass over all prices of a move."""
RELATE_SHARE = 0.1
"""Share of the time left for filling all budgets from what these plans have in common."""
SEARCH_SHARE = 0.6
"""Share of the time limit for the search where the proofs have to wait for it."""
LEAVE_SECONDS = 1.0
"""How long the proofs may take to end."""
NEIGHBOURS = 3
"""How many larger and smaller budgets lend their plans."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder.

    Parameters
    ----------
    budget : int or None
        Most lectures that may move; None: any number.
    timetable : Timetable
        The best plan found within the budget.
    score : Score
        By the rules of the policy.
    moved : int
        Lectures that move.
    points : int
        Weighted points of the first two tiers: rules and site changes.
    bound : int
        No plan within the budget has fewer such points.
    """

    budget: int | None
    timetable: Timetable
    score: Score
    moved: int
    points: int
    bound: int

    @property
    def proved(self) -> bool:
        """Whether no plan within the budget has fewer points."""
        return self.bound >= self.points

    @property
    def gap(self) -> float:
        """Share of the points that is not proved to be needed, 0..1."""
        return 0.0 if self.points <= 0 else max(0.0, (self.points - self.bound) / self.points)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Plans for ascending budgets.

    Parameters
    ----------
    rungs : tuple of Rung
        By ascending budget, None last; each has fewer points than the one before, but for the last.
    points_before : int
        Points of the plan of today, counted likewise.
    factors : mapping of str to int
        Points per finding by rule id, the same for all rungs.
    seconds : mapping of str to float
        `search`: from beginning to end; `first_rung`: until the first rung was better than the plan of today, left
        out if there is none.
    """

    rungs: tuple[Rung, ...]
    points_before: int
    factors: Mapping[str, int]
    seconds: Mapping[str, float]


OnRungs = Callable[[float, tuple[Rung, ...]], None]


def climb(
    school: School,
    policy: Policy,
    options: SolveOptions,
    *,
    before: Score,
    on_progress: OnRungs | None = None,
    should_stop: ShouldStop | None = None,
    compilation: Compilation | None = None,
) -> Ladder:
    """Find the best plans for budgets of moved lectures, from the smallest useful one to any number.

    Broken rules count first, site changes second; moved lectures only decide between equals.

    Parameters
    ----------
    school : School
    policy : Policy
        Its `max_changes`, if any, is the largest budget, in place of any number; its `worth` does not matter.
    options : SolveOptions
        The time limit is that of all rungs together.
    before : Score
        Of the plan of today, by the rules of the policy.
    on_progress : callable, optional
        Called in this thread, with the seconds since the beginning, whenever a rung or a bound is better.
    should_stop : callable, optional
        Asked often; once it says yes, the ladder is returned as it is.
    compilation : Compilation, optional
        The kernel being compiled in the background since an earlier moment.

    Returns
    -------
    Ladder
    """
    return _Climb(school, policy, options, before, on_progress, should_stop).run(compilation)


class _Climb:
    """One ladder: the search, the proofs, and who must hear of them."""

    def __init__(
        self,
        school: School,
        policy: Policy,
        options: SolveOptions,
        before: Score,
        on_progress: OnRungs | None,
        should_stop: ShouldStop | None,
    ) -> None:
        self.school = school
        self.policy = policy
        self.options = options
        self.before = before
        self.top: Budget = policy.max_changes
        self.plans = LadderPlans(school, policy, before, self.top)
        self.bounds = Bounds([self.top])
        self.clock = Clock.of(options, should_stop)
        self._first: float | None = None
        self._on_progress = on_progress
        self._told: tuple[tuple[Budget, int, int], ...] = ()
        self._over = threading.Event()

    def should_stop(self) -> bool:
        """Whether the work ends now: the user has asked for it, or, unless it is deterministic, time is up.

        To be called in the thread of the caller only: it takes over what the proofs have turned up, and tells.
        """
        self.plans.take_offers()
        self._tell()
        return self.clock.should_stop() or self.clock.is_late

    def _is_over(self) -> bool:
        """The same for the thread of the proofs."""
        return self.clock.was_stopped or self._over.is_set()

    def _tell(self) -> None:
        if self._first is None and self.plans.improved:
            self._first = self.clock.elapsed
        if self._on_progress is None:
            return
        rungs = self.rungs()
        news = tuple((rung.budget, rung.points, rung.bound) for rung in rungs)
        if news != self._told:
            self._told = news
            self._on_progress(self.clock.elapsed, rungs)

    def rungs(self) -> tuple[Rung, ...]:
        """The ladder so far: budgets that bring something, and the largest one."""
        best = self.plans.best()
        rungs: list[Rung] = []
        last = self.plans.today.points
        for budget in sorted(best, key=reach):
            plan = best[budget]
            if plan.points < last or budget == self.top:
                bound = min(plan.points, self.bounds.of(budget).points(*self.plans.units))
                rungs.append(Rung(budget, plan.timetable, plan.score, plan.moved, plan.points, bound))
                last = plan.points
        return tuple(rungs)

    # -- work --------------------------------------------------------------------------------------------------------

    def run(self, compilation: Compilation | None) -> Ladder:
        """Search and prove, side by side if there are two threads for it."""
        if self.plans.today.points and not self.should_stop():
            # The proofs can begin with these before the search knows how far the ladder reaches.
            self._add(self._budgets(PROVABLE))
            if self.options.deterministic or self.options.threads < 2:
                self._search(compilation, self.options.time_limit * SEARCH_SHARE, self.options.threads)
                self._prove(self.should_stop, wait=False)
            else:
                self._side_by_side(compilation)
            self.should_stop()
        seconds = {"search": self.clock.elapsed}
        if self._first is not None:
            seconds["first_rung"] = self._first
        return Ladder(self.rungs(), self.plans.today.points, dict(self.plans.objective.factors), seconds)

    def _side_by_side(self, compilation: Compilation | None) -> None:
        errors: list[Exception] = []

        def prove() -> None:
            try:
                self._prove(self._is_over, wait=True)
            except Exception as error:  # noqa: BLE001  handed to the thread of the caller
                errors.append(error)

        # A daemon, because nobody should wait for it while it builds its programme.
        prover = threading.Thread(target=prove, daemon=True, name="prove ladder")
        prover.start()
        try:
            self._search(compilation, self.options.time_limit, self.options.threads - 1)
            while prover.is_alive() and not self.should_stop() and not self._all_proved():
                prover.join(WAIT_SECONDS)
        finally:
            self._over.set()
            prover.join(LEAVE_SECONDS)
        if errors:
            raise errors[0]

    def _prove(self, should_stop: ShouldStop, *, wait: bool) -> None:
        if should_stop():
            return
        try:
            prover = Prover(
                Relaxation(self.school, self.policy, self.plans.objective, self.before),
                bounds=self.bounds,
                standing=self.plans.standing,
                offer=self.plans.offer_later,
                should_stop=should_stop,
                seed=self.options.seed,
            )
            if self.options.deterministic:
                prover.run_deterministic()
            else:
                prover.run(self.clock, wait=wait)
        except InternalError:
            # The plans are good without it, and what was proved before stays proved.
            _log.exception("the proofs of the ladder end early")

    def _search(self, compilation: Compilation | None, seconds: float, size: int) -> None:
        """Spend so many seconds, real or reckoned, on plans."""
        if not KempeProblem.can_carry(self.school):
            self._repair_each(seconds)
            return
        (compilation or Compilation()).wait()
        chains = PricedChains(
            self.school,
            self.policy,
            self.plans.objective,
            self.before,
            size=size,
            seed=self.options.seed,
            measured=not self.options.deterministic,
        )
        if not self.options.deterministic:
            seconds = min(seconds, self.clock.left)
        turn = 0
        while seconds > 0 and not self.should_stop():
            spent = self._explore(chains, turn, seconds)
            if turn == 0:
                # No budget beyond the moves of the best plan brings anything.
                self._add(self._budgets(self.plans.best()[self.top].moved))
            spent += self._relate(chains, seconds)
            if spent == 0 or self._all_proved():
                return
            seconds -= spent
            turn += 1

    def _explore(self, chains: PricedChains, turn: int, seconds: float) -> float:
        """One pass over all prices; the seconds that it took."""
        passes = list(prices(turn, with_rules=self.plans.today.units.rules > 0))
        each = seconds * PASS_SHARE / len(passes)
        spent = 0.0
        for at in passes:
            if self.should_stop():
                break
            spent += chains.explore(at, self.school.as_is, each, offer=self.plans.offer, should_stop=self.should_stop)
        return spent

    def _relate(self, chains: PricedChains, seconds: float) -> float:
        """Fill every budget that is not proved from the plans of its neighbours; the seconds that it took."""
        best = self.plans.best()
        proved = {rung.budget for rung in self.rungs() if rung.proved}
        budgets = [budget for budget in sorted(best, key=reach, reverse=True) if budget not in proved]
        spent = 0.0
        for budget in budgets:
            if self.should_stop():
                break
            spent += chains.relate(
                budget,
                self.plans.best()[budget].timetable,
                self.plans.near(budget, NEIGHBOURS),
                seconds * RELATE_SHARE / len(budgets),
                with_rules=best[budget].units.rules > 0,
                offer=self.plans.offer,
                should_stop=self.should_stop,
            )
        return spent

    def _all_proved(self) -> bool:
        return all(rung.proved for rung in self.rungs())

    def _repair_each(self, seconds: float) -> None:
        """Do without the chains, for a school that they cannot carry."""
        self._add(self._budgets(len(self.school.lectures)))
        budgets = sorted(self.plans.best(), key=reach)
        for budget in budgets:
            if self.should_stop():
                return
            found = repair(
                self.school,
                self.policy.with_(max_changes=budget, worth=max(1, len(self.school.lectures))),
                SolveOptions(
                    time_limit=seconds / len(budgets),
                    workers=self.options.workers,
                    seed=self.options.seed,
                    deterministic=self.options.deterministic,
                ),
                before=self.before,
                should_stop=self.should_stop,
            )
            self.plans.offer(found.timetable)

    def _add(self, budgets: Sequence[int]) -> None:
        for budget in budgets:
            self.bounds.add(budget)
            self.plans.add(budget)

    def _budgets(self, most: int) -> list[int]:
        """Budgets up to some number, below the largest budget."""
        steps = FEW_STEPS if self.options.time_limit < SHORT_TIME else STEPS
        found = {power * step // 10 for power in (1, 10, 100, 1000, 10_000) for step in steps if power * step % 10 == 0}
        return sorted(budget for budget in found if budget <= most and budget < reach(self.top))
