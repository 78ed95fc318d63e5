"""Plans for a ladder: chains at many prices of a moved lecture, and what the plans found have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from untisopt.domain.school import School
from untisopt.domain.score import Score, Tier
from untisopt.domain.timetable import Timetable
from untisopt.engines.build import build_starts
from untisopt.engines.clock import Clock
from untisopt.engines.kempe.annealer import Crew, Schedule
from untisopt.engines.kempe.arrays import Data
from untisopt.engines.kempe.cells import i32
from untisopt.engines.kempe.problem import KempeProblem, offsets
from untisopt.engines.objective import Objective
from untisopt.engines.session import ShouldStop
from untisopt.policy import Policy
from untisopt.rules.changes.moved_lectures import MovedLectures

RULE_PRICES = (1.8, 1.4, 1.2, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.12, 0.06)
"""Of a moved lecture, in breaches of a rule: the fewer, the more lectures move."""
SITE_PRICES = (1.0, 0.5, 0.33, 0.2, 0.12, 0.08, 0.05, 0.03, 0.015, 0.005)
"""Of a moved lecture, in site changes, once breaches of rules are beyond price."""
SHIFTS = (1.0, 0.95, 1.06, 0.9, 1.12)
"""Factors on these prices in turns, so that every pass looks at others."""
UNIT = 10_000
"""Points of a breach of a rule, or of a site change, at the prices above."""
BEYOND_PRICE = 30
"""What the tier above weighs against the tier that is looked at."""
HOT, COLD = 0.8, 0.04
"""First and last temperature, in units."""
TRIALS_PER_BLOCK = 8_000
"""Trials of one cooling per block."""
TURN_SECONDS = 0.2
FIRST_RATE = 1_000_000
"""Trials per second and annealer before any were measured; deterministic mode reckons with it throughout."""
FEWEST_TRIALS = 10_000


@dataclass(frozen=True, slots=True)
class Prices:
    """What the chains reckon with.

    Parameters
    ----------
    rule, site, move : int
        Points of a breach of a rule, of a site change, of a moved lecture, each per week class and unit of weight.
    """

    rule: int
    site: int
    move: int


def prices(turn: int, *, with_rules: bool) -> Iterator[Prices]:
    """Prices from dear moves to cheap ones; every turn has others.

    Parameters
    ----------
    with_rules : bool
        Whether rules are broken today.
    """
    shift = SHIFTS[turn % len(SHIFTS)]
    if with_rules:
        for price in RULE_PRICES:
            yield Prices(UNIT, UNIT // BEYOND_PRICE, max(1, round(UNIT * price * shift)))
    for price in SITE_PRICES:
        yield Prices(UNIT * BEYOND_PRICE, UNIT, max(1, round(UNIT * price * shift)))


class PricedChains:
    """Kempe chains for a ladder.

    A hard budget would stop the chains wherever they have used it up; a price leads them to plans that are the best
    for the number of moves they happen to have. Exact budgets are filled from what these plans have in common.

    Parameters
    ----------
    school : School
    policy : Policy
    objective : Objective
        Of the ladder; only its rules matter.
    before : Score
        Of the plan of today.
    size, seed : int
        Annealers that work side by side, and the seed of the first.
    measured : bool
        Whether time is measured, and not reckoned by the number of trials.
    """

    def __init__(
        self,
        school: School,
        policy: Policy,
        objective: Objective,
        before: Score,
        *,
        size: int,
        seed: int,
        measured: bool,
    ) -> None:
        self._policy = policy.with_(max_changes=None)
        self._before = before
        self._size = size
        self._seed = seed
        self._measured = measured
        self._rate = float(FIRST_RATE)
        self._runs = 0
        self._model = build_starts(school, self._policy, before)
        tiers = {rule.id: rule.tier for rule in policy.rules}
        self._rules = {rule.id: (tiers[rule.id], rule.weight) for rule in policy.rules if rule.id in objective.factors}

    def explore(
        self,
        at: Prices,
        start: Timetable,
        seconds: float,
        *,
        offer: Callable[[Timetable], object],
        should_stop: ShouldStop,
    ) -> float:
        """Cool down once at some prices and offer the best plan; the seconds it took, or is reckoned to take."""
        problem = self._problem(at, None)
        return self._run(problem, start, seconds, offer, should_stop)

    def relate(
        self,
        budget: int | None,
        start: Timetable,
        plans: Sequence[Timetable],
        seconds: float,
        *,
        with_rules: bool,
        offer: Callable[[Timetable], object],
        should_stop: ShouldStop,
    ) -> float:
        """Look for better plans within a budget among the starts that blocks have in some plans or today.

        Parameters
        ----------
        start : Timetable
            Within the budget.
        with_rules : bool
            Whether it breaks rules; if not, only site changes are traded.
        """
        at = Prices(UNIT, UNIT // BEYOND_PRICE, 1) if with_rules else Prices(UNIT * BEYOND_PRICE, UNIT, 1)
        problem = self._problem(at, budget)
        problem.data = _restricted(problem, plans)
        return self._run(problem, start, seconds, offer, should_stop)

    def _problem(self, at: Prices, budget: int | None) -> KempeProblem:
        price = {Tier.RULES: at.rule, Tier.SITE_CHANGES: at.site}
        factors = {rule: weight * price.get(tier, 1) for rule, (tier, weight) in self._rules.items()}
        if MovedLectures.id in factors:
            classes = len(self._model.school.week_classes)
            factors[MovedLectures.id] *= at.move * classes
        policy = self._policy.with_(max_changes=budget)
        return KempeProblem(self._model, policy, Objective(factors), self._before)

    def _run(
        self,
        problem: KempeProblem,
        start: Timetable,
        seconds: float,
        offer: Callable[[Timetable], object],
        should_stop: ShouldStop,
    ) -> float:
        movable = len(problem.data.movable)
        trials = int(min(TRIALS_PER_BLOCK * movable, seconds * self._rate))
        if trials < min(FEWEST_TRIALS, TRIALS_PER_BLOCK * movable) or not movable:
            return 0.0
        schedule = Schedule(UNIT * HOT, UNIT * COLD, trials)
        starts = problem.starts(start)
        clock, done = Clock(), 0
        with Crew(problem, starts, size=self._size, seed=self._seed * 10_000 + self._runs) as crew:
            while done < trials and not should_stop():
                turn = min(trials - done, max(1_000, int(self._rate * TURN_SECONDS)))
                crew.run(schedule, done, turn)
                done += turn
            best = crew.best
        self._runs += 1
        if not np.array_equal(best, starts):
            offer(problem.timetable(best, start))
        if not self._measured:
            return trials / FIRST_RATE
        taken = clock.elapsed
        self._rate = max(1_000.0, done / max(taken, 1e-6))
        return taken


def _restricted(problem: KempeProblem, plans: Sequence[Timetable]) -> Data:
    """The problem with only the starts that blocks have in some plans or today."""
    data = problem.data
    places = np.stack([data.home, *(problem.starts(plan) for plan in plans)])
    choices = [sorted({int(cell) for cell in column}) for column in places.T]
    may_start = np.zeros_like(data.may_start)
    for block, cells in enumerate(choices):
        may_start[block, cells] = 1
    may_move = set(data.movable.tolist())
    return data._replace(
        movable=i32(block for block, cells in enumerate(choices) if len(cells) > 1 and block in may_move),
        may_start=may_start & data.may_start,
        start_of=offsets(choices),
        starts=i32(cell for cells in choices for cell in cells),
    )
