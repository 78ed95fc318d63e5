"""The chains' part of a search: coolings of growing length on all cores, within a budget of time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from untisopt.engines.clock import Clock
from untisopt.engines.kempe.annealer import Crew, Schedule
from untisopt.engines.kempe.arrays import I32
from untisopt.engines.kempe.cooling import Cooling
from untisopt.engines.kempe.problem import KempeProblem
from untisopt.engines.session import ShouldStop, SolveOptions

COOLINGS = (0.05, 0.2, 0.75)
"""Shares of the budget: a good plan soon, a better one later. The first cooling measures for the others where they
have to be slow; the last is as long as possible, because one long cooling beats several short ones."""
MOST_TRIALS = 150
"""Trials of one cooling per pair of blocks, about: in small schools another cooling finds more than a longer one."""
LEAST_TURNS = 5
"""Turns that a cooling has at least: fewer temperatures would be a poor cooling."""
QUENCH_TRIALS = 500
"""Trials per block of the cold run before all coolings: a better plan is on the screen at once."""
COLD_TRIALS = 2_000
"""Trials per block of one cold run where nothing but cold runs are made."""
TURN_SECONDS = 0.1
PATIENCE = 4
"""Times as long as telling of a better plan took it is silent afterwards, so that telling costs a fifth at most."""
SAMPLES = 8
"""Looks at the points per turn while a cooling is measured."""
DETERMINISTIC_RATE = 1_000_000
"""Trials per second and annealer that deterministic mode reckons with."""

OnBetter = Callable[[I32], None]


class Chains:
    """Kempe-chain annealing on all cores.

    Parameters
    ----------
    problem : KempeProblem
    start : array of int
        Start cells of the plan to begin with.
    options : SolveOptions
    seconds : float
        Budget; in deterministic mode as many trials as a usual machine makes in that time.
    on_better : callable
        Called in this thread with the start cells of every better plan.
    should_stop : callable
    """

    def __init__(
        self,
        problem: KempeProblem,
        start: I32,
        options: SolveOptions,
        seconds: float,
        *,
        on_better: OnBetter,
        should_stop: ShouldStop,
    ) -> None:
        self._problem = problem
        self._start = start
        self._options = options
        self._clock = Clock(
            seconds, deterministic=options.deterministic, should_stop=should_stop, per_unit=DETERMINISTIC_RATE
        )
        self._rate = float(DETERMINISTIC_RATE)
        self._on_better = on_better
        self._told: int | None = None
        self._silent_until = 0.0

    def run(self) -> None:
        """Anneal until the budget is spent."""
        problem, options = self._problem, self._options
        if not len(problem.data.movable):
            return
        step, hot = problem.smallest_step, problem.hot
        with Crew(problem, self._start, size=options.threads, seed=options.seed) as crew:
            self._search(crew, step, hot)
            self._tell(crew)

    def stay_cold(self) -> None:
        """Look for better plans near the one to begin with until nothing is found any more, or the budget is spent."""
        problem, options = self._problem, self._options
        movable = len(problem.data.movable)
        if not movable:
            return
        step = problem.smallest_step
        with Crew(problem, self._start, size=options.threads, seed=options.seed) as crew:
            known = None
            while crew.best_points != known and not self._is_over(self._clock.limit):
                known = crew.best_points
                self._quench(crew, Schedule(step, step / 4, COLD_TRIALS * movable))
            self._tell(crew)

    def _search(self, crew: Crew, step: float, hot: float) -> None:
        """Cold at first, then the coolings."""
        self._quench(crew, Schedule(step, step / 4, QUENCH_TRIALS * len(self._problem.data.movable)))
        cooling = Cooling.geometric(hot, step / 5)
        until = 0.0
        for i, share in enumerate(COOLINGS):
            began, until = until, until + share * self._clock.limit
            for end in np.linspace(began, until, 1 + self._pieces(until - began))[1:]:
                if self._is_over(float(end)):
                    continue
                # From the best they would see the same again.
                crew.load(self._start)
                measured = self._cool(crew, cooling, float(end), measure=i == 0)
                cooling = measured or cooling

    def _pieces(self, seconds: float) -> int:
        """How many coolings to make of some seconds."""
        trials = max(MOST_TRIALS * len(self._problem.data.movable) ** 2, self._trials(LEAST_TURNS * TURN_SECONDS))
        return max(1, round(self._trials(seconds) / trials))

    def _quench(self, crew: Crew, schedule: Schedule) -> None:
        done = 0
        while done < schedule.trials and not self._is_over(self._clock.limit):
            trials = min(schedule.trials - done, self._trials(TURN_SECONDS))
            self._turn(crew, schedule, done, trials)
            done += trials

    def _cool(self, crew: Crew, cooling: Cooling, until: float, *, measure: bool) -> Cooling | None:
        """Run a cooling that ends at a moment; a measured one if that was asked for and enough was seen."""
        began = self._clock.spent
        temperatures: list[float] = []
        spreads: list[float] = []
        while not self._is_over(until):
            share = (self._clock.spent - began) / (until - began)
            following = min(1.0, share + TURN_SECONDS / (until - began))
            hot, cold = cooling.at(share), cooling.at(following)
            trials = self._trials(TURN_SECONDS)
            if measure:
                temperatures.append(hot)
                spreads.append(self._sample(crew, hot, trials))
            else:
                self._turn(crew, Schedule(hot, cold, trials), 0, trials)
        if len(temperatures) < 3:
            return None
        return Cooling.measured([*temperatures, cooling.temperatures[-1]], [*spreads, spreads[-1]])

    def _sample(self, crew: Crew, temperature: float, trials: int) -> float:
        """Make trials at one temperature; standard deviation of the points on the way."""
        few = max(1, trials // SAMPLES)
        seen = []
        for _ in range(SAMPLES):
            self._turn(crew, Schedule(temperature, temperature, few), 0, few)
            seen.append(crew.points)
        return float(np.std(np.array(seen, float), axis=0).mean())

    def _turn(self, crew: Crew, schedule: Schedule, done: int, trials: int) -> None:
        began = self._clock.elapsed
        crew.run(schedule, done, trials)
        self._clock.use(trials)
        ended = self._clock.elapsed
        if not self._options.deterministic:
            self._rate = trials / max(ended - began, 1e-6)
        # Of plans equally good the one that is told first stays, so silence would depend on the machine.
        if self._options.deterministic or ended >= self._silent_until:
            self._tell(crew)

    def _tell(self, crew: Crew) -> None:
        """Tell of the best plan if it is news. In a big school that takes a while, in which the annealers wait."""
        if self._told is not None and crew.best_points >= self._told:
            return
        began = self._clock.elapsed
        self._told = crew.best_points
        self._on_better(crew.best)
        ended = self._clock.elapsed
        self._silent_until = ended + PATIENCE * (ended - began)

    def _is_over(self, until: float) -> bool:
        return self._clock.spent >= until or self._clock.should_stop()

    def _trials(self, seconds: float) -> int:
        """How many trials take about so long."""
        return max(1_000, int(self._rate * seconds))
